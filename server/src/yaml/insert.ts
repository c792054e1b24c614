import { memo } from '../text/maps';
import type { TextEdit } from '../text/range';
import type { YamlDocument } from './document';
import { columnOf, layoutOf, lineEndAt, lineEndOf } from './layout';
import type { Node } from './node';
import { everyPart, indented, type Layout, printBlock, printFlow } from './print';
import type { MapTree, SequenceTree, Tree } from './tree';

/** What a fix adds below a written node: keys (or indexes) with their values, and comment lines above them. */
export interface Pending {
  readonly values: { [key: string]: unknown };
  readonly comments: Map<string, string>;
}

/** The edits that write new fields below an existing place; undefined where that can't be done exactly. */
export function additionsAt(anchor: Node, { values, comments }: Pending): TextEdit[] | undefined {
  const { document } = anchor;
  const text = document.text;
  if (hasTabs(document)) return undefined;
  const tree = anchor.tree;
  const layout = layoutOf(document);
  const eol = lineEndOf(text);
  if (tree === undefined) return intoNull(anchor, values, comments, layout, eol);
  if (tree.type === 'map') {
    if (tree.flow && tree.pairs.length > 0) return intoFlow(text, tree, printEntries(values));
    if (tree.flow) return intoEmptyFlow(anchor, tree, values, comments, layout, eol);
    const first = tree.pairs[0];
    if (first === undefined || text[first.key.start - 2] === '?') return undefined;
    const lines = printEntriesBlock(values, comments, layout);
    return [after(text, tree, indented(lines, columnOf(text, first.key.start), eol), eol)];
  }
  if (tree.type === 'sequence') {
    const items = Object.values(values);
    if (tree.flow && tree.items.length > 0) return intoFlow(text, tree, items.map(printFlow).join(', '));
    if (tree.flow) return intoEmptyFlow(anchor, tree, values, comments, layout, eol);
    const dash = tree.dashes[0] ?? -1;
    if (dash < 0) return undefined;
    const isInFlow = tree.items.every(isFlow) && everyPart(items, part => part.isLine);
    const lines = isInFlow ? items.map(item => inFlowAs(text, tree, item)) : printBlock(items, layout);
    return [after(text, tree, indented(lines, columnOf(text, dash), eol), eol)];
  }
  return tree.value === null ? intoNull(anchor, values, comments, layout, eol) : undefined;
}

const isFlow = (tree: Tree | undefined) =>
  tree !== undefined && tree.type !== 'scalar' && tree.type !== 'alias' && tree.flow;

/** An item on one line, as those before it are: `- { port: 53 }`. */
function inFlowAs(text: string, { items: [first] }: SequenceTree, item: unknown): string {
  const flow = printFlow(item);
  const isPadded = first !== undefined && /^[[{] /.test(text.slice(first.start, first.start + 2));
  return `- ${isPadded ? flow.replace(/^([[{])(.*)([\]}])$/s, '$1 $2 $3') : flow}`;
}

const hasTabs = memo(
  ({ text }: YamlDocument) => /^\t+\S/m.test(text),
  ({ reading }) => reading,
);

/** The value of a key behind which nothing is written. */
export function valueBehindColon(node: Node, value: unknown): TextEdit[] | undefined {
  const { document, pair } = node;
  if (pair === undefined || document.text[pair.colonEnd - 1] !== ':') return undefined;
  const isBlock =
    typeof value === 'object' && value !== null && !insideFlow(node.parent) && Object.keys(value).length > 0;
  const at = { start: pair.colonEnd, end: pair.colonEnd };
  if (!isBlock) return [{ range: at, text: ` ${printFlow(value)}` }];
  return intoNull(node, { ...value }, new Map(), layoutOf(document), lineEndOf(document.text));
}

/** Whole lines behind the last line of a collection: comments that follow it stay where they are. */
function after(text: string, tree: MapTree | SequenceTree, lines: string, eol: string): TextEdit {
  const at = lineEndAt(text, contentEnd(tree, text));
  return { range: { start: at, end: at }, text: `${eol}${lines}` };
}

/** Where the last written character of a tree ends; trailing blank lines of a block scalar only where they count. */
export function contentEnd(tree: Tree, text: string): number {
  if (tree.type === 'map' && !tree.flow) {
    const last = tree.pairs.at(-1);
    return last?.value ? contentEnd(last.value, text) : (last?.colonEnd ?? tree.end);
  }
  if (tree.type === 'sequence' && !tree.flow) {
    const last = tree.items.at(-1);
    return last ? contentEnd(last, text) : Math.max((tree.dashes.at(-1) ?? -1) + 1, tree.start);
  }
  if (tree.type === 'scalar' && (tree.style === 'literal' || tree.style === 'folded')) {
    const source = text.slice(tree.start, tree.end);
    const keeps = /^[|>][1-9]?\+/.test(source);
    const trimmed = keeps ? source.replace(/\r?\n$/, '') : source.trimEnd();
    return tree.start + trimmed.length;
  }
  return tree.end;
}

function intoNull(
  anchor: Node,
  values: Pending['values'],
  comments: Pending['comments'],
  layout: Layout,
  eol: string,
): TextEdit[] | undefined {
  const pair = anchor.pair;
  const text = anchor.document.text;
  if (pair === undefined || text[pair.colonEnd - 1] !== ':') return undefined;
  const column = columnOf(text, pair.key.start);
  const written = anchor.tree;
  const isList = Object.keys(values).every(key => /^[0-9]+$/.test(key));
  const value = isList ? Object.values(values) : values;
  const lines = isList ? printBlock(value, layout) : printEntriesBlock(values, comments, layout);
  const block = indented(lines, column + (isList ? layout.sequenceStep : layout.step), eol);
  const at = lineEndAt(text, pair.colonEnd);
  const added = { range: { start: at, end: at }, text: `${eol}${block}` };
  if (written === undefined) return [added];
  return [{ range: { start: pair.colonEnd, end: written.end }, text: '' }, added];
}

function intoEmptyFlow(
  anchor: Node,
  tree: MapTree | SequenceTree,
  values: Pending['values'],
  comments: Pending['comments'],
  layout: Layout,
  eol: string,
): TextEdit[] | undefined {
  const pair = anchor.pair;
  const text = anchor.document.text;
  if (pair === undefined || insideFlow(anchor.parent) || text.slice(pair.colonEnd, tree.start).includes('\n')) {
    return [
      {
        range: { start: tree.start, end: tree.end },
        text: printFlow(tree.type === 'sequence' ? Object.values(values) : values),
      },
    ];
  }
  const isList = tree.type === 'sequence';
  const lines = isList ? printBlock(Object.values(values), layout) : printEntriesBlock(values, comments, layout);
  const column = columnOf(text, pair.key.start) + (isList ? layout.sequenceStep : layout.step);
  const at = lineEndAt(text, tree.end);
  return [
    { range: { start: pair.colonEnd, end: tree.end }, text: '' },
    { range: { start: at, end: at }, text: `${eol}${indented(lines, column, eol)}` },
  ];
}

export function insideFlow(node: Node | undefined): boolean {
  for (let at = node; at !== undefined; at = at.parent) {
    const tree = at.tree;
    if ((tree?.type === 'map' || tree?.type === 'sequence') && tree.flow) return true;
  }
  return false;
}

function intoFlow(text: string, tree: MapTree | SequenceTree, addition: string): TextEdit[] | undefined {
  const last = tree.type === 'map' ? tree.pairs.at(-1) : tree.items.at(-1);
  if (last === undefined) return undefined;
  const end = 'key' in last ? (last.value?.end ?? last.colonEnd) : last.end;
  const comma = /^\s*,/.exec(text.slice(end, tree.end));
  const at = end + (comma?.[0].length ?? 0);
  return [{ range: { start: at, end: at }, text: comma ? ` ${addition},` : `, ${addition}` }];
}

const printEntries = (values: Pending['values']) => printFlow(values).slice(1, -1);

function printEntriesBlock(values: Pending['values'], comments: Pending['comments'], layout: Layout): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const comment = comments.get(key);
    const lines = printBlock({ [key]: value }, layout);
    return comment === undefined ? lines : [`# ${comment}`, ...lines];
  });
}
