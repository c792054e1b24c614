import type { Range } from '../../text/range';
import { outermost, type YamlDocument } from '../../yaml/document';
import { embeddedText } from '../../yaml/embedded';
import type { Spot } from './mention';

/** Where a spot is in a text that is nobody's value: without the quotes around it. */
export function locateSpot({ node, part }: Spot): { readonly document: YamlDocument; readonly range: Range } {
  if (part === 'key') return outermost(node.document, unquoted(node.document, node.keyRange));
  const text = embeddedText(node);
  if (text === undefined) return outermost(node.document, node.range);
  const range = part === 'value' ? { start: 0, end: text.text.length } : part;
  return outermost(node.document, text.toHost(range));
}

/** The document in whose text a spot is, be it in a text inside of that. */
export function documentOf({ node }: Spot): YamlDocument {
  let { document } = node;
  while (document.host !== undefined) document = document.host.node.document;
  return document;
}

/** Which part of its node a spot is, as text: with the node of `written` it tells one spot from another. */
export const partOf = ({ part }: Spot): string => (typeof part === 'string' ? part : `${part.start}-${part.end}`);

function unquoted({ text }: YamlDocument, { start, end }: Range): Range {
  const isQuoted = end - start > 1 && /["']/.test(text.charAt(start)) && text.charAt(end - 1) === text.charAt(start);
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/** Whether a key is written where it is: a patch of operations has it in a path. */
export const isWritten = ({ node, part }: Spot) => part !== 'key' || String(node.key) === String(node.written.key);
