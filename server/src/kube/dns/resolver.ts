import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { repositoryOf } from '../nodes/cni';
import { containersOf, isHostNetwork, podLabelsOf, podSpecOf, type Workload } from '../pods/workload';

/** Whose names a pod can look up. cluster: those of Services first. node: what the resolver of its node knows. */
export type Resolver = 'cluster' | 'node' | 'own';

/** `ClusterFirst`, the default, quietly means the resolver of the node for pods in its network (core/v1, DNSPolicy). */
export const resolverOf = memo((workload: Workload): Resolver => {
  const policy = podSpecOf(workload).at('dnsPolicy').string ?? 'ClusterFirst';
  if (policy === 'None') return 'own';
  if (policy === 'ClusterFirstWithHostNet') return 'cluster';
  return policy === 'ClusterFirst' && !isHostNetwork(workload) ? 'cluster' : 'node';
});

/** The options of `dnsConfig`; a pod's own win over what the kubelet writes. */
export function dnsOptionNamed(workload: Workload, name: string): Node | undefined {
  const options = podSpecOf(workload).at('dnsConfig', 'options').items();
  return options.find(option => option.at('name').string === name);
}

/**
 * Whether the pods are part of what makes the cluster's network and DNS, so that they can't rely on it.
 *
 * @source kubernetes/kubernetes:cmd/kubeadm/app/phases/addons/dns/manifests.go (k8s-app, 1.37)
 * @source kubernetes/kubernetes:cluster/addons/dns/nodelocaldns/nodelocaldns.yaml (028f956, read 2026-11-29)
 */
export const makesTheNetwork = memo((workload: Workload): boolean => {
  const labels = podLabelsOf(workload);
  if (labels.get('tier') === 'control-plane' || installsCni(workload)) return true;
  if (/^(?:kube-dns|coredns|node-local-dns|kube-proxy)$/.test(labels.get('k8s-app') ?? '')) return true;
  return containersOf(workload).some(container => networkImage.test(repositoryOf(container.at('image').string ?? '')));
});

/**
 * kube-proxy, DNS, the control plane, and agents of CNIs, by the last parts of the image's name.
 *
 * @source kubernetes/kubernetes:cmd/kubeadm/app/phases/addons/dns/manifests.go (1.37)
 * @source kubernetes/kubernetes:cluster/addons/dns/nodelocaldns/nodelocaldns.yaml (028f956, read 2026-11-29)
 * @source projectcalico/calico:manifests/canal.yaml (87c1590)
 * @source flannel-io/flannel:Documentation/kube-flannel.yml (v0.28.9)
 * @source weaveworks/weave:prog/weave-kube/weave-daemonset-k8s-1.11.yaml (00f8afd, read 2026-11-29)
 * @source antrea-io/antrea:build/yamls/antrea.yml (fc70f2b)
 * @source cloudnativelabs/kube-router:daemonset (7c2c277)
 * @source aws/amazon-vpc-cni-k8s:config (v1.23.0)
 * @source cilium/cilium:install/kubernetes/cilium/templates/cilium-agent/daemonset.yaml (7d65d92)
 * @source k8snetworkplumbingwg/multus-cni:deployments/multus-daemonset.yml (03dead1, read 2026-11-29)
 * @source k8snetworkplumbingwg/whereabouts:doc/crds/daemonset-install.yaml (03a7bb4, read 2026-11-29)
 * @source kubeovn/kube-ovn:charts/kube-ovn/values.yaml (0060dd2, v1.15.8)
 * @source https://github.com/kubernetes-sigs/kind (kindnetd, v0.24.0)
 * @own that pods of these programs are part of the network, and that mirrors keep the last part of a name
 */
const networkImage =
  /(?:^|[/-])(?:kube-proxy(?:-[a-z0-9]+)?|coredns|k8s-dns-[a-z-]{1,63}|kube-apiserver(?:-[a-z0-9]+)?|kube-controller-manager(?:-[a-z0-9]+)?|kube-scheduler(?:-[a-z0-9]+)?|etcd|kube-vip|calico\/[a-z0-9-]+|calico-node|cilium\/[a-z0-9-]+|cilium|flannel|weave-kube|weave-npc|antrea[a-z0-9-]{0,63}|kube-router|kindnetd|multus-cni|amazon-k8s-cni|kube-ovn|whereabouts)$/;

function installsCni(workload: Workload): boolean {
  const volumes = podSpecOf(workload).at('volumes').items();
  return volumes.some(volume => /^\/(?:etc|opt)\/cni(?:\/|$)/.test(volume.at('hostPath', 'path').string ?? ''));
}

/** Whether a host names something in the cluster by a name that says so. */
export function isClusterName(host: string): boolean {
  return /\.svc(?:\.|$)/.test(host) || /(?:^|\.)cluster\.local$/.test(host);
}

/**
 * Dots below which a resolver tries the search list first, in a pod of the default policy.
 *
 * @source https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/ (read 2026-11-22)
 */
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

/** @own the domains that addresses in manifests end in most often; the others would be taken for namespaces */
const commonDomains: ReadonlySet<string> = new Set([
  'com', 'net', 'org', 'info', 'biz', 'gov', 'edu', 'mil', 'int', 'dev', 'app', 'cloud', 'online', 'site', 'tech', 'google',
  'aws', 'page', 'run', 'systems', 'services', 'software', 'health', 'bank', 'email', 'store', 'world',
]); // biome-ignore format: a table

/**
 * Domains of countries that are endings of files or short names too.
 *
 * @own the domains of countries that are met in manifests as endings of files and as short names
 */
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
