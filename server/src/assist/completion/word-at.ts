import { lineEndAt, lineStartOf } from '../../yaml/layout';

/** The scalar of one line that a cursor is in, behind, or would begin. */
export interface WordAt {
  /** With its quotes. */
  readonly start: number;
  readonly end: number;
  /** Without. */
  readonly innerStart: number;
  readonly innerEnd: number;
  readonly quote: '' | '"' | "'";
  readonly isClosed: boolean;
  /** Whether a colon follows, so that it is a key. */
  readonly isKey: boolean;
  /** Whether nothing but indentation stands before it in its line. */
  readonly isFirst: boolean;
  /** Whether nothing follows in its line. */
  readonly isLast: boolean;
  /** What has to stand before it: the space behind a colon or a dash that has none. */
  readonly lead: '' | ' ';
  /** Brackets that are opened in the line and not closed, as they would be closed. */
  readonly closers: string;
}

/**
 * The word at an offset, by its line alone. Whether the line begins within brackets can't be told from it. Undefined in
 * comments, and where something else than a word stands: an alias, a tag, the head of a block scalar.
 */
export function wordAt(text: string, offset: number, place: 'block' | 'flow'): WordAt | undefined {
  const line = { start: lineStartOf(text, offset), end: lineEndAt(text, offset) };
  // A BOM is no part of the first key.
  const first = text.charCodeAt(line.start) === 0xfeff ? line.start + 1 : line.start;
  if (offset > line.end || offset < first) return undefined;
  const brackets: string[] = [];
  let found: Scalar | undefined;
  let isHead = true;
  for (let at = first; at < line.end; ) {
    const character = text.charAt(at);
    const isFlow = place === 'flow' || brackets.length > 0;
    const isFree = at === first || isBlank(text.charAt(at - 1));
    if (isBlank(character)) at++;
    else if (character === '#' && isFree) {
      if (offset > at) return undefined;
      break;
    } else if (isHead && !isFlow && /[-?]/.test(character) && isBlank(text.charAt(at + 1))) at++;
    else if (character === '[' || character === '{') {
      brackets.push(character === '[' ? ']' : '}');
      at++;
    } else if (isFlow && /[\]},]/.test(character)) {
      if (character !== ',') brackets.pop();
      at++;
    } else if (isColon(text, at, isFlow)) {
      isHead = false;
      at++;
    } else {
      const scalar = scalarAt(text, at, { ...line, offset, isFlow });
      if (scalar.start <= offset && offset <= scalar.end) found = scalar;
      isHead = false;
      at = Math.max(scalar.end, at + 1);
    }
  }
  const scalar = found ?? emptyAt(offset);
  if (scalar.quote === '' && /^[&*!|>%@`]/.test(text.slice(scalar.start, scalar.end))) return undefined;
  const before = text.slice(first, scalar.start);
  return {
    ...scalar,
    isKey: /^[ \t]*:(?:[ \t\r\n,[\]{}]|$)/.test(text.slice(scalar.end, scalar.end + 200)),
    isFirst: /^ *$/.test(before),
    isLast: text.slice(scalar.end, line.end).trim() === '',
    lead: scalar.start === scalar.end && /(?::|(?:^|\s)-)$/.test(before) ? ' ' : '',
    closers: brackets.reverse().join(''),
  };
}

type Scalar = Pick<WordAt, 'start' | 'end' | 'innerStart' | 'innerEnd' | 'quote' | 'isClosed'>;

const emptyAt = (offset: number): Scalar => ({
  start: offset,
  end: offset,
  innerStart: offset,
  innerEnd: offset,
  quote: '',
  isClosed: true,
});

interface Bounds {
  readonly end: number;
  readonly offset: number;
  readonly isFlow: boolean;
}

function scalarAt(text: string, start: number, bounds: Bounds): Scalar {
  const quote = text.charAt(start);
  if (quote === '"' || quote === "'") return quotedAt(text, start, quote, bounds);
  let end = start;
  while (end < bounds.end) {
    const character = text.charAt(end);
    if (isColon(text, end, bounds.isFlow) || (bounds.isFlow && /[,[\]{}]/.test(character))) break;
    if (character === '#' && isBlank(text.charAt(end - 1))) break;
    end++;
  }
  while (end > start && isBlank(text.charAt(end - 1))) end--;
  return { start, end, innerStart: start, innerEnd: end, quote: '', isClosed: true };
}

function quotedAt(text: string, start: number, quote: '"' | "'", { end, offset }: Bounds): Scalar {
  for (let at = start + 1; at < end; at++) {
    if (quote === '"' && text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === quote) {
      if (quote === "'" && text.charAt(at + 1) === quote) at++;
      else return { start, end: at + 1, innerStart: start + 1, innerEnd: at, quote, isClosed: true };
    }
  }
  // It goes on for as long as the word at the cursor does: what follows was there before the quote.
  let last = Math.min(Math.max(offset, start + 1), end);
  while (last < end && /[\w./:-]/.test(text.charAt(last))) last++;
  return { start, end: last, innerStart: start + 1, innerEnd: last, quote, isClosed: false };
}

const isBlank = (character: string) => character === '' || /[ \t\r\n]/.test(character);

function isColon(text: string, at: number, isFlow: boolean): boolean {
  if (text.charAt(at) !== ':') return false;
  const next = text.charAt(at + 1);
  return isBlank(next) || (isFlow && /[,[\]{}]/.test(next)) || /["']/.test(text.charAt(at - 1));
}
