import type { Range, TextEdit } from '../text/range';
import { contentEnd, insideFlow } from './insert';
import { columnOf, layoutOf, lineEndAt, lineEndOf, lineStartOf } from './layout';
import type { Node } from './node';
import { indented, printBlock, printFlow, Verbatim } from './print';
import { removeEdit } from './replace';
import type { Tree } from './tree';

/** What is taken out, and the edits for that. */
export interface Taken {
  readonly value: Verbatim;
  readonly edits: readonly TextEdit[];
}

/** Takes a field or an item out, with its lines and the comments above them; a parent that would be left empty goes too. */
export function takeEdit(node: Node): Taken | undefined {
  const { text } = node.document;
  const whole = outermost(node);
  const start = dashOf(whole) ?? whole.pair?.key.start;
  if (insideFlow(node.parent)) return takeFlowEdit(node);
  if (node.tree === undefined || start === undefined) return undefined;
  const first = lineStartOf(text, start);
  const above = commentsAbove(text, first);
  if (text.slice(first, start).trim() !== '' || above === 0) return undefined;
  const value = verbatimFrom(node, above);
  // With the line end before it, so that a list above can grow at its last line.
  const range = { start: text.slice(0, above).replace(/\r?\n$/, '').length, end: lastLineOf(node, node.tree) };
  return value && { value, edits: [{ range, text: '' }] };
}

function takeFlowEdit(node: Node): Taken | undefined {
  const { source, document } = node;
  const edits = removeEdit(node);
  if (edits === undefined || source.includes('\n')) return undefined;
  const removed = edits.map(({ range }) => document.text.slice(range.start, range.end).replace(source, ''));
  return { value: new Verbatim([source], removed.flatMap(commentsIn), 'behind', node.isSequence, node.value), edits };
}

/** A value one level deeper, below a key and behind other fields: what it is made of moves to the right. */
export function wrapEdit(node: Node, key: string, beside: object): TextEdit[] | undefined {
  const { tree, document } = node;
  const { text } = document;
  if (tree?.type !== 'map') return undefined;
  if (tree.flow) {
    const space = /^\{\s/.test(text.slice(tree.start, tree.end)) ? ' ' : '';
    const before = `{${space}${printFlow(beside).slice(1, -1)}, ${key}: `;
    return [insertion(tree.start, before), insertion(contentEnd(tree, text), `${space}}`)];
  }
  const column = columnOf(text, tree.start);
  const { step } = layoutOf(document);
  const eol = lineEndOf(text);
  const shift = ' '.repeat(step);
  const head = indented([...printBlock(beside, layoutOf(document)), `${key}:`], column, eol).trimStart();
  const edits = [insertion(tree.start, `${head}${eol}${' '.repeat(column + step)}`)];
  const end = lastLineOf(node, tree);
  for (let at = nextLine(text, tree.start); at < end; at = nextLine(text, at))
    if (text.slice(at, lineEndAt(text, at)) !== '') edits.push(insertion(at, shift));
  return edits;
}

const insertion = (at: number, text: string): TextEdit => ({ range: { start: at, end: at }, text });

/** The node, or the parent that would be empty without it. */
function outermost(node: Node): Node {
  const { parent } = node;
  return parent?.parent !== undefined && parent.items().length + parent.entries().length === 1
    ? outermost(parent)
    : node;
}

function dashOf({ key, parent }: Node): number | undefined {
  const list = parent?.tree;
  return list?.type === 'sequence' && typeof key === 'number' ? list.dashes[key] : undefined;
}

/** Where the comments begin that stand right above a line, as far to the right as it. */
function commentsAbove(text: string, line: number): number {
  const indent = /^ */.exec(text.slice(line, lineEndAt(text, line)))?.[0] ?? '';
  let at = line;
  while (at > 0) {
    const above = lineStartOf(text, at - 1);
    if (!text.startsWith(`${indent}#`, above)) break;
    at = above;
  }
  return at;
}

/** The end of the last line of a value: its comment and those in the lines below that stand as far to the right count. */
function lastLineOf(node: Node, tree: Tree): number {
  const { text } = node.document;
  let end = lineEndAt(text, contentEnd(tree, text));
  if (isInline(tree)) return end;
  const column = columnOf(text, tree.start);
  for (let at = nextLine(text, end); at > end && at < text.length; at = nextLine(text, end)) {
    const comment = /^( *)#/.exec(text.slice(at, lineEndAt(text, at)));
    if (comment === null || (comment[1] ?? '').length < column) break;
    end = lineEndAt(text, at);
  }
  return end;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** The comments among keys and dashes. */
const commentsIn = (text: string): string[] =>
  text.split(/\r?\n/).flatMap(line => {
    const start = line.search(/(?<!\S)#/);
    return start === -1 ? [] : [line.slice(start)];
  });

const isInline = (tree: Tree) => tree.type === 'scalar' || tree.type === 'alias' || tree.flow;

/** The comments between an offset and a value, and the lines of the value with those inside and behind. */
function verbatimFrom(node: Node, from: number): Verbatim | undefined {
  const { tree, document } = node;
  const { text } = document;
  if (tree === undefined || insideFlow(node.parent)) return undefined;
  const comments = commentsIn(text.slice(from, tree.start));
  const range: Range = { start: tree.start, end: lastLineOf(node, tree) };
  const [first = '', ...others] = text.slice(range.start, range.end).split(/\r?\n/);
  // Further lines of a value that begins behind its key or dash stand as far from that as before.
  const column = isInline(tree)
    ? columnOf(text, dashOf(node) ?? node.pair?.key.start ?? 0)
    : columnOf(text, tree.start);
  const lines = [first, ...others.map(line => line.replace(new RegExp(`^ {0,${column}}`), ''))];
  return new Verbatim(lines, comments, isInline(tree) ? 'behind' : 'below', tree.type === 'sequence', node.value);
}
