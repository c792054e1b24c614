import type { Kind } from '../../server/src/kube/kinds';
import { labelsOf, noLabels } from '../../server/src/kube/labels';
import { type Resource, resourcesIn } from '../../server/src/kube/resource';
import type { Cluster, Namespace, Objects } from '../../server/src/kube/view';
import { type Network, networkOf } from '../../server/src/network/policies/network';
import type { Peer } from '../../server/src/network/policies/pods';
import { splitDocuments } from '../../server/src/yaml/document';

export function resourcesOf(text: string): Resource[] {
  return splitDocuments(text).flatMap(({ document }) => [...resourcesIn(document)]);
}

/** The cluster that plain manifests describe, each in the namespace it names, and in `default` where it names none. */
export function viewOf(resources: readonly Resource[]): Cluster {
  const names = new Set(resources.flatMap(resource => namespaceNameOf(resource) ?? []));
  const namespaces = [...names].map((name): Namespace => {
    const list = resources.filter(resource => namespaceNameOf(resource) === name);
    const manifest = list.findLast(({ kind }) => kind === 'Namespace');
    const labels = manifest ? labelsOf(manifest.at('metadata', 'labels')) : noLabels;
    return {
      name,
      isAssumed: false,
      labels,
      of: listsOf(list),
      judged: listsOf(list),
      get cluster() {
        return cluster;
      },
    };
  });
  const cluster: Cluster = {
    name: '.',
    namespaces,
    of: listsOf(resources),
    judged: listsOf(resources),
    namespaceOf: resource => {
      const found = namespaces.find(({ name }) => name === namespaceNameOf(resource)) ?? namespaces[0];
      if (found === undefined) throw new Error('a cluster without namespaces');
      return found;
    },
    judges: () => true,
    isVendored: () => false,
  };
  return cluster;
}

/** A Namespace stands in the namespace that it declares. */
function namespaceNameOf(resource: Resource): string | undefined {
  if (resource.kind === 'Namespace') return resource.name.string;
  return resource.isClusterScoped ? undefined : (resource.namespace ?? 'default');
}

/** The same list for the same question, as the views of a workspace give it. */
function listsOf(resources: readonly Resource[]): Objects['of'] {
  const lists = new Map<string, readonly Resource[]>();
  return <Q extends Kind>(...kinds: readonly Q[]) => {
    const key = kinds.join();
    const list = lists.get(key) ?? resources.filter(({ kind }) => kinds.some(wanted => wanted === kind));
    lists.set(key, list);
    return list as readonly Resource<Q>[];
  };
}

export function networkIn(text: string): Network {
  return networkOf(viewOf(resourcesOf(text)));
}

export function peer(network: Network, id: string): Peer {
  const found = network.peers.find(candidate => candidate.id === id);
  if (found === undefined) throw new Error(`no peer ${id} among ${network.peers.map(each => each.id)}`);
  return found;
}
