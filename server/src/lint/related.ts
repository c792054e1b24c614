import { locate } from './place';
import type { Related } from './rule';

/** Each place once, with what is said of it first: two objects may have their settings from one ConfigMap. */
export function onceEach(related: readonly Related[]): readonly Related[] {
  const told = new Map<unknown, Set<number>>();
  return related.filter(({ at }) => {
    const { document, range } = locate(at);
    const starts = told.get(document) ?? new Set();
    told.set(document, starts);
    return !starts.has(range.start) && starts.add(range.start);
  });
}
