import type { Location, Position } from 'vscode-languageserver';
import { type ReachedEnd, type ReachHere, reachHere, reachText, whyNothing } from '../assist/reach-here';
import { rowText } from '../assist/sections';
import type { Direction } from '../network/policies/policy';
import { visible } from '../text/visible';
import type { Node } from '../yaml/node';
import type { Reading } from './language';
import { linesOf, placeIn, toLspRange } from './to-lsp';

export interface ObjectsParams {
  readonly textDocument: { readonly uri: string };
}

export interface ReachParams extends ObjectsParams {
  readonly position: Position;
}

/** Pure JSON, for whatever view an editor has. */
export interface ReachAnswer {
  /** Why there are no ends. */
  readonly message?: string;
  readonly ends: readonly AnsweredEnd[];
  /** How many ends are left out. */
  readonly more: number;
}

interface AnsweredEnd {
  readonly name: string;
  readonly location?: Location;
  /** Who may reach it, then whom it may reach. */
  readonly groups: readonly {
    readonly direction: Direction;
    readonly kind: string;
    readonly heading: string;
    readonly rows: readonly AnsweredRow[];
  }[];
}

interface AnsweredRow {
  /** All of it, as the command line prints it. */
  readonly text: string;
  readonly name: string;
  readonly connections: string;
  readonly location?: Location;
  readonly decided: readonly { readonly text: string; readonly location?: Location }[];
}

/** Null while the document can't be read: a view keeps what it shows. */
export function reachAnswer(reading: Reading | undefined, position: Position): ReachAnswer | null {
  if (reading === undefined) return nothing(whyNothing.nowhere);
  const reach = reachAt(reading, position);
  if (reach === undefined) return null;
  if ('why' in reach) return nothing(reach.why);
  return { ends: reach.ends.map(end => answeredEnd(end, reading)), more: reach.more };
}

export const holdsObjects = (reading: Reading | undefined) => (reading?.file.resources.length ?? 0) > 0;

const nothing = (message: string): ReachAnswer => ({ message, ends: [], more: 0 });

/** For editors without a view: the same as text. */
export function reachTextAt(reading: Reading | undefined, position: Position): string {
  const reach = reading && reachAt(reading, position);
  return reachText(reach ?? { why: whyNothing.nowhere });
}

function reachAt({ isWhole, workspace, file }: Reading, position: Position): ReachHere | undefined {
  if (!isWhole) return { why: whyNothing.unread };
  const offset = linesOf(file).offsetAt(position);
  const document = file.documents.findLast(({ start }) => start <= offset)?.document;
  if (document !== undefined && document.problems.length > 0) return undefined;
  return reachHere(workspace, file.path, offset);
}

function answeredEnd({ id, at, sections, placeOf }: ReachedEnd, reading: Reading): AnsweredEnd {
  return {
    name: visible(id),
    ...located(at, reading),
    groups: sections.map(({ direction, kind, heading, rows }) => ({
      direction,
      kind,
      heading: visible(heading),
      rows: rows.map(row => ({
        text: visible(rowText(row)),
        name: visible(row.end),
        connections: row.connections,
        ...located(placeOf(row.end), reading),
        decided: row.decided.map(({ text, at: rule }) => ({ text: visible(text), ...located(rule, reading) })),
      })),
    })),
  };
}

function located(node: Node | undefined, { workspace, around }: Reading): { readonly location?: Location } {
  const place = node && placeIn(workspace, node);
  if (place === undefined) return {};
  return { location: { uri: around.uriOf(place.file.path), range: toLspRange(place.file, place.range) } };
}
