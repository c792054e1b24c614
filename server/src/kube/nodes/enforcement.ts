import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { helmKinds, helmValuesIn } from '../helm';
import type { Kind } from '../kinds';
import { groupOf } from '../kinds';
import { containersOf, isWorkload, workloadKinds } from '../pods/workload';
import type { Resource } from '../resource';

/** Kinds that tell which network plugin a cluster has, and whether it is set to enforce policies. */
export const enforcementKinds = [
  ...workloadKinds,
  'Installation.operator.tigera.io',
  'ConfigMap',
  ...helmKinds,
  'Unlisted',
] as const satisfies readonly Kind[];

/** A reason why policies have no effect, where it is written, and the value that would change it. */
export interface Unenforced {
  readonly at: Node;
  readonly plugin: string;
  readonly why: string;
  readonly how: string;
  readonly remedy?: string;
}

/**
 * What the objects of a cluster say about policies having no effect: nothing, as soon as something that enforces them
 * is among the objects (flannel-io/flannel Documentation/netpol.md; aws/amazon-vpc-cni-k8s README; Azure's
 * KnownNetworkPolicy).
 */
export function unenforcedBy(resources: readonly Resource[]): readonly Unenforced[] {
  if (resources.some(enforces)) return [];
  return resources.flatMap(unenforcedIn);
}

/**
 * Images of programs that enforce policies beside a plugin that doesn't, or instead of it.
 *
 * @source projectcalico/calico:manifests/canal.yaml (87c1590)
 * @source flannel-io/flannel:Documentation/netpol.md (v0.28.9)
 * @source cloudnativelabs/kube-router:daemonset/generic-kuberouter-all-features.yaml (7c2c277)
 * @source antrea-io/antrea:build/yamls/antrea.yml (fc70f2b)
 * @source weaveworks/weave:prog/weave-kube/weave-daemonset-k8s-1.11.yaml (00f8afd, read 2026-11-29)
 * @source kubeovn/kube-ovn:charts/kube-ovn/values.yaml (0060dd2, v1.15.8)
 * @source aws/amazon-vpc-cni-k8s:README.md (v1.23.0)
 * @source Azure/azure-container-networking:npm/azure-npm.yaml (06bd2db, read 2026-11-29)
 */
const enforcers =
  /(?:^|\/)(?:calico\/node|calico-node|mirrored-calico-node|cilium|kube-network-policies|kube-router|antrea-(?:agent|ubuntu|ubi)[^/]*|weave-npc|kube-ovn|ovn-kubernetes|aws-network-policy-agent|azure-npm|network-policy-controller|canal)(?:[:@]|$)/;

/**
 * @source cilium/cilium:install/kubernetes/cilium/Chart.yaml (006aac9, read 2026-11-29)
 * @source https://docs.tigera.io/calico/charts (tigera-operator, 3.32)
 * @source rancher/rke2-charts:packages/rke2-canal (0087a86, read 2026-11-29)
 * @source antrea-io/antrea:build/charts/antrea/Chart.yaml (4f65900)
 * @source kubeovn/kube-ovn:charts/kube-ovn/Chart.yaml (fe5412f)
 */
const enforcingCharts = ['cilium', 'tigera-operator', 'calico', 'canal', 'antrea', 'kube-router', 'kube-ovn'];

const enforces = memo((resource: Resource): boolean => {
  if (resource.kind === 'Installation.operator.tigera.io') return true;
  if (enforcingCharts.some(chart => helmValuesIn(resource, chart).length > 0)) return true;
  return imagesOf(resource).some(image => enforcers.test(image.string ?? ''));
});

const unenforcedIn = memo((resource: Resource): readonly Unenforced[] => [
  ...flannelIn(resource),
  ...vpcIn(resource),
  ...aksIn(resource),
]);

function flannelIn(resource: Resource): Unenforced[] {
  const image = imagesOf(resource).find(node =>
    /(?:^|\/)(?:mirrored-flannelcni-)?flannel(?:[:@]|$)/.test(node.string ?? ''),
  );
  const why = 'It connects pods and does not enforce policies';
  const how = 'Add kube-network-policies (netpol.enabled in its chart), or Calico beside it (Canal), or use Cilium.';
  return image ? [{ at: image, plugin: 'flannel alone', why, how }] : [];
}

/** Off unless it is switched on, in the ConfigMap or in the values of the chart. */
function vpcIn(resource: Resource): Unenforced[] {
  const settings =
    resource.kind === 'ConfigMap' && resource.name.string === 'amazon-vpc-cni'
      ? [resource.at('data', 'enable-network-policy-controller')]
      : helmValuesIn(resource, 'aws-vpc-cni').map(({ values }) => values.at('enableNetworkPolicy'));
  return settings
    .filter(node => node.text === 'false')
    .map(at => ({
      at,
      plugin: 'this AWS VPC CNI setting',
      why: 'The AWS VPC CNI enforces policies only where that is enabled, and here it is disabled',
      how: "Set it to 'true'.",
      remedy: 'true',
    }));
}

/** An AKS cluster of the Azure service operator. */
function aksIn(resource: Resource): Unenforced[] {
  if (resource.kindName !== 'ManagedCluster' || groupOf(resource.apiVersion) !== 'containerservice.azure.com')
    return [];
  const at = resource.at('spec', 'networkProfile', 'networkPolicy');
  const why = 'Nothing in such an AKS cluster enforces policies';
  const how = "Set it to 'cilium', 'calico' or 'azure'.";
  return at.string === 'none' ? [{ at, plugin: "networkPolicy 'none'", why, how }] : [];
}

function imagesOf(resource: Resource): Node[] {
  return isWorkload(resource) ? containersOf(resource).map(container => container.at('image')) : [];
}
