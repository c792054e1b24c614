import { withoutEnd } from '../text/words';
import {
  apostrophe,
  backslash,
  carriageReturn,
  colon,
  dash,
  type FastCursor,
  greater,
  hash,
  isBlank,
  isBlankOrEnd,
  isEnd,
  question,
  quote,
  space,
  tab,
} from './fast-cursor';
import { plainValue } from './scalar';
import type { ScalarStyle, ScalarTree } from './tree';

/** What no plain text begins with. */
export const indicators = new Set([...'\t #&*!|>\'"%@`,[]{}'].map(character => character.charCodeAt(0)));

const escapes = new Map(
  [...['n\n', 't\t', '""', '\\\\', 'r\r', '0\0', '  ']].map(([name = '', value]) => [name, value]),
);

export const scalarTree = (start: number, end: number, value: ScalarTree['value'], style: ScalarStyle): ScalarTree => ({
  type: 'scalar',
  start,
  end,
  value,
  style,
});

/** Plain text in one line, without the blanks at its end; at its end. */
export function plainScalar(cursor: FastCursor): ScalarTree {
  const { text } = cursor;
  const start = cursor.at;
  const first = text.charCodeAt(start);
  if (indicators.has(first) || isBlankOrEnd(first)) cursor.refuse();
  const isDoubtful = first === dash || first === question || first === colon;
  if (isDoubtful && isBlankOrEnd(text.charCodeAt(start + 1))) cursor.refuse();
  const end = takeWords(cursor);
  return scalarTree(start, end, plainValue(text.slice(start, end)), 'plain');
}

/** Moves to the end of the words of a line; a colon that ends a key, or a comment, ends them. */
function takeWords(cursor: FastCursor): number {
  const { text } = cursor;
  let at = cursor.at;
  let end = at;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code > colon) end = ++at;
    else if (code === space) at++;
    else if (isEnd(code) || (code === hash && end < at)) break;
    else if (code === colon && isBlankOrEnd(text.charCodeAt(at + 1))) break;
    else if (code === tab) cursor.refuse();
    else end = ++at;
  }
  cursor.at = end;
  return end;
}

/** Plain text goes on in lines that stand further right than the block around it. */
export function plainLines(cursor: FastCursor, first: ScalarTree, parent: number): ScalarTree {
  const { text } = cursor;
  let source = '';
  let { end } = first;
  for (;;) {
    if (!cursor.isLineEnd() || text.charCodeAt(cursor.at) === hash) break;
    const lineStart = cursor.lineStart;
    const at = cursor.at;
    const blanks = cursor.skipBlankLines();
    const goesOn = cursor.at < text.length && cursor.column > parent && text.charCodeAt(cursor.at) !== hash;
    if (!goesOn || cursor.isMarker()) {
      cursor.at = at;
      cursor.lineStart = lineStart;
      break;
    }
    if (source === '') source = text.slice(first.start, end);
    const from = cursor.at;
    end = takeWords(cursor);
    source += (blanks === 0 ? ' ' : '\n'.repeat(blanks)) + text.slice(from, end);
  }
  if (cursor.colonEnd() !== undefined) cursor.refuse();
  cursor.at = end;
  return source === '' ? first : scalarTree(first.start, end, plainValue(source), 'plain');
}

/** Text in quotes; behind it. */
export function quotedScalar(cursor: FastCursor, mark: number): ScalarTree {
  const { text } = cursor;
  const start = cursor.at;
  let value = '';
  let from = start + 1;
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === mark) {
      if (mark === quote || text.charCodeAt(at + 1) !== apostrophe) break;
      value += text.slice(from, at + 1);
      from = at += 2;
    } else if (code === backslash && mark === quote) {
      const escaped = escapes.get(text.charAt(at + 1));
      if (escaped === undefined) cursor.refuse();
      value += text.slice(from, at) + escaped;
      from = at += 2;
    } else if (isEnd(code)) {
      value += withoutEnd(text.slice(from, at), ' \t');
      cursor.at = at;
      const blanks = cursor.skipBlankLines();
      if (cursor.at >= text.length || cursor.isMarker()) cursor.refuse();
      value += blanks === 0 ? ' ' : '\n'.repeat(blanks);
      from = at = cursor.at;
    } else at++;
  }
  value += text.slice(from, at);
  cursor.at = at + 1;
  if (text.charCodeAt(cursor.at) === hash) cursor.refuse();
  return scalarTree(start, cursor.at, value, mark === quote ? 'double' : 'single');
}

/** A literal or folded block; `parent` is the column of the block around it. */
export function blockScalar(cursor: FastCursor, parent: number): ScalarTree {
  const { text } = cursor;
  const start = cursor.at;
  const isFolded = text.charCodeAt(start) === greater;
  const sign = text.charAt(++cursor.at);
  if (sign === '-' || sign === '+') cursor.at++;
  while (text.charCodeAt(cursor.at) === space) cursor.at++;
  if (!isEnd(text.charCodeAt(cursor.at)) || cursor.at >= text.length) cursor.refuse();
  let blanks = cursor.skipBlankLines();
  const indent = cursor.column;
  if (cursor.at >= text.length || indent <= Math.max(parent, 0) || isDeeperBefore(cursor, start, indent))
    cursor.refuse();
  // Joined at the end: a text that grows by pieces keeps them all.
  const pieces = ['\n'.repeat(blanks)];
  let end = cursor.at;
  let wasBlank = true;
  let isFirst = true;
  for (;;) {
    const startsBlank = isBlank(text.charCodeAt(cursor.at));
    if (!isFirst) {
      const isKept = !isFolded || wasBlank || startsBlank;
      pieces.push(isKept ? '\n'.repeat(blanks + 1) : blanks === 0 ? ' ' : '\n'.repeat(blanks));
    }
    isFirst = false;
    wasBlank = startsBlank;
    const feed = text.indexOf('\n', cursor.at);
    const lineEnd = feed === -1 ? text.length : text.charCodeAt(feed - 1) === carriageReturn ? feed - 1 : feed;
    pieces.push(text.slice(cursor.at, lineEnd));
    cursor.at = end = feed === -1 ? text.length : feed + 1;
    if (feed === -1) {
      // Where a last line of blanks alone ends is a matter of its own in libyaml.
      if (pieces.at(-1)?.trim() === '') cursor.refuse();
      return blockTree(cursor, start, end, pieces.join(''), isFolded);
    }
    cursor.lineStart = cursor.at;
    blanks = cursor.takeBlankLines(indent);
    if (cursor.column !== indent || cursor.at >= text.length) break;
  }
  if (sign !== '-') pieces.push('\n');
  if (sign === '+') {
    pieces.push('\n'.repeat(blanks));
    end = cursor.lineStart;
  }
  const tree = blockTree(cursor, start, end, pieces.join(''), isFolded);
  cursor.skip();
  return tree;
}

/** Whether a blank line before the first text of a block reaches further than that text is indented. */
function isDeeperBefore(cursor: FastCursor, start: number, indent: number): boolean {
  const { text } = cursor;
  for (let at = text.indexOf('\n', start) + 1; at < cursor.lineStart; ) {
    const feed = text.indexOf('\n', at);
    if (feed - at > indent) return true;
    at = feed + 1;
  }
  return false;
}

function blockTree(cursor: FastCursor, start: number, end: number, value: string, isFolded: boolean): ScalarTree {
  cursor.end = end;
  return scalarTree(start, end, value, isFolded ? 'folded' : 'literal');
}
