import { type Resource, resourceAt, resourcesIn } from '../kube/resource';
import { linesOf } from '../text/lines';
import type { Range } from '../text/range';
import type { Workspace } from '../workspace/workspace';
import { outermost, type YamlDocument } from '../yaml/document';
import { embeddedText } from '../yaml/embedded';
import { nodeAt } from '../yaml/find';
import { Node } from '../yaml/node';
import type { Place } from './rule';

/** Where a place is in the text of a document that is nobody's value. */
export function locate(place: Place): { document: YamlDocument; range: Range } {
  if (place instanceof Node) return outermost(place.document, place.range);
  // A range of the root is a range of the document's own text: for what is no field, such as a comment.
  if (place.in.written.parent === undefined) return outermost(place.in.document, place.range);
  const text = embeddedText(place.in);
  return outermost(place.in.document, text ? text.toHost(place.range) : place.in.range);
}

/** Where a place is, as the files are now, by path and line from 1; undefined where its document is in none of them. */
export function spotOf(workspace: Workspace, place: Place): { file: string; line: number } | undefined {
  const { document, range } = locate(place);
  const home = workspace.placeOf(document);
  if (home === undefined) return undefined;
  return { file: home.file.path, line: linesOf(home.file).positionAt(home.start + range.start).line + 1 };
}

/** The same as `path:line`. */
export function lineOf(workspace: Workspace, place: Place): string | undefined {
  const spot = spotOf(workspace, place);
  return spot && `${spot.file}:${spot.line}`;
}

/** The object that a place is part of. */
export function ownerOf(place: Place): Resource | undefined {
  let node = place instanceof Node ? place : place.in;
  for (;;) {
    const owner = resourceAt(node);
    if (owner) return owner;
    const above = node.parent ?? node.document.host?.node;
    if (above === undefined) break;
    node = above;
  }
  const resources = resourcesIn(node.document);
  return resources.length === 1 ? resources[0] : undefined;
}

/**
 * The string of several lines that a place is inside of, as it is written in a document that is nobody's value; the line
 * above such a place is text.
 */
export function stringAround(place: Place): Node | undefined {
  let node = place instanceof Node ? place : place.in;
  // A range of the root is a range of the document's own text.
  if (!(place instanceof Node) && node.written.parent === undefined) node = nodeAt(node.document, place.range.start);
  let isInside = !(place instanceof Node);
  for (let host = node.document.host; host !== undefined; host = node.document.host) {
    node = host.node;
    isInside = true;
  }
  const written = node.written;
  return isInside && written.parent !== undefined && /\n/.test(written.source) ? written : undefined;
}
