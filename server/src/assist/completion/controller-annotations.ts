import { byAnnotation, byClassName } from '../../kube/controllers/facts';
import type { KeyFacts } from '../../kube/controllers/facts/annotation-table';
import type { ControllerFacts } from '../../kube/controllers/facts/controller';
import { type Controller, type Controllers, controllersIn } from '../../kube/controllers/in-scope';
import { snippetVerdict } from '../../kube/controllers/snippets';
import { annotationKeysOf, classNameOf } from '../../kube/services/ingress';
import { memo } from '../../text/maps';
import type { ClusterView } from '../../workspace/cluster-view';
import type { Around } from './around';
import type { Given } from './given';
import type { Item } from './item';
import { keysAt, type Owner, valuesAt } from './known-keys';
import { metadataOf } from './pod-path';
import { type Site, siblingsOf } from './site';

/** Annotations of the controllers that read an Ingress or a Service: their keys, and values to choose from. */
export function controllerAnnotations(site: Site, _given: Given, around: Around | undefined): readonly Item[] {
  const { object } = site;
  if (object === undefined || !object.is('Ingress', 'Service') || metadataOf(site, 'annotations') === undefined)
    return [];
  const controllers = around && controllersIn(around.view);
  return readersOf(site, controllers).flatMap(({ facts, isStandIn }) => {
    const owner = ownerOf(facts, around?.view, controllers?.known ?? []);
    const read = (facts.vocabulary?.annotations.keys ?? []).filter(
      ({ on, marks }) => on.some(kind => object.is(kind)) && (!isStandIn || marks.includes('traefik')),
    );
    const keys = read.filter(key => !isRefused(key, facts, controllers?.known ?? []));
    if (site.typing === 'key') return keysAt(site, keys, owner);
    return site.typing === 'value' && facts.prefixes.some(prefix => site.key.startsWith(prefix))
      ? valuesAt(site, facts.vocabulary?.annotations.find(site.key), site.key, owner)
      : [];
  });
}

interface Reader {
  readonly facts: ControllerFacts;
  /** Whether another controller reads them in its place, and not all of them. */
  readonly isStandIn?: boolean;
}

/** Who serves the Ingress; where nothing tells, whose annotations it carries. A Service is read by all that are here. */
function readersOf(site: Site, controllers: Controllers | undefined): readonly Reader[] {
  const { object } = site;
  if (object === undefined) return [];
  if (object.is('Service')) return (controllers?.known ?? []).map(({ facts }) => ({ facts }));
  const served = controllers?.wouldServe(object);
  if (served?.standsInFor) return [{ facts: served.facts }, { facts: served.standsInFor, isStandIn: true }];
  if (served) return [{ facts: served.facts }];
  const named = byClassName(classNameOf(object) ?? '');
  if (named) return [{ facts: named }];
  const marks = new Set(
    [...siblingsOf(site).map(({ key }) => String(key)), site.key, site.word].flatMap(key => byAnnotation(key) ?? []),
  );
  const [only, ...others] = marks;
  return only && others.length === 0 ? [{ facts: only }] : [];
}

/** Pieces of configuration, where the controller is known or likely to refuse them. */
function isRefused({ typeName, marks }: KeyFacts, facts: ControllerFacts, known: readonly Controller[]): boolean {
  const isPiece = typeName === 'snippet' || marks.includes('critical');
  return isPiece && snippetVerdict({ facts }, { known }).verdict !== 'read';
}

function ownerOf(facts: ControllerFacts, view: ClusterView | undefined, known: readonly Controller[]): Owner {
  const used = view && keysInUse(view);
  return {
    title: facts.title,
    version: known.find(controller => controller.facts === facts)?.version,
    balances: facts.balance.settings,
    uses: key => used?.get(key) ?? 0,
  };
}

/** How often each annotation stands on an Ingress or a Service. */
const keysInUse = memo(
  (view: ClusterView): ReadonlyMap<string, number> => {
    const uses = new Map<string, number>();
    for (const resource of view.of('Ingress', 'Service')) {
      for (const key of annotationKeysOf(resource)) uses.set(key, (uses.get(key) ?? 0) + 1);
    }
    return uses;
  },
  view => view.of('Ingress', 'Service'),
);
