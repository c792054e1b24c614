import type { KeyFacts } from '../../kube/controllers/facts/annotation-table';
import { type MeshKeys, meshKeys } from '../../kube/controllers/facts/mesh-keys';
import { allKinds, groupOf, type Kind } from '../../kube/kinds';
import { memo } from '../../text/maps';
import type { ClusterView } from '../../workspace/cluster-view';
import type { Around } from './around';
import type { Given } from './given';
import type { Item } from './item';
import { keysAt, valuesAt } from './known-keys';
import { metadataOf } from './pod-path';
import type { Site } from './site';

/** Annotations and labels of a mesh, for pods, Services and namespaces, where the mesh is here or is being named. */
export function meshWords(site: Site, _given: Given, around: Around | undefined): readonly Item[] {
  const { object, typing } = site;
  if (object === undefined || typing === 'item') return [];
  return (['annotations', 'labels'] as const).flatMap(map => {
    const place = metadataOf(site, map);
    if (place === undefined) return [];
    const kind = place === 'pods' || object.is('Pod') ? 'Pod' : object.kind;
    return meshKeys.flatMap(mesh => {
      const keys = mesh[map].filter(({ on }) => on.includes(kind));
      const owner = { title: mesh.mesh };
      if (typing === 'value')
        return valuesAt(
          site,
          keys.find(({ key }) => key === site.key),
          site.key,
          owner,
        );
      return (around && isHere(mesh, around.view)) || isNamed(site.word, keys) ? keysAt(site, keys, owner) : [];
    });
  });
}

/** Whoever types so much of a key knows what they want. */
function isNamed(word: string, keys: readonly KeyFacts[]): boolean {
  return word.length > 3 && keys.some(({ key }) => key.startsWith(word));
}

function isHere({ domain }: MeshKeys, view: ClusterView): boolean {
  return domainsIn(view).some(group => group === domain || group.endsWith(`.${domain}`));
}

const kindsOfMeshes = allKinds.filter(kind => /\.(?:istio|linkerd|cilium)\.io$/.test(kind));
const kindsWithMarks = ['Namespace', 'Service'] as const satisfies readonly Kind[];

/** Of API groups, and of what annotations and labels of namespaces and Services begin with. */
const domainsIn = memo(
  (view: ClusterView): readonly string[] => {
    const groups = view.of(...kindsOfMeshes).map(({ apiVersion }) => groupOf(apiVersion));
    const keys = view.of(...kindsWithMarks).flatMap(resource =>
      ['annotations', 'labels'].flatMap(map =>
        resource
          .at('metadata', map)
          .entries()
          .map(({ key }) => String(key)),
      ),
    );
    return [...new Set([...groups, ...keys.map(key => (key === 'istio-injection' ? 'istio.io' : groupOf(key)))])];
  },
  view => view.of(...kindsOfMeshes, ...kindsWithMarks),
);
