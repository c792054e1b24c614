import type { Kind } from '../../../kube/kinds';
import { holds, type Labels, type Requirement, type Selector, selectorOf } from '../../../kube/labels';
import { isPlaceholder } from '../../../kube/placeholder';
import { podsMatching } from '../../../kube/pods/matching';
import { podLabelsOf, workloadKinds } from '../../../kube/pods/workload';
import type { Namespace } from '../../../kube/view';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import { Makers, makerKinds } from '../../../network/references/makers';
import { isForeignKey, templateKinds, templateLabelsIn } from '../../../network/references/near-misses';
import { nearest } from '../../../text/distance';
import type { Node } from '../../../yaml/node';

export const selectionKinds = [
  'NetworkPolicy',
  'Namespace',
  ...workloadKinds,
  ...makerKinds,
  ...templateKinds,
] as const;

export type Seen = Namespace<(typeof selectionKinds)[number]>;

/** Where a selector goes wrong, and how to set it right; `meant` is the label that was probably meant. */
export interface Fault {
  readonly at: Node;
  readonly meant: string | undefined;
  readonly fixes: readonly Fix[];
}

/** The label that the API server gives to every namespace. */
export const nameLabel = 'kubernetes.io/metadata.name';

/** The namespaces that a selector picks by name; none where it picks by anything else. */
function namesIn({ requirements }: Selector): readonly string[] {
  const [only, another] = requirements;
  return only?.key === nameLabel && only.operator === 'In' && another === undefined ? [...only.values] : [];
}

/**
 * The namespaces that a peer's pods can be in: the policy's own, or those picked by name. Undefined where they are picked
 * by labels, which namespaces that nobody sees may have too, or where one of them is not in sight.
 */
export function homesOf<K extends Kind>(peer: Node, own: Namespace<K>): readonly Namespace<K>[] | undefined {
  const namespaceSelector = peer.at('namespaceSelector');
  if (!namespaceSelector.isMapping) return peer.at('podSelector').isMapping ? [own] : undefined;
  const names = namesIn(selectorOf(namespaceSelector));
  const homes = [...own.cluster.namespaces].filter(({ name, isAssumed }) => names.includes(name) && !isAssumed);
  return names.length > 0 && homes.length >= names.length ? homes : undefined;
}

/**
 * The fault of a selector that no pod of these namespaces can match. Undefined where one does, where it can't be
 * understood, or where pods may be there that no manifest shows.
 */
export function faultOf(selectorNode: Node, homes: readonly Seen[]): Fault | undefined {
  const selector = selectorOf(selectorNode);
  if (!selector.isSound || selector.isEmpty || homes.length === 0 || holdsPlaceholder(selector)) return undefined;
  const lists = homes.map(home => home.of(...workloadKinds));
  if (lists.some(list => list.length === 0 || podsMatching(list, selector).length > 0)) return undefined;
  const labels = [...lists.flat().map(podLabelsOf), ...homes.flatMap(templateLabelsIn)];
  if (labels.some(each => selector.matches(each))) return undefined;
  const keys = new Set(labels.flatMap(each => [...each.keys()]));
  if (selector.requirements.some(({ key }) => isForeignKey(key, keys))) return undefined;
  const values = selector.requirements.flatMap(({ values }) => [...values]);
  const makers = homes.map(home => new Makers(home));
  if (makers.some(maker => ['', ...values].some(value => maker.mayMake(value)))) return undefined;
  return faultAmong(selectorNode, selector, labels);
}

/** Texts that are no labels yet: placeholders. */
function holdsPlaceholder({ requirements }: Selector): boolean {
  return requirements.some(({ key, values }) => [key, ...values].some(isPlaceholder));
}

/** The one requirement that nobody meets, with what was probably meant; else the whole selector. */
export function faultAmong(selectorNode: Node, selector: Selector, labels: readonly Labels[]): Fault {
  const unmet = selector.requirements.filter(requirement => !labels.some(each => holds(requirement, each)));
  const [only] = unmet;
  if (only === undefined || unmet.length > 1) return { at: selectorNode, meant: undefined, fixes: [] };
  const written = singleValue(only);
  if (written?.string === undefined) return { at: only.node, meant: undefined, fixes: [] };
  const others = selector.requirements.filter(requirement => requirement !== only);
  const fitting = labels.filter(each => others.every(requirement => holds(requirement, each)));
  return (
    byValue(only, written, fitting) ?? byKey(only, written, fitting) ?? { at: written, meant: undefined, fixes: [] }
  );
}

function byValue({ key }: Requirement, written: Node, labels: readonly Labels[]): Fault | undefined {
  const meant = slipOf(written.string ?? '', new Set(labels.flatMap(each => each.get(key) ?? [])));
  if (meant === undefined) return undefined;
  return fault(written, `${key}: ${meant}`, edits => edits.set(written, meant));
}

/**
 * The value that was probably meant: all its words but one are the same, and that one is a slip away. So `shop-prod` is
 * not taken for `shop-test`.
 */
export function slipOf(value: string, candidates: Iterable<string>): string | undefined {
  const words = value.split(/[-._]/);
  const alike = [...candidates].filter(candidate => {
    const others = candidate.split(/[-._]/);
    const differing = words.flatMap((word, i) => (word === others[i] ? [] : [[word, others[i] ?? ''] as const]));
    const [pair, another] = differing;
    if (others.length !== words.length || pair === undefined || another !== undefined) return false;
    return nearest(pair[0], [pair[1]]) !== undefined;
  });
  return nearest(value, alike);
}

/** The same value under another key, such as app.kubernetes.io/name for app. */
function byKey({ node, key }: Requirement, written: Node, labels: readonly Labels[]): Fault | undefined {
  if (labels.some(each => each.has(key))) return undefined;
  const keys = new Set(
    labels.flatMap(each => [...each].filter(([, value]) => value === written.string).map(([other]) => other)),
  );
  const [meant, another] = keys;
  if (meant === undefined || another !== undefined) return undefined;
  const place = node.isMapping ? node.at('key') : node;
  return fault(place, `${meant}: ${written.string}`, edits =>
    node.isMapping ? edits.set(place, meant) : edits.rename(node, meant),
  );
}

/** A fault with its fix. `meant` is a label as it would be written. */
export function fault(at: Node, meant: string, edit: Fix['edit']): Fault {
  return {
    at,
    meant,
    fixes: [fix(`Select ${meant}`, edit)],
  };
}

/** The value of a requirement that has a single one. */
export function singleValue({ node, operator, values }: Requirement): Node | undefined {
  if (operator !== 'In' || values.size !== 1) return undefined;
  return node.isMapping ? node.at('values', 0) : node;
}

/** What pods lack that a selector misses, in the words of kubectl: `has the labels app=web`, `matches tier in (a,b)`. */
export function worded({ requirements }: Selector): string {
  const isPlain = requirements.every(({ operator, values }) => operator === 'In' && values.size === 1);
  const verb = !isPlain ? 'matches' : requirements.length === 1 ? 'has the label' : 'has the labels';
  return `${verb} ${requirements.map(wordedOne).join(',')}`;
}

function wordedOne({ key, operator, values }: Requirement): string {
  const list = [...values].join(',');
  switch (operator) {
    case 'In':
      return values.size === 1 ? `${key}=${list}` : `${key} in (${list})`;
    case 'NotIn':
      return values.size === 1 ? `${key}!=${list}` : `${key} notin (${list})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}

export function hintOf({ meant }: Fault): string | undefined {
  return meant === undefined ? undefined : `Select '${meant}', if that is meant.`;
}
