import type { Node } from './node';

/**
 * Where a word about a field can stand that is not part of the text: behind its colon where a block follows, else behind
 * its value. Undefined where it is not written as a field.
 */
export function besideOf(node: Node): number | undefined {
  const { pair, tree } = node.written.slot;
  if (pair === undefined) return undefined;
  if (tree === undefined) return pair.colonEnd;
  const isBlock = (tree.type === 'map' || tree.type === 'sequence') && !tree.flow;
  const isText = tree.type === 'scalar' && (tree.style === 'literal' || tree.style === 'folded');
  return isBlock || isText ? pair.colonEnd : tree.end;
}

/** The same, but behind the `{…}` that it is in: what is longer than a word would tear that apart. */
export function besideFlowOf(node: Node): number | undefined {
  const above = node.written.parent;
  const tree = above?.slot.tree;
  return above?.slot.pair && tree?.type === 'map' && tree.flow ? besideFlowOf(above) : besideOf(node);
}
