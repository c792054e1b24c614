import { isDefinition } from '../kube/resource';
import { isSameList } from '../text/maps';
import type { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import {
  at,
  entriesOf,
  isUntouched,
  itemsOf,
  type Mapping,
  mappingAt,
  scalar,
  textAt,
  type Value,
  valueIn,
  within,
} from './value';

export interface ObjectId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** '' where none is written. */
  readonly namespace: string;
}

/** How a generated object meets one of its name that is there. */
export type Behaviour = 'create' | 'merge' | 'replace';

/** An object of a build, from how it is written to how it is applied. */
export class EffectiveObject {
  /** What it was called before, the first name first. */
  readonly former: ObjectId[] = [];
  readonly prefixes: string[] = [];
  readonly suffixes: string[] = [];
  #known: { readonly said: readonly (Value | undefined)[]; readonly id: ObjectId } | undefined;

  constructor(
    public value: Mapping,
    readonly behaviour: Behaviour = 'create',
  ) {}

  /** Whether it is as it is written, and not even parsed. */
  get isClosed(): boolean {
    return false;
  }

  /** Asked often, and seldom another: it is read anew when one of its four values is another. */
  get id(): ObjectId {
    const { entries } = this.value;
    const metadata = entriesOf(entries.get('metadata'));
    const said = [entries.get('apiVersion'), entries.get('kind'), metadata.get('name'), metadata.get('namespace')];
    if (this.#known === undefined || !isSameList(this.#known.said, said)) this.#known = { said, id: idOf(this.value) };
    return this.#known.id;
  }

  /** Its names of all times, the present one last. */
  get ids(): readonly ObjectId[] {
    return [...this.former, this.id];
  }

  /** The new name is still where the old one is written: that is what people know it by. */
  rename(name: string, by: Node): void {
    this.#remember();
    const metadata = within(this.value, 'metadata', by);
    metadata.entries.set('name', scalar(name, metadata.entries.get('name')?.at ?? by));
  }

  moveTo(namespace: string, by: Node): void {
    this.#remember();
    within(this.value, 'metadata', by).entries.set('namespace', scalar(namespace, by));
  }

  #remember(): void {
    this.former.push(this.id);
  }
}

/** A definition is long, and most builds leave it as it is: until somebody looks inside it is known by its text. */
class Definition extends EffectiveObject {
  constructor(
    document: YamlDocument,
    readonly written: ObjectId,
  ) {
    super(mappingAt(document.root));
  }

  override get isClosed(): boolean {
    return isUntouched(this.value);
  }

  override get id(): ObjectId {
    return this.isClosed ? this.written : super.id;
  }
}

/** The objects of a document; items of a list are objects of their own. */
export function objectsIn(document: YamlDocument): EffectiveObject[] {
  const written = isDefinition(document) ? writtenIn(document.text) : undefined;
  return written === undefined ? objectsOf(valueIn(document.root)) : [new Definition(document, written)];
}

/** Who a definition is, where its text has that in the plainest form. */
function writtenIn(text: string): ObjectId | undefined {
  const apiVersion = /^apiVersion:[ \t]*([\w./]+)[ \t]*\r?$/m.exec(text)?.[1];
  const metadata = /^metadata:[ \t]*\r?\n((?:[ \t]+[^\n]*\n)+)/m.exec(text)?.[1] ?? '';
  const indent = /^[ ]+/.exec(metadata)?.[0];
  const line = metadata.split('\n').find(one => one.startsWith(`${indent}name:`)) ?? '';
  const name = /^ +name:[ \t]*["']?([a-z0-9.-]+)["']?[ \t]*\r?$/.exec(line)?.[1];
  if (apiVersion === undefined || name === undefined) return undefined;
  return { ...groupOf(apiVersion), kind: 'CustomResourceDefinition', name, namespace: '' };
}

/** Who an object is, as it is written. */
export function idOf(object: Value): ObjectId {
  return {
    ...groupOf(textAt(object, 'apiVersion') ?? ''),
    kind: textAt(object, 'kind') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
  };
}

export function groupOf(apiVersion: string): Pick<ObjectId, 'group' | 'version'> {
  const slash = apiVersion.indexOf('/');
  return { group: slash === -1 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

const isSameKind = (a: ObjectId, b: ObjectId) => a.group === b.group && a.kind === b.kind;

/** Objects without a namespace are in 'default', as kustomize compares them. */
export const spaceOf = (id: ObjectId) => id.namespace || 'default';

export function isSameObject(a: ObjectId, b: ObjectId): boolean {
  return isSameKind(a, b) && a.version === b.version && a.name === b.name && spaceOf(a) === spaceOf(b);
}

function objectsOf(value: Value): EffectiveObject[] {
  if (value.type !== 'mapping') return [];
  const isList = /List$/.test(textAt(value, 'kind') ?? '') && at(value, 'items')?.type === 'list';
  return isList ? itemsOf(at(value, 'items')).flatMap(objectsOf) : [new EffectiveObject(value)];
}
