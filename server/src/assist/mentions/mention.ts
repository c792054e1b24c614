import { allKinds, type Kind } from '../../kube/kinds';
import type { Selector } from '../../kube/labels';
import type { Resource } from '../../kube/resource';
import type { Range } from '../../text/range';
import type { Node } from '../../yaml/node';

/** Where something is named: a value, the key of a field, or a range inside of a value. */
export interface Spot {
  readonly node: Node;
  readonly part: 'value' | 'key' | Range;
}

/** A place of an object at which it names or selects something, itself included. */
export interface Mention {
  readonly at: Spot;
  readonly means: Meaning;
  /** What sort of place it is, in words that stand in a list: `backends`, `selectors`. */
  readonly sort: Sort;
  /** Whether what it means is so because of this place: a name, a label that pods bear, a port that is declared. */
  readonly isOwn?: true;
}

/** @own the words by which a preview groups what it changes */
export type Sort =
  | 'names'
  | 'labels'
  | 'selectors'
  | 'ports'
  | 'references'
  | 'backends'
  | 'addresses'
  | 'namespaces'
  | 'patches'
  | 'files';

export type Meaning = ObjectMeaning | LabelMeaning | SelectorMeaning | PortMeaning | ListenerMeaning | FileMeaning;

/** An object by kind and name. */
export interface ObjectMeaning {
  readonly about: 'object';
  readonly kind: Kind;
  /** As written: two kinds that are not listed are told apart by it. */
  readonly kindName: string;
  readonly name: string;
  /** Undefined for that of who names it. */
  readonly namespace: string | undefined;
  /** Looked for only if no other reading of the same words finds anything: `a.b` may be a Service in a namespace, or a pod. */
  readonly unless?: ObjectMeaning | undefined;
  /** What has to be there, or the words mean something else: `google.com` is no Service in a namespace `com`. */
  readonly besides?: ObjectMeaning | undefined;
  /** A port that has to be one of its own, or the word means something else: `redis:7` is an image. */
  readonly port?: number | undefined;
  /** As it is called in the kustomization that names it, be it called otherwise in the end. */
  readonly isAsWritten?: true;
}

/** What bears labels. */
export type Bearer = 'pods' | 'objects' | 'namespaces';

/** A key of a label, or a pair. */
export interface LabelMeaning {
  readonly about: 'label';
  readonly of: Bearer;
  readonly key: string;
  readonly value: string | undefined;
  /** Of a selector: who is selected by all of it. */
  readonly selection: Selection | undefined;
}

/** A whole selector. */
export interface SelectorMeaning {
  readonly about: 'selector';
  readonly selection: Selection;
}

export interface Selection {
  readonly of: Bearer;
  readonly selector: Selector;
  readonly within: Within;
}

/** The namespaces in which a selector looks: all of these that say something have to hold, or one of the names. */
export interface Within {
  readonly names: readonly string[];
  readonly selector: Selector | undefined;
  /** Whether it is its own namespace where neither says anything; else all. */
  readonly isOwn: boolean;
}

/** A port by its name or number. */
export interface PortMeaning {
  readonly about: 'port';
  readonly port: string | number;
  readonly of: PortOwner;
}

export type PortOwner =
  | { readonly owner: 'service'; readonly service: ObjectMeaning }
  /** The Services that are selected. */
  | { readonly owner: 'services'; readonly selection: Selection }
  /** The pods that are selected. */
  | { readonly owner: 'pods'; readonly selections: readonly Selection[] }
  | { readonly owner: 'containers'; readonly containers: readonly Node[] };

/** A listener of a Gateway. */
export interface ListenerMeaning {
  readonly about: 'listener';
  readonly name: string;
  readonly gateway: ObjectMeaning;
}

export interface FileMeaning {
  readonly about: 'file';
  readonly path: string;
}

/** Looks in its own namespace. */
export const ownNamespace: Within = { names: [], selector: undefined, isOwn: true };
export const everywhere: Within = { names: [], selector: undefined, isOwn: false };

const kinds: ReadonlyMap<string, Kind> = new Map(allKinds.map(kind => [kind, kind]));

/** An object of a kind that is named without its group, or with it. */
export function meaningOf(kindName: string, name: string, namespace?: string | undefined): ObjectMeaning {
  const [plain = kindName] = kindName.split('.');
  return { about: 'object', kind: kinds.get(kindName) ?? 'Unlisted', kindName: plain, name, namespace };
}

export function meaningOfResource({ kind, kindName, name }: Resource): ObjectMeaning {
  return { about: 'object', kind, kindName, name: name.text ?? '', namespace: undefined };
}

/** A value, where it is written as text. */
export const valueAt = (node: Node): Spot => ({ node, part: 'value' });
export const keyAt = (node: Node): Spot => ({ node, part: 'key' });

/** What mentions are found by: the same for all that may mean the same. */
export function topicOf(means: Meaning): string {
  switch (means.about) {
    case 'object':
      return objectTopic(means.kindName, means.name);
    case 'label':
      return labelTopic(means.of, means.key, means.value);
    case 'selector':
      return selectorTopic(means.selection);
    case 'port':
      return `port ${means.port}`;
    case 'listener':
      return `listener ${means.name}`;
    case 'file':
      return `file ${means.path}`;
  }
}

export const objectTopic = (kindName: string, name: string) => `object ${kindName} ${name}`;

/** Pods and other objects bear the same labels, more often than not: who changes the one changes the other. */
export function labelTopic(of: Bearer, key: string, value: string | undefined): string {
  const domain = of === 'namespaces' ? of : 'objects';
  return value === undefined ? `label ${domain} ${key}` : `label ${domain} ${key}=${value}`;
}

/** One pair that whoever is selected bears, or nothing. */
export function selectorTopic({ selector }: Selection): string {
  for (const { key, operator, values } of selector.requirements) {
    const [value] = values;
    if (operator === 'In' && values.size === 1 && value !== undefined) return selectedBy(key, value);
  }
  return selectedBy('', '');
}

export const selectedBy = (key: string, value: string) => `selected ${key}=${value}`;
