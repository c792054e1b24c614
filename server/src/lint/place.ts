import { type Resource, resourcesIn } from '../kube/resource';
import { memo } from '../text/maps';
import type { Range } from '../text/range';
import { outermost, type YamlDocument } from '../yaml/document';
import { embeddedText } from '../yaml/embedded';
import { Node } from '../yaml/node';
import type { Place } from './rule';

/** Where a place is in the text of a document that is nobody's value. */
export function locate(place: Place): { document: YamlDocument; range: Range } {
  if (place instanceof Node) return outermost(place.document, place.range);
  // A range of the root is a range of the document's own text: for what is no field, such as a comment.
  if (place.in.parent === undefined) return outermost(place.in.document, place.range);
  const text = embeddedText(place.in);
  return outermost(place.in.document, text ? text.toHost(place.range) : place.in.range);
}

const ownersIn = memo(
  (document: YamlDocument) => new Map<Node, Resource>(resourcesIn(document).map(resource => [resource.node, resource])),
);

/** The object that a place is part of. */
export function ownerOf(place: Place): Resource | undefined {
  let node = place instanceof Node ? place : place.in;
  while (node.document.host !== undefined) node = node.document.host.node;
  const resources = resourcesIn(node.document);
  if (resources.length <= 1) return resources[0];
  const known = ownersIn(node.document);
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    const owner = known.get(at);
    if (owner) return owner;
  }
  return undefined;
}
