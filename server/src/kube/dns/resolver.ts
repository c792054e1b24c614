import type { Node } from '../../yaml/node';
import { repositoryOf } from '../nodes/cni';
import { containersOf, isHostNetwork, podLabelsOf, podSpecOf, type Workload } from '../pods/workload';

/** Whose names a pod can look up. cluster: those of Services first. node: what the resolver of its node knows. */
export type Resolver = 'cluster' | 'node' | 'own';

/** `ClusterFirst`, the default, quietly means the resolver of the node for pods in its network (core/v1, DNSPolicy). */
export function resolverOf(workload: Workload): Resolver {
  const policy = podSpecOf(workload).at('dnsPolicy').string ?? 'ClusterFirst';
  if (policy === 'None') return 'own';
  if (policy === 'ClusterFirstWithHostNet') return 'cluster';
  return policy === 'ClusterFirst' && !isHostNetwork(workload) ? 'cluster' : 'node';
}

/** The options of `dnsConfig`; a pod's own win over what the kubelet writes. */
export function dnsOptionNamed(workload: Workload, name: string): Node | undefined {
  const options = podSpecOf(workload).at('dnsConfig', 'options').items();
  return options.find(option => option.at('name').string === name);
}

/** Whether the pods are part of what makes the cluster's network and DNS, so that they can't rely on it. */
export function makesTheNetwork(workload: Workload): boolean {
  const labels = podLabelsOf(workload);
  if (labels.get('tier') === 'control-plane' || installsCni(workload)) return true;
  if (/^(?:kube-dns|coredns|node-local-dns|kube-proxy)$/.test(labels.get('k8s-app') ?? '')) return true;
  return containersOf(workload).some(container => networkImage.test(repositoryOf(container.at('image').string ?? '')));
}

/** kube-proxy, DNS, the control plane, and agents of CNIs, by the last parts of the image's name. */
const networkImage =
  /(?:^|[/-])(?:kube-proxy(?:-[a-z0-9]+)?|coredns|k8s-dns-[a-z-]+|kube-apiserver(?:-[a-z0-9]+)?|kube-controller-manager(?:-[a-z0-9]+)?|kube-scheduler(?:-[a-z0-9]+)?|etcd|kube-vip|calico\/[a-z0-9-]+|calico-node|cilium\/[a-z0-9-]+|cilium|flannel|weave-kube|weave-npc|antrea[a-z0-9-]*|kube-router|kindnetd|multus-cni|amazon-k8s-cni|kube-ovn|whereabouts)$/;

function installsCni(workload: Workload): boolean {
  const volumes = podSpecOf(workload).at('volumes').items();
  return volumes.some(volume => /^\/(?:etc|opt)\/cni(?:\/|$)/.test(volume.at('hostPath', 'path').string ?? ''));
}

/** Whether a host names something in the cluster by a name that says so. */
export function isClusterName(host: string): boolean {
  return /\.svc(?:\.|$)/.test(host) || /(?:^|\.)cluster\.local$/.test(host);
}

/** Dots below which a resolver tries the search list first, in a pod of the default policy. */
export const usualNdots = 5;

/**
 * Whether a host is a name of the internet, by its last label. `svc.ns` and `pod.svc.ns` look alike, so two letters at
 * the end count only where no namespace is called so, and where it is no ending of a file.
 */
export function isInternetName(host: string, namespaces: ReadonlySet<string>): boolean {
  if (isClusterName(host)) return false;
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  if (labels.length < 2 || namespaces.has(last)) return false;
  return commonDomains.has(last) || (/^[a-z]{2}$/.test(last) && !fileEndings.has(last));
}

const commonDomains: ReadonlySet<string> = new Set([
  'com', 'net', 'org', 'info', 'biz', 'gov', 'edu', 'mil', 'int', 'dev', 'app', 'cloud', 'online', 'site', 'tech', 'google',
  'aws', 'page', 'run', 'systems', 'services', 'software', 'health', 'bank', 'email', 'store', 'world',
]); // biome-ignore format: a table

/** Domains of countries that are endings of files or short names too. */
const fileEndings: ReadonlySet<string> = new Set([
  'py',
  'sh',
  'rs',
  'md',
  'pl',
  'so',
  'ps',
  'db',
  'js',
  'ts',
  'go',
  'qa',
]);
