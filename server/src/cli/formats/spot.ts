import { locate } from '../../lint/place';
import type { Place } from '../../lint/rule';
import { linesOf } from '../../text/lines';
import type { Range } from '../../text/range';
import type { SourceFile } from '../../workspace/source-file';
import type { Workspace } from '../../workspace/workspace';

/** Both count from 1, columns in UTF-16 code units. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

/** Half-open: the end is behind the last character. */
export interface Span {
  readonly start: Point;
  readonly end: Point;
}

/** Where a place is in the files as they are now. */
export interface Spot {
  readonly file: string;
  /** Counts from 0. */
  readonly document: number;
  readonly range: Span;
}

export function spotOf(workspace: Workspace, at: Place): Spot {
  const { document, range } = locate(at);
  const found = workspace.placeOf(document);
  if (found === undefined) return nowhere;
  const { file, index, start } = found;
  return {
    file: file.path,
    document: index,
    range: spanIn(file, { start: start + range.start, end: start + range.end }),
  };
}

export function spanIn(file: SourceFile, { start, end }: Range): Span {
  const lines = linesOf(file);
  const point = (offset: number) => {
    const { line, character } = lines.positionAt(offset);
    return { line: line + 1, column: character + 1 };
  };
  return { start: point(start), end: point(end) };
}

const start = { line: 1, column: 1 };
const nowhere: Spot = { file: '', document: 0, range: { start, end: start } };
