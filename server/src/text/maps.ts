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

/** Remembers what a function gave for an object, for as long as the object is there. */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return key => {
    let found = known.get(key);
    if (found === undefined) {
      found = { value: compute(key) };
      known.set(key, found);
    }
    return found.value;
  };
}
