import { type Cursor, isBlank, isBlankOrEnd, isBreak } from './go-cursor';

export interface ScannedScalar {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Whether a key may begin behind it: it took the line end along. */
  readonly endsLine: boolean;
}

const colon = 0x3a;
const hash = 0x23;
const backslash = 0x5c;
const flowIndicators = new Set([...',?[]{}'].map(character => character.charCodeAt(0)));

/** A scalar without quotes; the cursor ends behind the blanks and line ends that follow it. */
export function plainScalar(cursor: Cursor, indent: number, isInFlow: boolean): ScannedScalar {
  const start = cursor.at;
  let end = start;
  let value = '';
  let gap = '';
  let endsLine = false;
  while (!cursor.isAtMarker && cursor.code !== hash) {
    const from = cursor.at;
    takeWord(cursor, isInFlow);
    if (cursor.at > from) {
      value += gap + cursor.text.slice(from, cursor.at);
      end = cursor.at;
      endsLine = false;
    }
    if (cursor.isAtEnd || !isBlankOrEnd(cursor.code)) break;
    const taken = takeGap(cursor, 'fold', indent);
    gap = taken.value;
    endsLine = taken.hasBreak;
    if (!isInFlow && cursor.column < indent) break;
  }
  return { start, end, value, endsLine };
}

function takeWord(cursor: Cursor, isInFlow: boolean): void {
  for (;;) {
    const { code } = cursor;
    if (isBlankOrEnd(code) || (code === colon && isBlankOrEnd(cursor.next))) return;
    if (isInFlow && flowIndicators.has(code)) return;
    cursor.at++;
  }
}

/** A scalar in quotes. How far its lines are indented does not matter. */
export function quotedScalar(cursor: Cursor, style: 'single' | 'double'): ScannedScalar {
  const start = cursor.at;
  const quote = cursor.code;
  let value = '';
  cursor.at++;
  for (;;) {
    if (cursor.isAtMarker) cursor.refuse('found unexpected document indicator');
    const word = style === 'single' ? takeSingleQuoted(cursor, quote) : takeDoubleQuoted(cursor, quote);
    value += word.value;
    if (cursor.isAtEnd) cursor.refuse('found unexpected end of stream');
    if (cursor.code === quote) break;
    value += takeGap(cursor, word.isContinued ? 'keep' : 'fold').value;
  }
  cursor.at++;
  return { start, end: cursor.at, value, endsLine: false };
}

interface Word {
  readonly value: string;
  /** Whether its line end is escaped. */
  readonly isContinued: boolean;
}

function takeSingleQuoted(cursor: Cursor, quote: number): Word {
  let value = '';
  let from = cursor.at;
  while (!isBlankOrEnd(cursor.code)) {
    if (cursor.code === quote) {
      if (cursor.next !== quote) break;
      value += cursor.text.slice(from, cursor.at + 1);
      cursor.at++;
      from = cursor.at + 1;
    }
    cursor.at++;
  }
  return { value: value + cursor.text.slice(from, cursor.at), isContinued: false };
}

function takeDoubleQuoted(cursor: Cursor, quote: number): Word {
  let value = '';
  let from = cursor.at;
  while (!isBlankOrEnd(cursor.code) && cursor.code !== quote) {
    if (cursor.code !== backslash) {
      cursor.at++;
      continue;
    }
    value += cursor.text.slice(from, cursor.at);
    if (isBreak(cursor.next)) {
      cursor.at++;
      cursor.takeBreak();
      return { value, isContinued: true };
    }
    value += takeEscape(cursor);
    from = cursor.at;
  }
  return { value: value + cursor.text.slice(from, cursor.at), isContinued: false };
}

const escapes = new Map([
  ...['0\0', 'a\x07', 'b\b', 't\t', '\t\t', 'n\n', 'v\v', 'f\f', 'r\r', 'e\x1b', '  ', '""', "''", '\\\\'],
  ...['N\x85', '_\xa0', 'L\u2028', 'P\u2029'],
].map(pair => [pair.charAt(0), pair.charAt(1)] as const)); // biome-ignore format: a table
const digits = new Map([['x', 2], ['u', 4], ['U', 8]]); // biome-ignore format: a table

function takeEscape(cursor: Cursor): string {
  const name = cursor.text.charAt(cursor.at + 1);
  const length = digits.get(name);
  if (length === undefined) {
    const character = escapes.get(name) ?? cursor.refuse('found unknown escape character');
    cursor.at += 2;
    return character;
  }
  const source = cursor.text.slice(cursor.at + 2, cursor.at + 2 + length);
  if (source.length < length || /[^0-9a-fA-F]/.test(source)) cursor.refuse('did not find expected hexadecimal number');
  const code = Number.parseInt(source, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    cursor.refuse('found invalid Unicode character escape code');
  }
  cursor.at += 2 + length;
  return String.fromCodePoint(code);
}

/**
 * Blanks and line ends between two words, and what they count for: of line ends one is a space, and of more each but
 * the first is kept; behind an escaped one all are.
 */
function takeGap(cursor: Cursor, mode: 'fold' | 'keep', indent = 0): { value: string; hasBreak: boolean } {
  const from = cursor.at;
  cursor.takeBlanks();
  const blanks = cursor.text.slice(from, cursor.at);
  const first = mode === 'fold' && isBreak(cursor.code) ? cursor.takeBreak() : '';
  const hasBreak = first !== '' || mode === 'keep';
  let rest = '';
  while (hasBreak) {
    while (isBlank(cursor.code)) {
      if (cursor.isAtTab && cursor.column < indent) cursor.refuse('found a tab character that violates indentation');
      cursor.at++;
    }
    if (!isBreak(cursor.code)) break;
    rest += cursor.takeBreak();
  }
  if (!hasBreak) return { value: blanks, hasBreak };
  if (mode === 'keep') return { value: rest, hasBreak };
  return { value: first === '\n' ? rest || ' ' : first + rest, hasBreak };
}

/** A literal or folded block; `indent` is that of the collection around it, -1 at the root. */
export function blockScalar(cursor: Cursor, style: 'literal' | 'folded', indent: number): ScannedScalar {
  const start = cursor.at;
  cursor.at++;
  const { chomping, increment } = takeHeader(cursor);
  const least = Math.max(indent + 1, 1);
  const lines = { indent: increment > 0 ? Math.max(indent, 0) + increment : 0, least };
  let end = cursor.at;
  let value = '';
  let lineEnd = '';
  let blankLines = takeBlankLines(cursor, lines);
  let wasBlank = false;
  while (cursor.column === lines.indent && !cursor.isAtEnd) {
    const startsBlank = isBlank(cursor.code);
    const isFolded = style === 'folded' && !wasBlank && !startsBlank && lineEnd === '\n';
    if (!isFolded) value += lineEnd;
    else if (blankLines === '') value += ' ';
    value += blankLines;
    wasBlank = startsBlank;
    value += cursor.takeLine();
    lineEnd = cursor.isAtEnd ? '' : cursor.takeBreak();
    end = cursor.at;
    blankLines = takeBlankLines(cursor, lines);
  }
  if (chomping !== '-') value += lineEnd;
  if (chomping === '+') {
    value += blankLines;
    end = cursor.lineStart;
  }
  return { start, end: Math.max(end, start + 1), value, endsLine: true };
}

function takeHeader(cursor: Cursor): { readonly chomping: string; readonly increment: number } {
  const source = cursor.text.slice(cursor.at, cursor.at + 2);
  const header = /^(?:[+-][0-9]?|[0-9][+-]?)?/.exec(source)?.[0] ?? '';
  const increment = /[0-9]/.exec(header)?.[0];
  if (increment === '0') cursor.refuse('found an indentation indicator equal to 0');
  cursor.at += header.length;
  cursor.takeBlanks();
  if (cursor.code === hash) cursor.takeLine();
  if (!isBlankOrEnd(cursor.code)) cursor.refuse('did not find expected comment or line break');
  if (!cursor.isAtEnd) cursor.takeBreak();
  return { chomping: /[+-]/.exec(header)?.[0] ?? '', increment: Number(increment ?? 0) };
}

/** Line ends up to the next line with text. The first time, and where none is given, that finds the indentation. */
function takeBlankLines(cursor: Cursor, lines: { indent: number; readonly least: number }): string {
  let taken = '';
  let deepest = 0;
  for (;;) {
    cursor.takeSpaces(lines.indent || Number.POSITIVE_INFINITY);
    deepest = Math.max(deepest, cursor.column);
    if (cursor.isAtTab && (lines.indent === 0 || cursor.column < lines.indent)) {
      cursor.refuse('found a tab character where an indentation space is expected');
    }
    if (!isBreak(cursor.code)) break;
    taken += cursor.takeBreak();
  }
  if (lines.indent === 0) lines.indent = Math.max(deepest, lines.least);
  return taken;
}
