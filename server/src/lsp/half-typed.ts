import { locate } from '../lint/place';
import type { Finding } from '../lint/rule';
import type { SourceFile } from '../workspace/source-file';
import { nodeAt } from '../yaml/find';
import { Node } from '../yaml/node';

/** What is typed in a file. */
export interface Typed {
  /** In the file. */
  readonly cursor: number;
  /** Whether the last key was pressed just now. */
  readonly isGoingOn: boolean;
}

/**
 * Whether a finding is about what somebody is about to type: a value that is still empty where the cursor stands, or,
 * as long as keys are pressed, whatever the cursor touches.
 */
export function isHalfTyped(file: SourceFile, { cursor, isGoingOn }: Typed): (finding: Finding) => boolean {
  const placed = file.documents.findLast(({ start }) => start <= cursor);
  if (placed === undefined) return () => false;
  const { document, start } = placed;
  const blank = blankAround(document.text, cursor - start, offset => nodeAt(document, offset));
  return ({ at }) => {
    const place = locate(at);
    if (place.document !== document) return false;
    if (isGoingOn && start + place.range.start <= cursor && cursor <= start + place.range.end) return true;
    return blank !== undefined && isWithin(at instanceof Node ? at.written : at.in.written, blank);
  };
}

/** The topmost node that holds nothing yet, and that the cursor stands in or behind. */
function blankAround(text: string, cursor: number, nodeBefore: (offset: number) => Node): Node | undefined {
  const before = text.slice(0, cursor).trimEnd().length - 1;
  if (before < 0) return undefined;
  const near = nodeBefore(before);
  // Behind a dash, or on a line of its own, the node is that of the field above.
  const child = childrenOf(near).findLast(({ range }) => range.start <= before);
  let node = isBlank(near) ? near : child;
  if (node === undefined || !isBlank(node)) return undefined;
  while (node.parent && isBlank(node.parent)) node = node.parent;
  return node.parent ? node : undefined;
}

const childrenOf = (node: Node) => (node.isMapping ? node.entries() : node.items());
const isBlank = (node: Node): boolean =>
  node.isEmpty || (childrenOf(node).length > 0 && childrenOf(node).every(isBlank));

function isWithin(node: Node, top: Node): boolean {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (at === top) return true;
  return false;
}
