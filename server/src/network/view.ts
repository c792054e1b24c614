import type { Kind } from '../kube/kinds';
import { type Labels, labelsOf, noLabels } from '../kube/labels';
import type { Resource } from '../kube/resource';
import { workloadKinds } from '../kube/workload';

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

/** What the model needs of a namespace; the `Namespace` of a rule is one. */
export interface NamespaceView {
  readonly name: string;
  /** Whether nobody wrote the name: it is the namespace that the files are applied to. */
  readonly isAssumed: boolean;
  /** As its manifest writes them; the model adds the label that the API server sets. */
  readonly labels: Labels;
  of(...kinds: NetworkKind[]): readonly Resource[];
}

/** What the model needs of a cluster; the `Cluster` of a rule is one. */
export interface ClusterView {
  readonly namespaces: Iterable<NamespaceView>;
  /** Whether kustomize adds or patches labels, so that what isn't written may be there. */
  readonly relabels?: boolean;
  of(...kinds: NetworkKind[]): readonly Resource[];
}

/** The cluster that plain manifests describe, each in the namespace it names, and in `default` where it names none. */
export function viewOf(resources: Iterable<Resource>): ClusterView {
  const all = [...resources];
  const byNamespace = new Map<string, Resource[]>();
  for (const resource of all) {
    const name = namespaceNameOf(resource);
    if (name === undefined) continue;
    const list = byNamespace.get(name);
    if (list) list.push(resource);
    else byNamespace.set(name, [resource]);
  }
  const namespaces = [...byNamespace].map(([name, list]): NamespaceView => {
    const manifest = list.findLast(({ kind }) => kind === 'Namespace');
    const labels = manifest ? labelsOf(manifest.at('metadata', 'labels')) : noLabels;
    return { name, isAssumed: false, labels, of: byKind(list) };
  });
  return { namespaces, of: byKind(all) };
}

/** A Namespace stands in the namespace that it declares. */
function namespaceNameOf(resource: Resource): string | undefined {
  if (resource.kind === 'Namespace') return resource.name.string;
  return resource.isClusterScoped ? undefined : (resource.namespace ?? 'default');
}

/** The same list for the same question, as the views of a workspace give it. */
function byKind(resources: readonly Resource[]): (...kinds: NetworkKind[]) => readonly Resource[] {
  const lists = new Map<string, readonly Resource[]>();
  return (...kinds) => {
    const key = kinds.join();
    const list = lists.get(key) ?? resources.filter(({ kind }) => kinds.some(wanted => wanted === kind));
    lists.set(key, list);
    return list;
  };
}
