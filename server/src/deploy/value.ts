import type { Node } from '../yaml/node';

type ScalarValue = string | number | boolean | null;

/**
 * A value of an object while it is built. It keeps the place where it is written, whatever it is moved into: a value
 * that a patch brings is at home in the patch.
 */
export type Value = Scalar | Mapping | List;

export interface Scalar {
  readonly type: 'scalar';
  readonly value: ScalarValue;
  readonly at: Node;
}

/** Belongs to one object of one build, which changes it. */
export interface Mapping {
  readonly type: 'mapping';
  readonly entries: Map<string, Value>;
  readonly at: Node;
}

export interface List {
  readonly type: 'list';
  items: Value[];
  readonly at: Node;
}

export const scalar = (value: ScalarValue, at: Node): Scalar => ({ type: 'scalar', value, at });
export const mapping = (at: Node): Mapping => ({ type: 'mapping', entries: new Map(), at });
export const list = (items: Value[], at: Node): List => ({ type: 'list', items, at });

/** A copy of what is written. */
export function valueIn(node: Node): Value {
  if (node.isSequence) return list(node.items().map(valueIn), node);
  if (!node.isMapping) return scalar(scalarIn(node), node);
  const made = mapping(node);
  for (const entry of node.entries()) made.entries.set(keyOf(entry), valueIn(entry));
  return made;
}

/** Kustomize reads YAML 1.2, in which `on`, `y` and `no` are strings, and so it writes them for the API server. */
function scalarIn(node: Node): ScalarValue {
  if (node.boolean !== undefined && !/^true$|^false$/i.test(node.source)) return node.source;
  return node.string ?? node.number ?? node.boolean ?? null;
}

function keyOf(entry: Node): string {
  const { start, end } = entry.keyRange;
  const isBoolean = entry.key === 'true' || entry.key === 'false';
  return isBoolean ? entry.document.text.slice(start, end).replace(/^(["'])(.*)\1$/, '$2') : String(entry.key);
}

export function copyOf(value: Value): Value {
  if (value.type === 'scalar') return value;
  if (value.type === 'list') return list(value.items.map(copyOf), value.at);
  const made = mapping(value.at);
  for (const [key, entry] of value.entries) made.entries.set(key, copyOf(entry));
  return made;
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
  const made = mapping(by);
  parent.entries.set(key, made);
  return made;
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
