import type { Range } from '../text/range';
import type { Corefile, Directive, ServerBlock, Snippet, Token } from './syntax';

/** What stands, or would stand, at an offset. `range` is the word there, empty between words: what a completion replaces. */
export type Place = KeyPlace | NamePlace | ArgumentPlace;

/** Outside of every block: a zone, or `import`. */
export interface KeyPlace {
  readonly kind: 'key';
  readonly range: Range;
}

/** The name of a plugin, or (below `owner`) of one of its options. */
export interface NamePlace {
  readonly kind: 'name';
  readonly range: Range;
  readonly block: ServerBlock | Snippet;
  readonly owner: Directive | undefined;
  /** The line whose name it is, when there is one already. */
  readonly line: Directive | undefined;
}

export interface ArgumentPlace {
  readonly kind: 'argument';
  readonly range: Range;
  readonly block: ServerBlock | Snippet;
  readonly owner: Directive | undefined;
  readonly line: Directive;
  /** Which argument: 0 is the first. */
  readonly index: number;
}

/** The place of an offset, in half-typed text too; undefined in comments, and behind a closing brace. */
export function placeAt(corefile: Corefile, offset: number): Place | undefined {
  if (corefile.comments.some(comment => comment.start < offset && offset <= comment.end)) return undefined;
  const blocks = [...corefile.blocks, ...corefile.snippets];
  const block = blocks.find(candidate => holds(candidate, offset, corefile.text));
  const word = wordAt(corefile.tokens, offset);
  if (block === undefined) return word?.text === '}' ? undefined : { kind: 'key', range: word?.range ?? at(offset) };
  let lines = block.directives;
  let owner: Directive | undefined;
  for (
    let line = around(lines, offset, corefile.text);
    line !== undefined;
    line = around(lines, offset, corefile.text)
  ) {
    owner = line;
    lines = line.options;
  }
  const range = word === undefined || word.text === '{' ? at(offset) : word.range;
  const line = lines.findLast(candidate => candidate.name.range.start <= offset);
  if (line === undefined || !isSameLine(corefile.text, line, offset)) {
    return { kind: 'name', range, block, owner, line: undefined };
  }
  if (offset <= line.name.range.end) return { kind: 'name', range: line.name.range, block, owner, line };
  // Behind the closing brace of a block on the same line nothing may follow.
  if (line.block !== undefined && offset > line.block.end) return undefined;
  return {
    kind: 'argument',
    range,
    block,
    owner,
    line,
    index: line.args.filter(token => token.range.end < offset).length,
  };
}

function holds(block: ServerBlock | Snippet, offset: number, text: string): boolean {
  const { start, end } = block.body;
  if (offset < start) return false;
  const isBare = 'keys' in block && block.open === undefined && block.keys.length > 0;
  // Without a brace the lines begin below the keys.
  if (isBare && !text.slice(start, offset).includes('\n')) return false;
  return offset <= end || (!isClosedAt(text, end) && isBlank(text, end, offset));
}

function at(offset: number): Range {
  return { start: offset, end: offset };
}

/** The word that the offset is in, or at an end of: rather the one that ends here. Tokens are in order. */
function wordAt(tokens: readonly Token[], offset: number): Token | undefined {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.range.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const token = tokens[low];
  return token !== undefined && token.range.start <= offset ? token : undefined;
}

/** The line whose block holds the offset; a block that never ends holds all that follows. */
function around(lines: readonly Directive[], offset: number, text: string): Directive | undefined {
  const line = lines.findLast(candidate => candidate.range.start <= offset);
  if (line?.block === undefined || offset < line.block.start) return undefined;
  return offset <= line.block.end || !isClosedAt(text, line.block.end) ? line : undefined;
}

function isClosedAt(text: string, end: number): boolean {
  return text.charAt(end) === '}';
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === '';
}

/** Whether no line break stands between the last word of a line's head and the offset. */
function isSameLine(text: string, line: Directive, offset: number): boolean {
  const end = line.block !== undefined && offset > line.block.end ? line.block.end : headEnd(line);
  return offset <= end || !text.slice(end, offset).includes('\n');
}

function headEnd(line: Directive): number {
  return line.args.at(-1)?.range.end ?? line.name.range.end;
}
