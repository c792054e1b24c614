import type { Kind } from '../kube/kinds';
import { workloadKinds } from '../kube/pods/workload';

/** Every kind the model reads. A rule that asks the model for anything declares them all. */
export const networkKinds = [
  ...workloadKinds,
  'Namespace',
  'Service',
  'NetworkPolicy',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'NetworkPolicy.projectcalico.org',
  'GlobalNetworkPolicy.projectcalico.org',
  'CiliumNetworkPolicy.cilium.io',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'Ingress',
  'Route.route.openshift.io',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'TCPRoute',
  'UDPRoute',
  'ReferenceGrant',
] as const satisfies readonly Kind[];

export type NetworkKind = (typeof networkKinds)[number];
