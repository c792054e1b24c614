import type { Range } from '../text/range';
import type { YamlDocument } from './document';
import type { Node } from './node';

/** The deepest node whose key or value an offset lies in; the root where there is none. */
export function nodeAt(document: YamlDocument, offset: number): Node {
  let node = document.root;
  for (;;) {
    const children = node.isMapping ? node.entries() : node.items();
    const next: Node | undefined = children.find(child => covers(child, offset));
    if (next === undefined) return node;
    node = next;
  }
}

/** All that is written of a node, its key too. */
export function extentOf(node: Node): Range {
  const { range, slot } = node.written;
  const { pair, tree } = slot;
  const start = pair?.key.start ?? tree?.start ?? range.start;
  return { start, end: Math.max(start, tree?.end ?? pair?.colonEnd ?? range.end) };
}

/** Fields that are written elsewhere, behind an alias, don't cover the place of the alias. */
function covers(node: Node, offset: number): boolean {
  if (node.pair && node.pair.key.start <= offset && offset <= node.pair.key.end) return true;
  const tree = node.tree;
  return tree !== undefined && tree.start <= offset && offset <= tree.end;
}
