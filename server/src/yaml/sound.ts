import { applyEdits, moved, overlaps, type Range, type TextEdit } from '../text/range';
import { YamlDocument } from './document';
import { fastTree } from './fast-tree';
import { lineStartOf } from './layout';
import type { Tree } from './tree';

/** Whether a document is read after some edits as well as before. */
export function staysSound(document: YamlDocument, edits: readonly TextEdit[]): boolean {
  if (edits.some((edit, i) => edits.slice(i + 1).some(other => overlaps(edit.range, other.range)))) return false;
  if (document.isPlainText || staysSoundInPart(document, edits)) return true;
  const whole = applyEdits(document.text, edits);
  const parts = whole.split(/(?<![^\n])(?=---\s)/).map(part => new YamlDocument(part));
  return parts.every(part => part.problems.length <= document.problems.length);
}

/**
 * Whether the smallest part of a long document that holds the edits is read as before, by itself: its lines stand
 * further right than what is around it, so that the rest is, too. Without it the fixes of a list of a thousand objects
 * would have all of them read a thousand times.
 */
function staysSoundInPart({ text, root, problems }: YamlDocument, edits: readonly TextEdit[]): boolean {
  if (problems.length > 0 || root.tree === undefined || text.length < short) return false;
  const starts = edits.map(({ range }) => range.start);
  const ends = edits.map(({ range }) => range.end);
  const within = { start: Math.min(...starts), end: Math.max(...ends) };
  const part = partAround(root.tree, text, within);
  if (part === undefined) return false;
  const before = text.slice(part.start, part.end);
  const after = applyEdits(
    before,
    edits.map(edit => ({ ...edit, range: moved(edit.range, -part.start) })),
  );
  // What follows has to stand in a line of its own, and a marker at the start of a line would end the document.
  if ((part.end < text.length && !after.endsWith('\n')) || /(?<![^\n])(?:---|\.\.\.)(?!\S)/.test(after)) return false;
  const [old, now] = [fastTree(before), fastTree(after)];
  return old !== undefined && now?.type === old.type && columnIn(after, now) === columnIn(before, old);
}

/** Shorter than this a part is not worth the search for a smaller one, nor a document that for a part. */
const short = 2000;

const columnIn = (text: string, { start }: Tree) => start - lineStartOf(text, start);

/** The lines of an item or a field in block style. */
function partAround(tree: Tree, text: string, within: Range): Range | undefined {
  let found: Range | undefined;
  for (
    let at: Tree | undefined = tree;
    at !== undefined && (found === undefined || found.end - found.start > short);
  ) {
    const inner = childAround(at, text, within, found?.end ?? text.length);
    if (inner === undefined) break;
    found = inner.range;
    at = inner.tree;
  }
  return found;
}

function childAround(
  tree: Tree,
  text: string,
  within: Range,
  end: number,
): { readonly range: Range; readonly tree: Tree | undefined } | undefined {
  if (tree.type !== 'map' && tree.type !== 'sequence') return undefined;
  if (tree.flow || tree.anchored) return undefined;
  const startOf = (child: number) => (tree.type === 'map' ? tree.pairs[child]?.key.start : tree.dashes[child]);
  const count = tree.type === 'map' ? tree.pairs.length : tree.items.length;
  const index = lastOf(count, child => lineStartOf(text, startOf(child) ?? 0) <= within.start);
  const [first, next] = [startOf(index), startOf(index + 1)];
  if (first === undefined) return undefined;
  const range = { start: lineStartOf(text, first), end: next === undefined ? end : lineStartOf(text, next) };
  const isOwnLine = text.slice(range.start, first).trim() === '';
  if (!isOwnLine || within.end > range.end) return undefined;
  return { range, tree: tree.type === 'map' ? tree.pairs[index]?.value : tree.items[index] };
}

/** The last of so many in order of which something holds, as it does for all before it; -1 for none. */
function lastOf(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [-1, count];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
