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

/** Block YAML lines of a value, without a line end at the end. */
export function printBlock(value: unknown, layout: Layout): string[] {
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
