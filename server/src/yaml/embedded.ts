import { memo } from '../text/maps';
import { moved } from '../text/range';
import { type EmbeddedText, YamlDocument } from './document';
import type { Node } from './node';

const known = new WeakMap<Node, EmbeddedText>();

export function embeddedText(node: Node): EmbeddedText | undefined {
  const value = node.string;
  const tree = node.tree;
  if (value === undefined) return undefined;
  // A text that a build puts together is nowhere as it is.
  if (tree?.type !== 'scalar' || value !== tree.value)
    return { text: value, indent: undefined, toHost: () => node.written.range };
  if (node.document.isPlainText) return { text: value, indent: '', toHost: range => range };
  let embedded = known.get(node);
  if (embedded === undefined) {
    const source = node.document.text.slice(tree.start, tree.end);
    const offsets = offsetsOf(value, source, tree.style);
    const text = value;
    const last = offsets[text.length] ?? source.length;
    embedded = {
      text,
      indent: editIndent(source, text, tree.style),
      toHost: range => {
        const start = offsets[range.start] ?? last;
        // The end is where the last character ends, not where the next one begins: indentation lies between the two.
        const end = range.end > range.start ? (offsets[range.end - 1] ?? last) + 1 : start;
        // The document may have moved around it.
        return moved({ start, end: Math.max(start, end) }, tree.start);
      },
    };
    known.set(node, embedded);
  }
  return embedded;
}

/** The value of a string scalar as a YAML document: its nodes can be reported and edited like any other. */
export const embeddedDocument = memo((node: Node): YamlDocument | undefined => {
  const text = embeddedText(node);
  if (text === undefined) return undefined;
  return new YamlDocument(text.text, { node, text });
});

function editIndent(source: string, value: string, style: string): string | undefined {
  if (style === 'literal') return blockIndent(source, value);
  const plainCopy = source === value || source === `"${value}"` || source === `'${value}'`;
  return plainCopy && !value.includes('\n') ? '' : undefined;
}

/** Indentation of a block: what the first line with text has more in the document than in the value. */
function blockIndent(source: string, value: string): string {
  const written = /^( *)[^ \r\n]/m.exec(source.slice(source.indexOf('\n') + 1))?.[1] ?? '';
  const own = /^( *)[^ \r\n]/m.exec(value)?.[1] ?? '';
  return written.slice(own.length);
}

/** For each character of the value (and its end) the offset in its source. */
function offsetsOf(value: string, source: string, style: string): Uint32Array {
  const offsets = new Uint32Array(value.length + 1);
  if (style === 'literal' || style === 'folded') fillBlock(offsets, value, source);
  else fillFlow(offsets, value, source, style);
  return offsets;
}

/**
 * Block scalars: walks value and source together. Line ends and indentation of the source that the value lacks are
 * skipped; a folded line end is a space in the value.
 */
function fillBlock(offsets: Uint32Array, value: string, source: string): void {
  const indent = blockIndent(source, value).length;
  let at = source.indexOf('\n') + 1 || source.length;
  let lineStart = true;
  for (let i = 0; i <= value.length; i++) {
    if (lineStart) {
      let skipped = 0;
      while (skipped < indent && source[at] === ' ') {
        at++;
        skipped++;
      }
      lineStart = false;
    }
    if (i === value.length) {
      offsets[i] = Math.min(at, source.length);
      return;
    }
    if (value[i] === '\n') {
      // In a folded block several line ends of the source can make one of the value.
      const end = source.indexOf('\n', at);
      offsets[i] = end === -1 ? source.length : source[end - 1] === '\r' ? end - 1 : end;
      at = end === -1 ? source.length : end + 1;
      lineStart = true;
      continue;
    }
    if (value[i] === ' ' && (source[at] === '\n' || source[at] === '\r')) {
      offsets[i] = at;
      at = source.indexOf('\n', at) + 1;
      lineStart = true;
      continue;
    }
    while (at < source.length && source[at] !== value[i] && /[\r\n ]/.test(source[at] ?? '')) at++;
    offsets[i] = at;
    at++;
  }
}

const escapeSequence = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|.)/s;

/** Plain and quoted scalars: escapes are one character of the value, line folding is a space or a line end. */
function fillFlow(offsets: Uint32Array, value: string, source: string, style: string): void {
  let at = style === 'plain' ? 0 : 1;
  const end = style === 'plain' ? source.length : source.length - 1;
  let i = 0;
  let isEscapedEnd = false;
  while (i < value.length && at < end) {
    const rest = source[at];
    if (style === 'double' && rest === '\\') {
      const length = escapeSequence.exec(source.slice(at, at + 200))?.[0].length ?? 1;
      if (/[\r\n]/.test(source[at + 1] ?? '')) {
        at += length; // an escaped line end stands for nothing
        isEscapedEnd = true;
        continue;
      }
      const characters = (value.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
      for (let c = 0; c < characters; c++) offsets[i + c] = at;
      i += characters;
      at += length;
    } else if (style === 'single' && rest === "'" && source[at + 1] === "'") {
      offsets[i++] = at;
      at += 2;
    } else if (/\s/.test(rest ?? '') && /^[ \t]*\r?\n/.test(source.slice(at, at + 400))) {
      const fold = /^[ \t]*(?:\r?\n[ \t]*)+/.exec(source.slice(at))?.[0] ?? ' ';
      // One line end is a space; of more, each but the first is one, and behind an escaped line end each is.
      const lineEnds = fold.split('\n').length - 1;
      const length = fold.length;
      const count = isEscapedEnd ? lineEnds : Math.max(1, lineEnds - 1);
      for (let c = 0; c < count && i < value.length; c++) offsets[i++] = at;
      at += length;
    } else {
      offsets[i++] = at;
      at++;
    }
    isEscapedEnd = false;
  }
  while (i <= value.length) offsets[i++] = Math.min(at, end);
}
