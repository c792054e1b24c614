import type { Range } from '../text/range';

/**
 * The whole lines that a range lies in, with their last line break: what a fix takes away to remove a directive. A
 * comment behind it goes with it; other words on the first or last line keep theirs, and then the range is as it was.
 */
export function wholeLines(text: string, range: Range): Range {
  const lineStart = range.start === 0 ? 0 : text.lastIndexOf('\n', range.start - 1) + 1;
  const newline = text.indexOf('\n', range.end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const isAlone =
    text.slice(lineStart, range.start).trim() === '' && /^\s*(?:#|$)/.test(text.slice(range.end, lineEnd));
  return isAlone ? { start: lineStart, end: lineEnd } : range;
}
