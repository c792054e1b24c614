import { memo } from '../../text/maps';
import { splitDocuments, YamlDocument } from '../../yaml/document';
import { embeddedText } from '../../yaml/embedded';
import type { Node } from '../../yaml/node';
import { groupOf } from '../kinds';

/** A file that a string holds, such as the value of a ConfigMap: what `kind` and the group of `apiVersion` say it is. */
export interface EmbeddedObject {
  readonly kind: string;
  readonly group: string;
  readonly root: Node;
}

/**
 * The configuration objects in a string that holds YAML, be it a stream of several documents. Texts that don't parse,
 * and those with `{{`, hold none: what stands in them is decided later.
 */
export const objectsInText = memo((node: Node): readonly EmbeddedObject[] => read(node));

function read(node: Node): EmbeddedObject[] {
  const value = node.string;
  if (value === undefined || !value.includes('apiVersion') || value.includes('{{')) return [];
  const text = embeddedText(node);
  if (text === undefined) return [];
  const parts = splitDocuments(value).filter(({ document }) => wanted.test(document.text));
  // The text before a document is blanked rather than cut, so that offsets stay those of the whole value, and edits
  // find their way back. It is read once for each document: a hostile stream must not make that dear.
  return parts.slice(0, Math.max(1, Math.floor(budget / value.length))).flatMap(({ start, document }) => {
    const alone = new YamlDocument(blank(value.slice(0, start)) + document.text, { node, text });
    const { root } = alone;
    const kind = root.at('kind').string;
    const apiVersion = root.at('apiVersion').string;
    if (kind === undefined || apiVersion === undefined || alone.problems.length > 0) return [];
    return [{ kind, group: groupOf(apiVersion), root }];
  });
}

/** The kinds that somebody asks for: others are not worth reading. */
const wanted = /Kube(?:Proxy|let)Configuration/;

/** Characters to read for one string. */
const budget = 2_000_000;

const blank = (text: string) => text.replace(/[^\r\n]/g, ' ');
