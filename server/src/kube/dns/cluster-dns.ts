import type { Kind } from '../kinds';
import { containersOf, type Workload } from '../pods/workload';
import type { Objects } from '../view';

/** What tells how pods of a cluster reach its DNS. */
export const clusterDnsKinds = [
  'DaemonSet',
  'Route.route.openshift.io',
  'DNS.operator.openshift.io',
] as const satisfies readonly Kind[];

type ClusterDnsKind = (typeof clusterDnsKinds)[number];

export interface ClusterDns {
  /** DNS pods are then in openshift-dns, and listen on 5353 (openshift/cluster-dns-operator). */
  readonly isOpenShift: boolean;
  /** Addresses of NodeLocal DNSCache, which is a process of the node that no selector matches; empty without it. */
  readonly nodeLocal: readonly string[];
}

/** As the manifests at hand show it. */
export function clusterDnsOf(cluster: Objects<ClusterDnsKind>): ClusterDns {
  const caches = cluster.of('DaemonSet').flatMap(nodeLocalOf);
  return {
    isOpenShift: cluster.of('Route.route.openshift.io', 'DNS.operator.openshift.io').length > 0,
    nodeLocal: [...new Set(caches)],
  };
}

const linkLocal = /\b169\.254\.\d{1,3}\.\d{1,3}\b/g;

/** The link-local addresses that a node cache listens on (`-localip`); the usual one where none is written. */
function nodeLocalOf(workload: Workload): string[] {
  const cache = containersOf(workload).find(container => container.at('image').string?.includes('k8s-dns-node-cache'));
  if (cache === undefined) return [];
  const words = [...cache.at('command').items(), ...cache.at('args').items()];
  const addresses = words.flatMap(word => word.string?.match(linkLocal) ?? []);
  return addresses.length > 0 ? addresses : ['169.254.20.10'];
}
