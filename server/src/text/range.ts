/** A stretch of text: half-open, in UTF-16 code units from the start of the text it belongs to. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** The text after all edits. Edits are ranges of the old text and don't overlap; equal insertions keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, order) => ({ ...edit, order }));
  sorted.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || a.order - b.order);
  const parts: string[] = [];
  let position = 0;
  for (const { range, text: inserted } of sorted) {
    parts.push(text.slice(position, range.start), inserted);
    position = Math.max(position, range.end);
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** Whether two edits of one text touch the same characters, so that they can't both be applied. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

export function moved(range: Range, by: number): Range {
  return { start: range.start + by, end: range.end + by };
}
