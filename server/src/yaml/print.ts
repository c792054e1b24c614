import * as yaml from 'yaml';
import { plainValue } from './scalar';

/** How the lines around look. */
export interface Layout {
  /** Spaces that one level adds. */
  readonly step: number;
  /** Spaces that a block sequence adds to the key it stands under. */
  readonly sequenceStep: number;
}

export const usualLayout: Layout = { step: 2, sequenceStep: 2 };

/** A value with the lines in which it stands elsewhere, from the left edge. */
export class Verbatim {
  constructor(
    readonly lines: readonly string[],
    /** What stands above them. */
    readonly comments: readonly string[],
    /** Where a value begins that has a key: block collections stand in lines of their own. */
    readonly place: 'behind' | 'below',
    readonly isSequence: boolean,
    readonly value: unknown,
  ) {}

  get hasComments(): boolean {
    return this.comments.length > 0 || this.lines.some(line => /(?:^|\s)#/.test(line));
  }

  /** Whether it stands on one line, so that it may stand inside `{}` and `[]` as it is. */
  get isLine(): boolean {
    return this.place === 'behind' && this.lines.length === 1 && !this.hasComments;
  }
}

/** Whether something holds for each part of a value that is taken from elsewhere. */
export function everyPart(value: unknown, holds: (part: Verbatim) => boolean): boolean {
  if (value instanceof Verbatim) return holds(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(each => everyPart(each, holds));
}

/** Block YAML lines of a value, without a line end at the end. */
export function printBlock(value: unknown, layout: Layout): string[] {
  const parts: Verbatim[] = [];
  return printPlain(withMarks(value, parts), layout).flatMap(line => {
    const match = mark.exec(line);
    const part = match && parts[Number(match[2])];
    return part ? verbatimAt(match[1] ?? '', part, layout) : [line];
  });
}

/** Stands for a value that is not printed, in characters that nobody writes. */
const mark = /^(.*)\ue000(\d+)\ue000$/;

function withMarks(value: unknown, parts: Verbatim[]): unknown {
  if (value instanceof Verbatim) return `\ue000${parts.push(value) - 1}\ue000`;
  if (Array.isArray(value)) return value.map(item => withMarks(item, parts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withMarks(item, parts)]));
}

/** The lines of a part behind what is printed before it: a key, a dash, or both. */
function verbatimAt(before: string, { lines, comments, place, isSequence }: Verbatim, layout: Layout): string[] {
  const outer = /^ */.exec(before)?.[0] ?? '';
  const inner = /^[ -]*/.exec(before)?.[0].length ?? 0;
  const [first = '', ...others] = lines;
  const above = comments.map(comment => outer + comment);
  if (place === 'behind') return [...above, before + first, ...shifted(others, inner)];
  const isItem = before.length === inner;
  if (isItem) return [...above, before + first, ...shifted(others, inner)];
  return [...above, before.trimEnd(), ...shifted(lines, inner + (isSequence ? layout.sequenceStep : layout.step))];
}

export function indented(lines: readonly string[], column: number, eol: string): string {
  return shifted(lines, column).join(eol);
}

const shifted = (lines: readonly string[], column: number) =>
  lines.map(line => (line === '' ? '' : ' '.repeat(column) + line));

function printPlain(value: unknown, layout: Layout): string[] {
  const document = new yaml.Document(value, { version: '1.2', aliasDuplicateObjects: false });
  yaml.visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      if (!node.value.includes('\n') && needsQuotes(node.value)) node.type = 'QUOTE_DOUBLE';
    },
    Map(_, node) {
      if (node.items.length === 0) node.flow = true;
    },
    Seq(_, node) {
      if (node.items.length === 0) node.flow = true;
    },
  });
  const text = document.toString({
    indent: Math.max(layout.step, 2),
    indentSeq: layout.sequenceStep > 0,
    lineWidth: 0,
    flowCollectionPadding: false,
  });
  return text.replace(/\n$/, '').split('\n');
}

/** A value on one line, as it may stand inside `{}` and `[]`. */
export function printFlow(value: unknown): string {
  if (value instanceof Verbatim) return value.isLine ? value.lines.join('') : printFlow(value.value);
  if (typeof value === 'string') return needsQuotes(value) || /[,[\]{}]/.test(value) ? JSON.stringify(value) : value;
  if (Array.isArray(value)) return `[${value.map(printFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${printFlow(key)}: ${printFlow(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}

/** Whether plain text would be read as something else than this string, here or by the API server. */
export function needsQuotes(text: string): boolean {
  if (typeof plainValue(text) !== 'string') return true;
  if (/^[\s\-?:,[\]{}#&*!|>'"%@`]/.test(text) && !/^[-?:][^\s,[\]{}]/.test(text)) return true;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters can't stand in plain scalars
  return /: |:$| #|\s$|[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) || /^(?:---|\.\.\.)/.test(text);
}
