import { holds, type Labels, labelsOf, type Selector, selectorOf } from '../../kube/labels';
import { isPlaceholder } from '../../kube/placeholder';
import { isWorkload, podLabelsOf, podTemplateOf, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { monitoredNamespacesOf, monitorKinds } from '../../kube/services/monitor';
import { add, grouped } from '../../text/maps';
import type { NamespaceView } from '../../workspace/cluster-view';
import type { Node } from '../../yaml/node';
import type { Around } from './around';
import type { Item } from './item';
import { type SelectorSite, selectorSiteOf } from './selector-site';
import type { Site } from './site';
import { keyAt, spelledAt } from './spelled';
import { distanceFrom, named, nameFrom } from './spoken';

/** Labels in selectors: those with which, and with what else is written there, something is still selected. */
export function labelItems(site: Site, around: Around): readonly Item[] {
  const place = selectorSiteOf(site);
  if (place === undefined) return [];
  const rest = candidates(site, place, around).filter(({ labels }) =>
    place.others.every(other => holds(other, labels)),
  );
  return place.typing === 'value' ? valuesIn(site, place, rest) : keysIn(site, place, rest);
}

/** Something that has labels, and how it is called. */
interface Labelled {
  readonly labels: Labels;
  readonly title: string;
  /** Whether it is where the selector looks for sure. */
  readonly isNear: boolean;
  /** Whether pods that are to stand apart are these themselves, as most often. */
  readonly isOwn?: boolean;
}

function valuesIn(site: Site, place: SelectorSite, things: readonly Labelled[]): readonly Item[] {
  const byValue = grouped(things, ({ labels }) => labels.get(place.label));
  return [...byValue]
    .filter(([value]) => isLabelValue(value) && !place.listed.has(value))
    .map(([value, having]) => ({
      label: value === '' ? '""' : value,
      kind: 'value',
      detail: spoken(place, having),
      markdown: '',
      insert: spelledAt(site, value),
      rank: farness(having) + (isOwn(having) ? 0 : 1 + distanceFrom(site, value)),
    }));
}

function keysIn(site: Site, place: SelectorSite, things: readonly Labelled[]): readonly Item[] {
  const known = new Set(place.others.map(({ key }) => key));
  const keys = new Map<string, Labelled[]>();
  for (const thing of things) {
    for (const key of thing.labels.keys()) {
      if (known.has(key) || !isLabelKey(key)) continue;
      add(keys, key, thing);
    }
  }
  const ordered = [...keys].map(([key, having]) => ({
    key,
    having,
    values: grouped(having, one => one.labels.get(key)),
  }));
  // The best tells most things from each other; the name of a namespace is always one, and lasts.
  ordered.sort(
    (a, b) =>
      Number(b.key === nameLabel) - Number(a.key === nameLabel) ||
      Number(isPassing(a.key)) - Number(isPassing(b.key)) ||
      b.having.length - a.having.length ||
      b.values.size - a.values.size ||
      (a.key < b.key ? -1 : 1),
  );
  return ordered.flatMap(({ key, having, values }, index): Item[] => {
    const rank = index * 100;
    const shown = [...values.keys()].filter((value): value is string => value !== undefined && isLabelValue(value));
    const alone: Item = {
      label: key,
      kind: 'key',
      detail: shown.length === 1 ? spoken(place, having) : `${named(shown.filter(value => value !== ''))}`,
      markdown: '',
      insert: site.typing === 'key' ? keyAt(site, key) : spelledAt(site, key),
      rank: rank + 99 + farness(having),
    };
    if (!place.mayPair || shown.length > mostPairs) return [alone];
    const own = new Set(shown.filter(value => isOwn(values.get(value) ?? [])));
    const distance = (value: string) => (own.has(value) ? -1 : distanceFrom(site, value));
    shown.sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1));
    const pairs = shown.map((value, at): Item => {
      const inside = values.get(value) ?? [];
      const text = value === '' ? '""' : spelledAt({ ...site, style: { ...site.style, quote: '', lead: '' } }, value);
      const insert = keyAt(site, key) + text;
      return {
        label: `${key}: ${value}`,
        kind: 'key',
        detail: spoken(place, inside),
        markdown: '',
        insert,
        rank: rank + Math.min(at, 90) + farness(inside),
      };
    });
    return [...pairs, alone];
  });
}

/** With more values than this whoever types the key is asked for the value later. */
const mostPairs = 20;
const far = 100_000;
const nameLabel = 'kubernetes.io/metadata.name';
const isOwn = (things: readonly Labelled[]) => things.some(thing => thing.isOwn);
const farness = (things: readonly Labelled[]) => (things.some(({ isNear }) => isNear) ? 0 : far);

/**
 * Labels that change with each release, or that everything has.
 *
 * @own they are written by tools, and no selector lasts that names one
 */
const isPassing = (key: string) =>
  /^helm\.sh\/|managed-by$|part-of$|(?:^|\/)version$|(?:^|[/-])(?:chart|heritage|release)$|-hash$|^argocd\.|^kustomize\./.test(
    key,
  );

function spoken({ selects }: SelectorSite, things: readonly Labelled[]): string {
  const names = named(things.map(({ title }) => title));
  if (selects === 'own pods') return 'its own pods';
  return selects === 'namespaces'
    ? `namespace ${names}`
    : selects === 'Services'
      ? `Service ${names}`
      : `pods of ${names}`;
}

function candidates(site: Site, place: SelectorSite, around: Around): readonly Labelled[] {
  const { view } = around;
  if (place.selects === 'own pods') return ownPods(site, around);
  if (place.selects === 'namespaces') {
    const real = [...view.namespaces].filter(({ name, isAssumed }) => !isAssumed && !isPlaceholder(name));
    return real.map(({ labels, name }) => ({ labels, title: name, isNear: true }));
  }
  const homes = homesOf(site, place, around);
  const isApart = site.path.some(step => step === 'podAntiAffinity' || step === 'topologySpreadConstraints');
  const own = isApart ? ownPods(site, around).map(each => ({ ...each, isOwn: true })) : [];
  const kinds = place.selects === 'Services' ? (['Service'] as const) : workloadKinds;
  const others = homes.flatMap(({ home, isNear }) =>
    home.of(...kinds).map(resource => ({
      labels: isWorkload(resource) ? podLabelsOf(resource) : labelsOf(resource.at('metadata', 'labels')),
      title: nameFrom(resource, around),
      isNear,
    })),
  );
  return [...own, ...others];
}

/** What a workload selects is what its template makes, in a patch that of the object it is for. */
function ownPods({ object }: Site, { built }: Around): readonly Labelled[] {
  const labels = [object, built].flatMap(each => (each && isWorkload(each) ? [...templateLabels(each)] : []));
  return labels.length === 0 ? [] : [{ labels: new Map(labels), title: object?.name.text ?? '', isNear: true }];
}

const templateLabels = (workload: Resource): Labels =>
  workload.is(...workloadKinds) ? labelsOf(podTemplateOf(workload).at('metadata', 'labels')) : new Map();

interface Home {
  readonly home: NamespaceView;
  readonly isNear: boolean;
}

/** The namespaces that a selector looks into. */
function homesOf(site: Site, { selector, selects }: SelectorSite, around: Around): readonly Home[] {
  const all = [...around.view.namespaces];
  const near = (homes: readonly NamespaceView[]) => homes.map(home => ({ home, isNear: true }));
  const { object } = site;
  if (object?.is(...monitorKinds)) {
    const names = monitoredNamespacesOf(object, around.home);
    return near(names === 'any' ? all : all.filter(({ name }) => names.has(name)));
  }
  const beside = selector.parent?.at('namespaceSelector');
  if (beside?.exists === true) {
    const meant = beside.isEmpty ? undefined : selectorOf(beside);
    return near(meant === undefined ? all : inNamespaces(all, meant));
  }
  const names = (selector.parent?.at('namespaces') ?? selector).items().flatMap((item: Node) => item.string ?? []);
  if (names.length > 0) return near(all.filter(({ name }) => names.includes(name)));
  if (selects === 'pods anywhere') return near(all);
  const own = around.namespace ? near([around.namespace]) : [];
  if (around.isHomeKnown) return own;
  return [...own, ...all.filter(home => home !== around.namespace).map(home => ({ home, isNear: false }))];
}

const inNamespaces = (all: readonly NamespaceView[], selector: Selector) =>
  all.filter(({ labels }) => selector.requirements.every(each => holds(each, labels)));

const isLabelValue = (text: string) =>
  (text === '' || /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)) &&
  text.length < 64 &&
  !isPlaceholder(text);
const isLabelKey = (text: string) =>
  /^(?:[a-z0-9.-]+\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text) && !isPlaceholder(text);
