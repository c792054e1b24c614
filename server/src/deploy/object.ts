import type { Node } from '../yaml/node';
import { at, itemsOf, type Mapping, scalar, textAt, type Value, within } from './value';

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

  constructor(
    public value: Mapping,
    readonly behaviour: Behaviour = 'create',
  ) {}

  get id(): ObjectId {
    return idOf(this.value);
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

/** The objects of a document; items of a list are objects of their own. */
export function objectsOf(value: Value): EffectiveObject[] {
  if (value.type !== 'mapping') return [];
  const isList = /List$/.test(textAt(value, 'kind') ?? '') && at(value, 'items')?.type === 'list';
  return isList ? itemsOf(at(value, 'items')).flatMap(objectsOf) : [new EffectiveObject(value)];
}
