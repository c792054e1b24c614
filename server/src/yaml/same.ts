import type { Pair, Tree } from './tree';

interface Read {
  readonly tree: Tree | undefined;
  readonly text: string;
}

/** Whether two texts hold the same values, keys and collections, each written in the same characters. */
export function saysTheSame(one: Read, other: Read): boolean {
  const [a, b] = [one.tree, other.tree];
  if (a === undefined || b === undefined) return a === b;
  if (a.type === 'alias' || b.type === 'alias' || a.anchored !== b.anchored) return false;
  const below = (tree: Tree | undefined, same: Tree | undefined) =>
    saysTheSame({ tree, text: one.text }, { tree: same, text: other.text });
  if (a.type === 'scalar') {
    return (
      b.type === 'scalar' &&
      a.style === b.style &&
      Object.is(a.value, b.value) &&
      one.text.slice(a.start, a.end) === other.text.slice(b.start, b.end)
    );
  }
  if (a.type === 'sequence') {
    const isAlike = b.type === 'sequence' && a.flow === b.flow && a.items.length === b.items.length;
    return isAlike && a.items.every((item, i) => below(item, b.items[i]));
  }
  const isSamePair = (pair: Pair, i: number) =>
    b.type === 'map' && below(pair.key, b.pairs[i]?.key) && below(pair.value, b.pairs[i]?.value);
  return b.type === 'map' && a.flow === b.flow && a.pairs.length === b.pairs.length && a.pairs.every(isSamePair);
}

type Movable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Gives a tree the offsets of another that says the same. The one place where a tree changes: who holds a node of it
 * holds a place in the document, wherever that is.
 */
export function moveTo(tree: Movable<Tree> | undefined, to: Tree | undefined): void {
  if (tree === undefined || to === undefined) return;
  tree.start = to.start;
  tree.end = to.end;
  if (tree.type === 'sequence' && to.type === 'sequence') {
    tree.dashes = to.dashes;
    for (const [i, item] of tree.items.entries()) moveTo(item, to.items[i]);
  }
  if (tree.type === 'map' && to.type === 'map') {
    for (const [i, pair] of tree.pairs.entries()) {
      const other = to.pairs[i];
      const movable: Movable<Pair> = pair;
      movable.colonEnd = other?.colonEnd ?? pair.colonEnd;
      moveTo(pair.key, other?.key);
      moveTo(pair.value, other?.value);
    }
  }
}
