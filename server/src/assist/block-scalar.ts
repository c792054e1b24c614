import type { Range } from '../text/range';

/** A block scalar as it is typed: all its lines without their indentation, blank ones at the end included. */
export interface BlockScalar {
  /** The key that it is the value of. */
  readonly key: string;
  readonly text: string;
  /** Of the cursor, in `text`. */
  readonly offset: number;
  /** A range of `text` as a range of the file. */
  toFile(range: Range): Range;
}

/**
 * The block scalar that an offset of a YAML text is in, found by its lines alone: the rest of the text may be broken.
 * Undefined where what is typed would stand outside of it.
 */
export function blockScalarAt(text: string, offset: number): BlockScalar | undefined {
  const header = headerAbove(text, offset);
  if (header === undefined) return undefined;
  const column = offset - lineStartAt(text, offset);
  const lines: Line[] = [];
  let indent = header.indent;
  let holdsCursor = false;
  for (let start = header.end; start <= text.length; ) {
    const end = endOfLine(text, start);
    const spaces = spacesAt(text, start);
    const isBlank = isBlankAt(text, start, end);
    const isCursors = start <= offset && offset <= end;
    if (!isBlank) {
      indent ??= spaces;
      if (spaces < indent) break;
    }
    // While nothing is written yet, the cursor says how far the lines are indented.
    if (isCursors && isBlank && indent === undefined) indent = column;
    if (isCursors && (indent === undefined || column < indent)) return undefined;
    holdsCursor ||= isCursors;
    lines.push({ start, spaces, end: end + 1 });
    start = end + 1;
  }
  if (indent === undefined || indent <= header.column || !holdsCursor) return undefined;
  return read(text, offset, header.key, lines, indent);
}

interface Line {
  readonly start: number;
  readonly spaces: number;
  /** Behind the line break. */
  readonly end: number;
}

interface Header {
  readonly key: string;
  /** Of the key. */
  readonly column: number;
  /** Where its first line begins. */
  readonly end: number;
  /** Of the lines, when the header says so. */
  readonly indent: number | undefined;
}

const headerLine =
  /^( *(?:- +)*)(["']?)([\w.-]+)\2[ ]*:[ \t]+(?:[!&][^ \t]+[ \t]+)*[|>](?:[-+]?([1-9])[-+]?|[-+])?[ \t]*(?:[ \t]#.*)?\r?$/;

/** The nearest line above that is indented less than all lines from it to the cursor, if it opens a block scalar. */
function headerAbove(text: string, offset: number): Header | undefined {
  let start = lineStartAt(text, offset);
  const here = endOfLine(text, start);
  let least = isBlankAt(text, start, here) ? offset - start : spacesAt(text, start);
  while (start > 0 && least > 0) {
    const end = start - 1;
    start = lineStartAt(text, end);
    const spaces = spacesAt(text, start);
    if (spaces >= least || isBlankAt(text, start, end)) continue;
    least = spaces;
    if (end - start > LONGEST) continue;
    const match = headerLine.exec(text.slice(start, end));
    if (match === null) continue;
    const [, lead = '', , key = '', digit] = match;
    const column = lead.length;
    return { key, column, end: end + 1, indent: digit === undefined ? undefined : column + Number(digit) };
  }
  return undefined;
}

/** Longer lines open no block scalar that a person edits. */
const LONGEST = 1000;

function read(text: string, offset: number, key: string, lines: readonly Line[], indent: number): BlockScalar {
  const cuts: { readonly at: number; readonly file: number }[] = [];
  const parts: string[] = [];
  let length = 0;
  let inside = 0;
  for (const { start, spaces, end } of lines) {
    const from = start + Math.min(spaces, indent);
    cuts.push({ at: length, file: from });
    if (start <= offset && offset < end) inside = length + Math.max(0, offset - from);
    const part = text.slice(from, end);
    parts.push(part);
    length += part.length;
  }
  const inFile = (at: number): number => {
    let low = 0;
    let high = cuts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((cuts[middle]?.at ?? 0) <= at) low = middle;
      else high = middle;
    }
    const cut = cuts[low];
    return cut === undefined ? at : cut.file + (at - cut.at);
  };
  return {
    key,
    text: parts.join(''),
    offset: inside,
    // The end is behind the last character, not before the next one: between the two a line may begin.
    toFile: ({ start, end }) => ({ start: inFile(start), end: end > start ? inFile(end - 1) + 1 : inFile(start) }),
  };
}

function lineStartAt(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function spacesAt(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === SPACE) at++;
  return at - start;
}

const SPACE = 32;

function isBlankAt(text: string, start: number, end: number): boolean {
  const first = start + spacesAt(text, start);
  return first >= end || text.slice(first, end) === '\r';
}
