import { memo } from '../../text/maps';
import { containersOf, isForWindows, podSpecOf } from '../pods/workload';
import type { Resource } from '../resource';

export type PrimaryCni = 'Calico' | 'Canal' | 'Cilium' | 'flannel' | 'Weave Net' | 'Antrea' | 'kube-router';

/**
 * The image of each agent, by the end of its repository; mirrors write `mirrored-calico-node`.
 *
 * @source projectcalico/calico:manifests/calico.yaml (87c1590)
 * @source cilium/cilium:install/kubernetes/cilium/templates/cilium-agent/daemonset.yaml (7d65d92)
 * @source flannel-io/flannel:Documentation/kube-flannel.yml (v0.28.9)
 * @source weaveworks/weave:prog/weave-kube/weave-daemonset-k8s-1.11.yaml (00f8afd, read 2026-11-29)
 * @source antrea-io/antrea:build/yamls/antrea.yml (fc70f2b)
 * @source cloudnativelabs/kube-router:daemonset/generic-kuberouter-all-features.yaml (7c2c277)
 */
const agents: readonly (readonly [PrimaryCni, RegExp])[] = [
  ['Calico', /(?:^|[/-])calico[/-]node$/],
  ['Cilium', /(?:^|[/-])cilium[/-]cilium(?:-ci)?$/],
  ['flannel', /(?:^|\/)(?:mirrored-)?(?:coreos|flannel(?:-io|cni)?)[/-]flannel$/],
  ['Weave Net', /(?:^|\/)weave-kube$/],
  ['Antrea', /(?:^|\/)antrea[/-](?:antrea|agent)[\w-]*$/],
  ['kube-router', /(?:^|\/)kube-router$/],
];

/**
 * The primary CNI that a DaemonSet installs on all Linux nodes: one that writes its configuration to the node, and is
 * there for more than policies.
 */
export const primaryCniOf = memo((daemonSet: Resource): PrimaryCni | undefined => {
  if (isForWindows(daemonSet) || isForSomeNodes(daemonSet) || !writesConfiguration(daemonSet)) return undefined;
  const images = containersOf(daemonSet).map(container => repositoryOf(container.at('image').string ?? ''));
  const found = agents.filter(([, image]) => images.some(repository => image.test(repository))).map(([name]) => name);
  if (found.includes('Calico') && found.includes('flannel')) return 'Canal';
  return isPolicyOnly(daemonSet) ? undefined : found[0];
});

/** Without registry tag and digest. */
export function repositoryOf(image: string): string {
  return image.replace(/@.*/s, '').replace(/:[^/:]*$/, '');
}

/**
 * The DaemonSets of the projects themselves that always write it; kube-router's may be for policies alone.
 *
 * @source projectcalico/calico:manifests/calico.yaml (87c1590)
 * @source projectcalico/calico:manifests/canal.yaml (87c1590)
 * @source cilium/cilium:install/kubernetes/cilium/templates/cilium-agent/daemonset.yaml (7d65d92)
 * @source flannel-io/flannel:Documentation/kube-flannel.yml (v0.28.9)
 * @source weaveworks/weave:prog/weave-kube/weave-daemonset-k8s-1.11.yaml (00f8afd, read 2026-11-29)
 * @source antrea-io/antrea:build/yamls/antrea.yml (fc70f2b)
 */
const writers = ['calico-node', 'canal', 'cilium', 'kube-flannel', 'kube-flannel-ds', 'weave-net', 'antrea-agent'];

/** No agent works without the node's folders: one written without any is an excerpt, and goes by its name. */
function writesConfiguration(daemonSet: Resource): boolean {
  const volumes = podSpecOf(daemonSet).at('volumes').items();
  if (volumes.length === 0) return writers.includes(daemonSet.name.string ?? '');
  const paths = volumes.map(volume => volume.at('hostPath', 'path').string ?? '');
  return paths.some(path => /^\/etc(?:\/cni(?:\/net\.d)?)?\/?$/.test(path));
}

function isForSomeNodes(daemonSet: Resource): boolean {
  const spec = podSpecOf(daemonSet);
  const keys = spec.at('nodeSelector').entries();
  return keys.some(({ key }) => !/^(?:beta\.)?kubernetes\.io\/(?:os|arch)$/.test(String(key)));
}

/** Calico beside another network, and a kube-router that only filters. */
function isPolicyOnly(daemonSet: Resource): boolean {
  return containersOf(daemonSet).some(container => {
    const backend = container
      .at('env')
      .items()
      .find(variable => variable.at('name').string === 'CALICO_NETWORKING_BACKEND');
    const args = [...container.at('command').items(), ...container.at('args').items()];
    return backend?.at('value').string === 'none' || args.some(arg => arg.string === '--run-router=false');
  });
}

/** Whether an object shows that CNIs are meant to work together: Multus, chaining, or an agent for policies alone. */
export const chainsCnis = memo((resource: Resource): boolean => {
  if (resource.kind === 'ConfigMap') {
    const mode = resource.at('data', 'cni-chaining-mode').string ?? 'none';
    const isExclusive = resource.at('data', 'cni-exclusive').string !== 'false';
    const antrea = resource.at('data', 'antrea-agent.conf').string ?? '';
    return mode !== 'none' || !isExclusive || /^[ \t]*trafficEncapMode:\s*["']?networkPolicyOnly/m.test(antrea);
  }
  return containersOf(resource).some(container => /multus/.test(container.at('image').string ?? ''));
});
