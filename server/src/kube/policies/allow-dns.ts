import type { ClusterDns } from '../dns/cluster-dns';
import { type Direction, typeOf } from './network-policy';

/** A NetworkPolicy to be written. Its shape is Kubernetes', for which see kube/network-policy.ts. */
export type Manifest = { readonly [field: string]: unknown };

/** Selects every pod and allows nothing. Without a namespace it goes where its neighbours are applied. */
export function defaultDeny(name: string, namespace: string | undefined, directions: readonly Direction[]): Manifest {
  return networkPolicy(name, namespace, { podSelector: {}, policyTypes: directions.map(typeOf) });
}

/** Lets every pod of a namespace ask the cluster's DNS, over UDP and TCP. */
export function allowDns(name: string, namespace: string | undefined, dns: ClusterDns): Manifest {
  return networkPolicy(name, namespace, { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule(dns)] });
}

/** An egress rule to the DNS pods, and to the caches on the nodes where there are any. */
export function dnsRule({ isOpenShift, nodeLocal }: ClusterDns): Manifest {
  const pods = isOpenShift
    ? peer('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })
    : peer('kube-system', { 'k8s-app': 'kube-dns' });
  const port = isOpenShift ? 5353 : 53;
  const caches = nodeLocal.map(address => ({ ipBlock: { cidr: `${address}/32` } }));
  const ports = [
    { protocol: 'UDP', port },
    { protocol: 'TCP', port },
  ];
  // A node cache listens on 53, whatever port the DNS pods have.
  const own = caches.length > 0 && isOpenShift ? ports.map(({ protocol }) => ({ protocol, port: 53 })) : [];
  return { to: [pods, ...caches], ports: [...ports, ...own] };
}

/** One peer with both selectors: these pods of that namespace. */
function peer(namespace: string, podLabels: Readonly<Record<string, string>>): Manifest {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: podLabels },
  };
}

export function networkPolicy(name: string, namespace: string | undefined, spec: Manifest): Manifest {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
}
