import { lineEndAt, lineStartOf } from '../../yaml/layout';

/** A part of a document around a line of it. */
export interface Part {
  readonly text: string;
  /** How many characters are left out before the line. */
  readonly by: number;
}

/**
 * A document without the items of lists that the line of an offset is in, but for the one that holds it. Lists are what
 * makes documents long; an item says nothing of another. Found by indentation alone.
 */
export function thinnedAround(text: string, offset: number): Part {
  const line = { start: lineStartOf(text, offset), end: lineEndAt(text, offset) };
  const above = keptAbove(text, line.start, columnAt(text, line.start, offset));
  const below = keptBelow(text, line.end, columnAt(text, line.start, offset));
  return { text: above + text.slice(line.start, line.end) + below, by: line.start - above.length };
}

/** What the line of an offset stands in, with short fields beside, and the names of the object. */
export function skeletonAround(text: string, offset: number): Part {
  const line = { start: lineStartOf(text, offset), end: lineEndAt(text, offset) };
  const kept: string[] = [];
  let names: string[] = [];
  let least = columnAt(text, line.start, offset);
  for (const { line: above, indent } of linesAbove(text, line.start)) {
    if (isNothing(above)) continue;
    const isHead = /^metadata\s*:\s*$/.test(above);
    if (isHead && least === 0) kept.push(...names, above);
    else if (indent < least || (indent === least && shortField.test(above))) kept.push(above);
    names = indent === 0 ? [] : /^ +(?:name|namespace)\s*:\s*\S/.test(above) ? [...names, above] : names;
    least = Math.min(indent, least);
  }
  const above = joined(kept);
  return { text: above + text.slice(line.start, line.end), by: line.start - above.length };
}

const shortField = /^ *[\w./-]+:[ \t]+[^|>&*!{["'\s][^#:]*$/;

/** From the line up: fields with all that is in them, and of each list the item that holds the line. */
function keptAbove(text: string, lineStart: number, column: number): string {
  const kept: string[] = [];
  let least = column;
  let isInList = /^ *-(?:\s|$)/.test(text.slice(lineStart, lineEndAt(text, lineStart)));
  let within: string[] = [];
  for (const { line, indent } of linesAbove(text, lineStart)) {
    if (isNothing(line)) continue;
    const isItem = /^ *-(?:\s|$)/.test(line);
    if (indent > least || (isItem && !isInList && indent === least)) within.push(line);
    else {
      const isOther = indent === least && isItem;
      if (indent === least && !isItem && !isInList) kept.push(...within);
      if (!isOther) {
        kept.push(line);
        isInList = isItem;
      }
      within = [];
      least = indent;
    }
  }
  return joined(kept);
}

/** The same from the line down. */
function keptBelow(text: string, lineEnd: number, column: number): string {
  const kept: string[] = [];
  let least = column;
  let isKept = false;
  let field = -1;
  for (let start = text.indexOf('\n', lineEnd) + 1; start > 0 && start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
    start = end + 1;
    if (isNothing(line)) continue;
    const indent = indentOf(line);
    if (indent <= least) {
      least = indent;
      const isItem = /^ *-(?:\s|$)/.test(line);
      isKept = !isItem || (isKept && field === indent);
      field = isItem ? field : indent;
    }
    if (isKept) kept.push(line);
  }
  return kept.length === 0 ? '' : `\n${kept.join('\n')}\n`;
}

function* linesAbove(text: string, lineStart: number): Iterable<{ readonly line: string; readonly indent: number }> {
  for (let end = lineStart - 1; end >= 0; ) {
    const start = lineStartOf(text, end);
    const line = text.slice(start, end).replace(/\r$/, '');
    yield { line, indent: indentOf(line) };
    end = start - 1;
  }
}

/** A blank line is as far in as the cursor. */
function columnAt(text: string, start: number, offset: number): number {
  const line = text.slice(start, lineEndAt(text, offset));
  return line.trim() === '' ? offset - start : indentOf(line);
}

const indentOf = (line: string) => line.length - line.trimStart().length;
const isNothing = (line: string) => /^\s*(?:#|$)/.test(line);
const joined = (upwards: readonly string[]) =>
  [...upwards]
    .reverse()
    .map(line => `${line}\n`)
    .join('');
