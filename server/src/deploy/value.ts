import { type List, type Mapping, type Scalar, scalarIn, type Value } from '../yaml/built-node';
import type { Node } from '../yaml/node';
import type { ScalarValue } from '../yaml/tree';

export type { List, Mapping, Scalar, Value };

export const scalar = (value: ScalarValue, at: Node): Scalar => ({ type: 'scalar', value, at });
export const mapping = (at: Node): Mapping => ({ type: 'mapping', entries: new Map(), at, isMade: false });
/** A mapping that nobody wrote: `by` is what brought it about. */
export const unwritten = (by: Node): Mapping => ({ ...mapping(by), isMade: true });
export const list = (items: Value[], at: Node): List => ({ type: 'list', items, at });

/** A copy of what is written, made as far as somebody looks into it. */
export function valueIn(node: Node): Value {
  if (node.isSequence) return new WrittenList(node);
  return node.isMapping ? new WrittenMapping(node) : scalar(scalarIn(node), node);
}

/** A mapping that is known to be one, without a look. */
export const mappingAt = (node: Node): Mapping => new WrittenMapping(node);

class WrittenMapping implements Mapping {
  readonly type = 'mapping';
  readonly isMade = false;
  #entries: Map<string, Value> | undefined;

  constructor(readonly at: Node) {}

  get entries(): Map<string, Value> {
    this.#entries ??= new Map(this.at.entries().map(entry => [keyOf(entry), valueIn(entry)]));
    return this.#entries;
  }

  get isUntouched(): boolean {
    return this.#entries === undefined;
  }
}

class WrittenList implements List {
  readonly type = 'list';
  #items: Value[] | undefined;

  constructor(readonly at: Node) {}

  get items(): Value[] {
    this.#items ??= this.at.items().map(valueIn);
    return this.#items;
  }

  set items(items: Value[]) {
    this.#items = items;
  }

  get isUntouched(): boolean {
    return this.#items === undefined;
  }
}

/** Whether nobody has looked into it: then it is what is written, all the way down. */
export const isUntouched = (value: Value) =>
  (value instanceof WrittenMapping || value instanceof WrittenList) && value.isUntouched;

function keyOf(entry: Node): string {
  const { start, end } = entry.keyRange;
  const isBoolean = entry.key === 'true' || entry.key === 'false';
  return isBoolean ? entry.document.text.slice(start, end).replace(/^(["'])(.*)\1$/, '$2') : String(entry.key);
}

export function copyOf(value: Value): Value {
  if (value.type === 'scalar') return value;
  if (isUntouched(value)) return valueIn(value.at);
  if (value.type === 'list') return list(value.items.map(copyOf), value.at);
  const copy: Mapping = { type: 'mapping', entries: new Map(), at: value.at, isMade: value.isMade };
  for (const [key, entry] of value.entries) copy.entries.set(key, copyOf(entry));
  return copy;
}

export function plain(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.type === 'scalar') return value.value;
  if (value.type === 'list') return value.items.map(plain);
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of value.entries) object[key] = plain(entry);
  return object;
}

/** What stands at a path; numbers count the items of lists. */
export function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  let found = value;
  for (const step of path) {
    if (found?.type === 'mapping') found = found.entries.get(String(step));
    else found = found?.type === 'list' ? found.items[Number(step)] : undefined;
  }
  return found;
}

/** A string, number or boolean at a path, as text. */
export function textAt(value: Value | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return found?.type === 'scalar' && found.value !== null ? String(found.value) : undefined;
}

export const entriesOf = (value: Value | undefined): ReadonlyMap<string, Value> =>
  value?.type === 'mapping' ? value.entries : new Map();

export const itemsOf = (value: Value | undefined): readonly Value[] => (value?.type === 'list' ? value.items : []);

export const isNull = (value: Value | undefined) =>
  value === undefined || (value.type === 'scalar' && value.value === null);

/** The mapping below a key, made where there is none. */
export function within(parent: Mapping, key: string, by: Node): Mapping {
  const found = parent.entries.get(key);
  if (found?.type === 'mapping') return found;
  const child = unwritten(by);
  parent.entries.set(key, child);
  return child;
}

export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.type === 'scalar') return b.type === 'scalar' && a.value === b.value;
  if (a.type === 'list')
    return (
      b.type === 'list' && a.items.length === b.items.length && a.items.every((item, i) => equal(item, b.items[i]))
    );
  return (
    b.type === 'mapping' &&
    a.entries.size === b.entries.size &&
    [...a.entries].every(([key, value]) => equal(value, b.entries.get(key)))
  );
}
