import { Connections, ports } from '../../server/src/network/sets/connections';
import { networkIn, peer } from './cluster';

export const http = Connections.of('TCP', ports(80));

/** A pod and its namespace: `namespace/name`, labelled with `app: name`. */
export function pod(id: string, ...more: readonly string[]): string {
  const [namespace = '', name = ''] = id.split('/');
  return `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}
spec: {${['containers: [{name: main, image: x}]', ...more].join(', ')}}
`;
}

export const namespace = (name: string, labels = '{}') => `---
apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: ${labels}}
`;

export const policy = (name: string, spec: string, inNamespace = 'ns') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${inNamespace}}
spec: ${spec}
`;

export const admin = (name: string, spec: string) => `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: ${name}}
spec: ${spec}
`;

export function answer(text: string, from: string, to: string, connections = http): string {
  const network = networkIn(text);
  return network.allowed(peer(network, `${from}[Pod]`), peer(network, `${to}[Pod]`)).of(connections);
}

export const two = namespace('ns') + pod('ns/a') + pod('ns/b');
