import { memo } from '../../text/maps';
import { embeddedDocument } from '../../yaml/embedded';
import type { Node } from '../../yaml/node';
import { textOf } from '../config-map';
import type { Kind } from '../kinds';
import type { Resource } from '../resource';

/** Kinds in which a cluster's own address ranges are declared. */
export const clusterRangeKinds = [
  'ClusterConfiguration.kubeadm.k8s.io',
  'Cluster.kind.x-k8s.io',
  'Cluster.kops.k8s.io',
  'IPPool.projectcalico.org',
  'Installation.operator.tigera.io',
  'CiliumPodIPPool.cilium.io',
  'KubeProxyConfiguration.kubeproxy.config.k8s.io',
  'ServiceCIDR',
  'ConfigMap',
] as const satisfies readonly Kind[];

/** A range that pods, or Services, get their addresses from. */
export interface ClusterRange {
  readonly of: 'pods' | 'Services';
  readonly cidr: string;
  readonly node: Node;
}

/** The ranges that an object declares; both families may stand in one field, separated by a comma. */
export const clusterRangesIn = memo((resource: Resource): readonly ClusterRange[] => {
  const spec = resource.at('spec');
  switch (resource.kind) {
    case 'ClusterConfiguration.kubeadm.k8s.io':
    case 'Cluster.kind.x-k8s.io': {
      const networking = resource.at('networking');
      return [...rangesAt(networking.at('podSubnet'), 'pods'), ...rangesAt(networking.at('serviceSubnet'), 'Services')];
    }
    case 'Cluster.kops.k8s.io':
      return [...rangesAt(spec.at('podCIDR'), 'pods'), ...rangesAt(spec.at('serviceClusterIPRange'), 'Services')];
    case 'IPPool.projectcalico.org':
      return spec.at('disabled').boolean === true ? [] : rangesAt(spec.at('cidr'), 'pods');
    case 'Installation.operator.tigera.io': {
      const pools = spec.at('calicoNetwork', 'ipPools').items();
      return pools.flatMap(pool => rangesAt(pool.at('cidr'), 'pods'));
    }
    case 'CiliumPodIPPool.cilium.io': {
      const families = ['ipv4', 'ipv6'].flatMap(family => spec.at(family, 'cidrs').items());
      return families.flatMap(cidr => rangesAt(cidr, 'pods'));
    }
    case 'KubeProxyConfiguration.kubeproxy.config.k8s.io':
      return rangesAt(resource.at('clusterCIDR'), 'pods');
    case 'ServiceCIDR':
      return spec
        .at('cidrs')
        .items()
        .flatMap(cidr => rangesAt(cidr, 'Services'));
    case 'ConfigMap':
      return flannelRangesIn(resource);
    default:
      return [];
  }
});

/**
 * The range whose first address is that of Service 'kubernetes', the API server: the first one of the cluster, and of the
 * ServiceCIDRs the one that the API server makes of it.
 *
 * @source kubernetes/kubernetes:pkg/controlplane/services.go (ServiceIPRange), pkg/controlplane/controller/defaultservicecidr (1.35)
 */
export const mainServiceRangeOf = memo((resource: Resource): ClusterRange | undefined => {
  if (resource.kind === 'ServiceCIDR' && resource.name.string !== 'kubernetes') return undefined;
  return clusterRangesIn(resource).find(range => range.of === 'Services');
});

/** Flannel's network stands in JSON, in a ConfigMap whose name varies. */
function flannelRangesIn(configMap: Resource): readonly ClusterRange[] {
  const text = textOf(configMap, 'net-conf.json');
  const root = text && embeddedDocument(text)?.root;
  return root ? ['Network', 'IPv6Network'].flatMap(field => rangesAt(root.at(field), 'pods')) : [];
}

function rangesAt(node: Node, of: ClusterRange['of']): ClusterRange[] {
  const parts = node.string?.split(',') ?? [];
  return parts.map(part => ({ of, cidr: part.trim(), node }));
}
