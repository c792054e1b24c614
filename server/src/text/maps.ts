/** Items by a key, each list in the order of the items; those whose key is undefined are left out. */
export function grouped<K, V>(items: Iterable<V>, keyOf: (item: V) => K | undefined): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) add(groups, key, item);
  }
  return groups;
}

/** Puts more values behind those that a key has already. */
export function add<K, V>(groups: Map<K, V[]>, key: K, ...values: readonly V[]): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [...values]);
  else known.push(...values);
}

/** Whether two lists hold the very same items in the same order. */
export const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || (a.length === b.length && a.every((item, i) => item === b[i]));

/** What keeps what was worked out about it: many weak maps of many objects make the garbage collector slow. */
export interface Remembering {
  readonly facts: Map<object, unknown>;
}

/**
 * Remembers what a function gave, for as long as what it was asked about is there: its argument, or the object that
 * `keyOf` gives for it, such as the list that it reads.
 */
export function memo<A extends object, V>(compute: (about: A) => V): (about: A) => V;
export function memo<A, K extends object, V>(compute: (about: A) => V, keyOf: (about: A) => K): (about: A) => V;
export function memo<K extends object, V>(compute: (about: K) => V, keyOf: (about: K) => K = key => key) {
  const others = new WeakMap<K, V | typeof nothing>();
  return (about: K): V => {
    const key: K & Partial<Remembering> = keyOf(about);
    const known = key.facts?.get(compute) ?? others.get(key);
    if (known !== undefined) return known === nothing ? (undefined as V) : (known as V);
    const value = compute(about);
    if (key.facts) key.facts.set(compute, value === undefined ? nothing : value);
    else others.set(key, value === undefined ? nothing : value);
    return value;
  };
}

/** Stands for undefined where something is remembered. */
const nothing = Symbol('nothing');
