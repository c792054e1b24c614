import { splitDocuments, YamlDocument } from '../yaml/document';
import { embeddedText } from '../yaml/embedded';
import type { Node } from '../yaml/node';
import { groupOf } from './kinds';

/** A file that a string holds, such as the value of a ConfigMap: what `kind` and the group of `apiVersion` say it is. */
export interface EmbeddedObject {
  readonly kind: string;
  readonly group: string;
  readonly root: Node;
}

const known = new WeakMap<Node, readonly EmbeddedObject[]>();

/**
 * The configuration objects in a string that holds YAML, be it a stream of several documents. Texts that don't parse,
 * and those with `{{`, hold none: what stands in them is decided later.
 */
export function objectsInText(node: Node): readonly EmbeddedObject[] {
  let objects = known.get(node);
  if (objects === undefined) {
    objects = read(node);
    known.set(node, objects);
  }
  return objects;
}

function read(node: Node): EmbeddedObject[] {
  const value = node.string;
  if (value === undefined || !value.includes('apiVersion') || value.includes('{{')) return [];
  const text = embeddedText(node);
  if (text === undefined) return [];
  return splitDocuments(value).flatMap(({ start, document }) => {
    // All but this document is blanked, so that offsets stay those of the whole value, and edits find their way back.
    const end = start + document.text.length;
    const alone = blank(value.slice(0, start)) + document.text + blank(value.slice(end));
    const { root, problems } = new YamlDocument(alone, { node, text });
    const kind = root.at('kind').string;
    const apiVersion = root.at('apiVersion').string;
    if (kind === undefined || apiVersion === undefined || problems.length > 0) return [];
    return [{ kind, group: groupOf(apiVersion), root }];
  });
}

const blank = (text: string) => text.replace(/[^\r\n]/g, ' ');
