import { type Resource, resourceAt, resourcesIn } from '../kube/resource';
import type { Range } from '../text/range';
import { outermost, type YamlDocument } from '../yaml/document';
import { embeddedText } from '../yaml/embedded';
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
