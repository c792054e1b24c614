import type { Range, TextEdit } from '../text/range';
import { embeddedText } from './embedded';
import { contentEnd, insideFlow } from './insert';
import { columnOf, layoutOf, lineEndAt, lineEndOf, lineStartOf } from './layout';
import type { Node } from './node';
import { indented, needsQuotes, printBlock, printFlow } from './print';

/** A range inside a string's value. */
export interface Place {
  readonly in: Node;
  readonly range: Range;
}

/**
 * A new value in the place of a written one. Comments behind the key and above the old value stay; those inside of it, and
 * behind its last line, go with it.
 */
export function replaceEdit(node: Node, value: unknown): TextEdit[] | undefined {
  const { text } = node.document;
  const { tree, pair } = node;
  if (tree === undefined) return undefined;
  const range = { start: tree.start, end: contentEnd(tree, text) };
  if (typeof value === 'string' && tree.type === 'scalar' && !value.includes('\n')) {
    return [{ range, text: quotedAs(tree.style, value, insideFlow(node.parent)) }];
  }
  const layout = layoutOf(node.document);
  const isCollection = typeof value === 'object' && value !== null;
  const lines = isCollection && !insideFlow(node.parent) ? printBlock(value, layout) : [printFlow(value)];
  const [line = ''] = lines;
  const isOneLine = lines.length === 1 && (!isCollection || /^[[{]/.test(line));
  const isBelow = pair !== undefined && tree.type !== 'scalar' && beginsBelow(text, pair.colonEnd, tree.start);
  const lastLine = lineEndAt(text, range.end);
  if (isOneLine && isBelow && !insideFlow(node)) {
    const before = text.slice(0, lineStartOf(text, tree.start)).replace(/\r?\n$/, '').length;
    return [
      { range: { start: pair.colonEnd, end: pair.colonEnd }, text: ` ${line}` },
      { range: { start: before, end: lastLine }, text: '' },
    ];
  }
  if (isOneLine) return [{ range, text: line }];
  const eol = lineEndOf(text);
  if (pair === undefined) {
    const block = indented(lines, columnOf(text, tree.start), eol).trimStart();
    return tree.type === 'scalar' ? undefined : [{ range, text: block }];
  }
  const step = Array.isArray(value) ? layout.sequenceStep : layout.step;
  const block = indented(lines, columnOf(text, pair.key.start) + step, eol);
  if (isBelow) return [{ range: { start: lineStartOf(text, tree.start), end: lastLine }, text: block }];
  return [
    { range: { start: pair.colonEnd, end: range.end }, text: '' },
    { range: { start: lastLine, end: lastLine }, text: `${eol}${block}` },
  ];
}

/** Whether a value stands below the line of its key, on which is nothing else but a comment: no tag, no anchor. */
function beginsBelow(text: string, colonEnd: number, start: number): boolean {
  const behind = text.slice(colonEnd, lineEndAt(text, colonEnd));
  return lineStartOf(text, start) > colonEnd && /^[ \t]*(?:#.*)?$/.test(behind);
}

function quotedAs(style: string, value: string, inFlow: boolean): string {
  if (style === 'single') return `'${value.replaceAll("'", "''")}'`;
  if (style === 'double') return JSON.stringify(value);
  return needsQuotes(value) || (inFlow && /[,[\]{}]/.test(value)) ? JSON.stringify(value) : value;
}

export function renameEdit(node: Node, key: string): TextEdit[] | undefined {
  const written = node.pair?.key;
  if (written === undefined) return undefined;
  return [{ range: { start: written.start, end: written.end }, text: quotedAs(written.style, key, false) }];
}

/** A comment line above the line that a field begins on. */
export function commentEdit(node: Node, comment: string): TextEdit[] | undefined {
  const { text, host } = node.document;
  if (host !== undefined && host.text.indent === undefined) return undefined;
  const start = lineStartOf(text, node.keyRange.start);
  return commentAtLine(text, start, comment);
}

function commentAtLine(text: string, lineStart: number, comment: string): TextEdit[] {
  const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? '';
  return [{ range: { start: lineStart, end: lineStart }, text: `${indent}# ${comment}${lineEndOf(text)}` }];
}

/** Removes a field or an item with its line; a parent that would be left empty goes too. */
export function removeEdit(node: Node): TextEdit[] | undefined {
  const parent = node.parent;
  const container = parent?.tree;
  if (parent === undefined || container === undefined || container.type === 'scalar' || !node.exists) return undefined;
  const count = container.type === 'map' ? container.pairs.length : container.items.length;
  if (count === 1) return parent.parent === undefined ? undefined : removeEdit(parent);
  const { text } = node.document;
  const pair = node.pair;
  const tree = node.tree;
  const start = pair?.key.start ?? tree?.start;
  if (start === undefined) return undefined;
  const end = tree ? contentEnd(tree, text) : (pair?.colonEnd ?? start);
  if (container.flow) return [{ range: withComma(text, start, end, container), text: '' }];
  const dash =
    container.type === 'sequence' && typeof node.key === 'number' ? (container.dashes[node.key] ?? -1) : start;
  if (dash < 0) return undefined;
  const lineStart = lineStartOf(text, dash);
  if (text.slice(lineStart, dash).trim() === '') return [{ range: wholeLines(text, lineStart, end), text: '' }];
  // The first field of a list item: what follows moves up to the dash.
  const next = container.type === 'map' ? container.pairs.find(other => other.key.start > start) : undefined;
  const to = (next?.key.start ?? container.type === 'map') ? next?.key.start : undefined;
  return to === undefined ? undefined : [{ range: { start, end: to }, text: '' }];
}

/** Lines with their line ends; the last line of a text without one takes the line end before it along. */
function wholeLines(text: string, start: number, end: number): Range {
  const next = nextLine(text, end);
  if (next < text.length || text.endsWith('\n')) return { start, end: next };
  return { start: text.slice(0, start).replace(/\r?\n$/, '').length, end: next };
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function withComma(text: string, start: number, end: number, container: { readonly end: number }): Range {
  const behind = /^\s*,[ \t]*/.exec(text.slice(end, container.end));
  if (behind) return { start, end: end + behind[0].length };
  const before = /,\s*$/.exec(text.slice(0, start));
  return { start: before ? before.index : start, end };
}

/** A range of a string's value replaced, its indentation and line ends kept; undefined in folded or escaped text. */
export function replaceValue({ in: node, range }: Place, text: string): TextEdit[] | undefined {
  const embedded = embeddedText(node);
  if (embedded?.indent === undefined) return undefined;
  const source = node.document.text;
  const eol = lineEndOf(source);
  const isBlock = node.style === 'literal';
  if (!isBlock) return /["'\\\n]/.test(text) ? undefined : [{ range: embedded.toHost(range), text }];
  const atLineStart = range.start === 0 || embedded.text[range.start - 1] === '\n';
  const lines = text.split('\n');
  const removed = embedded.text.slice(range.start, range.end);
  if (!atLineStart || (!text.endsWith('\n') && !removed.endsWith('\n'))) {
    const joined = lines.map((line, i) => (i === 0 || line === '' ? line : embedded.indent + line)).join(eol);
    return [{ range: embedded.toHost(range), text: joined }];
  }
  // Whole lines: from the start of the first line of the host to the start of the line behind the last.
  const whole = text.endsWith('\n') ? lines.slice(0, -1) : text === '' ? [] : lines;
  const block = whole.map(line => (line === '' ? '' : embedded.indent + line) + eol).join('');
  const host = hostLines(node, range);
  const isOpen = block !== '' && host.start === source.length && !source.endsWith('\n');
  return [{ range: host, text: isOpen ? eol + block.slice(0, -eol.length) : block }];
}

function hostLines(node: Node, range: Range): Range {
  const embedded = embeddedText(node);
  const source = node.document.text;
  if (embedded === undefined) return { start: 0, end: 0 };
  const isEnd = range.start >= embedded.text.length;
  const anchor = embedded.toHost(
    isEnd ? { start: range.start - 1, end: range.start } : { start: range.start, end: range.start },
  );
  const start = isEnd ? nextLine(source, anchor.end - 1) : lineStartOf(source, anchor.start);
  if (range.end === range.start) return { start, end: start };
  return { start, end: nextLine(source, embedded.toHost({ start: range.end - 1, end: range.end }).start) };
}
