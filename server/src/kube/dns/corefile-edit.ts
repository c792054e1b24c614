import { wholeLines } from '../../corefile/lines';
import type { Corefile, Directive, ServerBlock } from '../../corefile/syntax';
import { memo } from '../../text/maps';
import { applyEdits, type TextEdit } from '../../text/range';
import type { Edits } from '../../yaml/edit';
import type { Node } from '../../yaml/node';

/** A line to write, with the lines of its block. */
export interface NewLine {
  readonly line: string;
  readonly block?: readonly string[];
}

/** Changes to a Corefile's text, applied to the value that holds it; all else stays as it was typed. */
export function editCorefile(edits: Edits, node: Node, changes: readonly TextEdit[]): Edits {
  const { string: text, source } = node;
  // Escaped text is written again only where that gives back every other character.
  if (node.style === 'double' && text !== undefined && source === JSON.stringify(text)) {
    return edits.set(node, applyEdits(text, changes));
  }
  for (const { range, text: replacement } of changes) edits.replace({ in: node, range }, replacement);
  return edits;
}

/** A new line behind a line of a server block, indented as that line is; undefined where that is no line of its own. */
export function lineBehind(corefile: Corefile, directive: Directive, added: NewLine): TextEdit | undefined {
  const { text } = corefile;
  const lines = wholeLines(text, directive.range);
  if (text.charAt(lines.end - 1) !== '\n') return undefined;
  const indent = indentAt(text, directive.range.start);
  if (indent === undefined) return undefined;
  return { range: { start: lines.end, end: lines.end }, text: linesOf(corefile, added, indent) };
}

/** A new last line of a server block. */
export function lastLine(corefile: Corefile, block: ServerBlock, added: NewLine): TextEdit | undefined {
  const { text } = corefile;
  const brace = block.close?.range.start;
  if (brace === undefined || indentAt(text, brace) === undefined) return undefined;
  const start = text.lastIndexOf('\n', brace) + 1;
  return { range: { start, end: start }, text: linesOf(corefile, added, block.indent) };
}

/** Options for a plugin's line: into its block, or as the block that the line does not have yet. */
export function withOptions(
  corefile: Corefile,
  directive: Directive,
  options: readonly string[],
): TextEdit | undefined {
  const { text } = corefile;
  const indent = indentAt(text, directive.range.start);
  if (indent === undefined) return undefined;
  const { eol, step } = layoutOf(corefile);
  const linesAt = (inner: string) => options.map(option => `${inner}${option}${eol}`).join('');
  if (directive.block === undefined) {
    const { end } = directive.range;
    return { range: { start: end, end }, text: ` {${eol}${linesAt(indent + step)}${indent}}` };
  }
  const brace = directive.block.end;
  if (text.charAt(brace) !== '}' || indentAt(text, brace) === undefined) return undefined;
  const start = text.lastIndexOf('\n', brace) + 1;
  const first = directive.options[0];
  const inner = (first && indentAt(text, first.range.start)) ?? indent + step;
  return { range: { start, end: start }, text: linesAt(inner) };
}

/** A line taken away; a block that it leaves without lines goes with it. */
export function withoutLine(corefile: Corefile, directive: Directive, owner?: Directive): TextEdit | undefined {
  if (owner?.options.length === 1) {
    const change = withoutBlock(corefile, owner);
    if (change !== undefined) return change;
  }
  const range = wholeLines(corefile.text, directive.range);
  return range === directive.range ? undefined : { range, text: '' };
}

/** The block of a plugin's line taken away; undefined where it has none, or one with comments, which would be lost. */
export function withoutBlock(corefile: Corefile, { name, args, block, range }: Directive): TextEdit | undefined {
  if (block === undefined) return undefined;
  if (corefile.comments.some(({ start }) => block.start <= start && start < block.end)) return undefined;
  return { range: { start: args.at(-1)?.range.end ?? name.range.end, end: range.end }, text: '' };
}

/** White space before an offset when nothing else stands before it on its line. */
function indentAt(text: string, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return before.trim() === '' ? before : undefined;
}

function linesOf(corefile: Corefile, { line, block }: NewLine, indent: string): string {
  const { eol, step } = layoutOf(corefile);
  if (block === undefined) return `${indent}${line}${eol}`;
  const inner = block.map(option => `${indent}${step}${option}${eol}`).join('');
  return `${indent}${line} {${eol}${inner}${indent}}${eol}`;
}

interface Layout {
  readonly eol: string;
  /** What one level adds to the indentation. */
  readonly step: string;
}

/** How the lines of a Corefile look. Asked for each fix, so it is made once. */
const layoutOf = memo(
  (corefile: Corefile): Layout => ({ eol: corefile.text.includes('\r\n') ? '\r\n' : '\n', step: stepOf(corefile) }),
);

function stepOf(corefile: Corefile): string {
  for (const block of corefile.blocks) {
    for (const directive of block.directives) {
      const first = directive.options[0];
      const outer = indentAt(corefile.text, directive.range.start);
      const inner = first && indentAt(corefile.text, first.range.start);
      if (outer !== undefined && inner?.startsWith(outer) && inner.length > outer.length) {
        return inner.slice(outer.length);
      }
    }
  }
  const [block] = corefile.blocks;
  return block?.indent || '    ';
}
