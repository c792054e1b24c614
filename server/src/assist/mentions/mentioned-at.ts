import type { Range } from '../../text/range';
import { moved } from '../../text/range';
import type { Workspace } from '../../workspace/workspace';
import { mentionsIn, type Placed } from './build-mentions';
import { locateSpot } from './spots';

/** What is mentioned where a cursor stands. */
export interface Mentioned {
  /** In the file. */
  readonly range: Range;
  /** The same in each build that the place is part of; several things that one word means. */
  readonly all: readonly Placed[];
}

/** The mentions at an offset of a file: the words that it stands in or at an end of, the shortest of them. */
export function mentionedAt(workspace: Workspace, path: string, offset: number): Mentioned | undefined {
  const file = workspace.files.get(path);
  const placed = file?.documents.findLast(({ start }) => start <= offset);
  if (file === undefined || placed === undefined || placed.document.problems.length > 0) return undefined;
  const at = offset - placed.start;
  const found: { readonly range: Range; readonly mention: Placed }[] = [];
  for (const build of workspace.readersOf(path)) {
    for (const mention of mentionsIn(build).byDocument.get(placed.document) ?? []) {
      const { range } = locateSpot(mention.at);
      if (range.start <= at && at <= range.end) found.push({ range, mention });
    }
  }
  const [first] = found.sort((a, b) => lengthOf(a.range) - lengthOf(b.range));
  if (first === undefined) return undefined;
  const all = found.filter(({ range }) => range.start === first.range.start && range.end === first.range.end);
  return { range: moved(first.range, placed.start), all: all.map(({ mention }) => mention) };
}

const lengthOf = ({ start, end }: Range) => end - start;
