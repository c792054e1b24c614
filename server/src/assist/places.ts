import { moved, type Range } from '../text/range';
import type { Workspace } from '../workspace/workspace';
import { outermost, type YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import type { Goal } from './mentions/meant';
import type { Spot } from './mentions/mention';
import { locateSpot } from './mentions/spots';

/** A stretch of a file. */
export interface FilePlace {
  readonly path: string;
  readonly range: Range;
}

/** Where something is: all of it, and the words that name it, which are inside. */
export interface Destination extends FilePlace {
  readonly name: Range;
}

export function placeOfSpot(workspace: Workspace, spot: Spot): FilePlace | undefined {
  const { document, range } = locateSpot(spot);
  return placeIn(workspace, document, range);
}

export function destinationOf(workspace: Workspace, { at, whole }: Goal): Destination | undefined {
  const name = placeOfSpot(workspace, at);
  const around = placeOfNode(workspace, whole);
  if (name === undefined) return undefined;
  // The name may be written in another place than most of the object: a kustomization makes it.
  const isInside =
    around?.path === name.path && around.range.start <= name.range.start && name.range.end <= around.range.end;
  return { path: name.path, range: isInside ? around.range : name.range, name: name.range };
}

function placeOfNode(workspace: Workspace, { document, written }: Node): FilePlace | undefined {
  const { tree } = written;
  if (tree === undefined) return undefined;
  const host = outermost(document, { start: tree.start, end: tree.end });
  return placeIn(workspace, host.document, host.range);
}

function placeIn(workspace: Workspace, document: YamlDocument, range: Range): FilePlace | undefined {
  const place = workspace.placeOf(document);
  return place && { path: place.file.path, range: moved(range, place.start) };
}

/** Each place once, in the order of files. */
export function inOrder<P extends FilePlace>(places: readonly P[]): readonly P[] {
  const known = new Map(places.map(place => [`${place.path}\n${place.range.start}\n${place.range.end}`, place]));
  return [...known.values()].sort(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.range.start - b.range.start,
  );
}
