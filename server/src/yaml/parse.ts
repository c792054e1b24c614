import * as yaml from 'yaml';
import type { Range } from '../text/range';
import { fastTree } from './fast-tree';
import { goTree, type Refused } from './go-tree';
import { plainValue } from './scalar';
import type { AliasTree, MapTree, Pair, ScalarStyle, ScalarTree, SequenceTree, Tree } from './tree';

export interface Problem {
  readonly range: Range;
  readonly message: string;
}

export interface Parsed {
  readonly root: Tree | undefined;
  readonly problems: readonly Problem[];
}

/** Aliases that make a document stand for more nodes than this are not followed: no honest manifest comes near. */
const expansionLimit = 100_000;

const options = {
  uniqueKeys: false, // quadratic otherwise
  merge: true,
  prettyErrors: false,
  logLevel: 'silent',
  version: '1.2',
  strict: true,
} as const;

/**
 * Parses one document as kubectl reads it. Never throws: what can't be read is a problem, and the rest is still there.
 * What go-yaml refuses the library reads: it words its problems for people, and goes on behind them.
 */
export function parse(text: string): Parsed {
  const fast = fastTree(text);
  if (fast !== undefined) return { root: fast, problems: [] };
  const read = goTree(text);
  if (read !== undefined && read.type !== 'refused' && sizeOf(read) <= expansionLimit)
    return { root: read, problems: [] };
  const parsed = parseWithLibrary(text);
  if (read?.type !== 'refused' || parsed.problems.length > 0 || isJson(text)) return parsed;
  return { ...parsed, problems: [problemOf(read, text)] };
}

/** What kubectl reads; undefined, without a word why, where it doesn't: that is found quickly. */
export function parseReadable(text: string): Parsed | undefined {
  const read = fastTree(text) ?? goTree(text);
  return read === undefined || read.type === 'refused' ? undefined : { root: read, problems: [] };
}

function problemOf({ at, message }: Refused, text: string): Problem {
  const start = clamp(at, text);
  return { range: { start, end: clamp(start + 1, text) }, message: `Not readable for kubectl: ${message}` };
}

/** kubectl reads JSON as such, with escapes that go-yaml does not know. */
function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseWithLibrary(text: string): Parsed {
  const document = composed(text);
  if (document === 'too deep') return { root: undefined, problems: [tooDeep] };
  if (document === undefined) return { root: undefined, problems: [] }; // nothing but comments
  const problems = document.errors.map(error => ({
    range: { start: clamp(error.pos[0], text), end: clamp(Math.max(error.pos[1], error.pos[0]), text) },
    message: error.message,
  }));
  const converter = new Converter(text);
  const root = converter.tree(document.contents);
  if (root === undefined || sizeOf(root) <= expansionLimit) return { root, problems };
  return { root: new Converter(text, 'without aliases').tree(document.contents), problems };
}

const tooDeep: Problem = { range: { start: 0, end: 0 }, message: 'The document is nested too deeply to be read.' };

function composed(text: string): yaml.Document.Parsed | 'too deep' | undefined {
  try {
    return yaml.parseAllDocuments(text, options)[0];
  } catch {
    return 'too deep'; // the library's own recursion ran out of stack
  }
}

const sizeOf = ({ size }: Tree) => size ?? 1;

const isAnchored = ({ anchor }: { anchor?: string }) => anchor !== undefined || undefined;

const clamp = (offset: number, text: string) => Math.max(0, Math.min(offset, text.length));

const maximalDepth = 400;

/** Copies the library's nodes into our tree, and counts what aliases stand for. */
class Converter {
  readonly #anchors = new Map<string, Exclude<Tree, AliasTree> | 'open'>();
  #depth = 0;

  constructor(
    readonly text: string,
    readonly mode: 'with aliases' | 'without aliases' = 'with aliases',
  ) {}

  tree(node: unknown): Tree | undefined {
    if (this.#depth > maximalDepth) return undefined;
    this.#depth++;
    try {
      if (yaml.isAlias(node)) return this.#alias(node);
      if (!yaml.isScalar(node) && !yaml.isMap(node) && !yaml.isSeq(node)) return undefined;
      const anchor = node.anchor;
      if (anchor !== undefined) this.#anchors.set(anchor, 'open');
      const tree = yaml.isScalar(node) ? this.#scalar(node) : yaml.isMap(node) ? this.#map(node) : this.#sequence(node);
      if (anchor !== undefined) this.#anchors.set(anchor, tree);
      return tree;
    } finally {
      this.#depth--;
    }
  }

  #alias(node: yaml.Alias): AliasTree {
    const found = this.#anchors.get(node.source);
    const [start, end] = span(node);
    const size = found === 'open' ? Infinity : (found?.size ?? 1);
    const target = found === 'open' || this.mode === 'without aliases' ? undefined : found;
    return { type: 'alias', start, end, size: this.mode === 'without aliases' ? 1 : size, target };
  }

  #scalar(node: yaml.Scalar): ScalarTree {
    const [start, end] = span(node);
    const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
    return {
      type: 'scalar',
      start,
      end,
      anchored: isAnchored(node),
      value: this.#endsUnfinished(style, end) ? withoutLineEnd(scalarValue(node, style)) : scalarValue(node, style),
      style,
    };
  }

  /** A block scalar in the last line of a file that has no line end: go-yaml adds none, other than the library. */
  #endsUnfinished(style: ScalarStyle, end: number): boolean {
    return (style === 'literal' || style === 'folded') && end === this.text.length && !this.text.endsWith('\n');
  }

  #map(node: yaml.YAMLMap): MapTree {
    const [start, end] = span(node);
    let size = 1;
    const pairs: Pair[] = [];
    for (const pair of node.items) {
      if (!yaml.isScalar(pair.key)) continue; // a collection as a key: nothing that Kubernetes reads
      const key = this.#scalar(pair.key);
      const value = this.tree(pair.value);
      size += value?.size ?? 1;
      const written =
        value !== undefined && !(value.type === 'scalar' && value.start === value.end) ? value : undefined;
      pairs.push({ key, value: written, colonEnd: this.#colonEnd(key.end, written?.start ?? end) });
    }
    return { type: 'map', start, end, anchored: isAnchored(node), size, flow: node.flow === true, pairs };
  }

  #colonEnd(from: number, to: number): number {
    const colon = this.text.indexOf(':', from);
    return colon === -1 || colon >= Math.max(to, from + 1) ? from : colon + 1;
  }

  #sequence(node: yaml.YAMLSeq): SequenceTree {
    const [start, end] = span(node);
    let size = 1;
    const items: (Tree | undefined)[] = [];
    const dashes: number[] = [];
    const flow = node.flow === true;
    for (const item of node.items) {
      const tree = yaml.isPair(item) ? undefined : this.tree(item);
      size += tree?.size ?? 1;
      items.push(tree);
      if (!flow && tree !== undefined) dashes.push(this.#dashBefore(tree.start, dashes.at(-1) ?? start - 1));
      else dashes.push(-1);
    }
    return { type: 'sequence', start, end, anchored: isAnchored(node), size, flow, items, dashes };
  }

  /** The dash of a block item: the last `-` that stands alone between the item before and the item. */
  #dashBefore(start: number, previous: number): number {
    for (let i = start - 1; i > previous; i--) {
      if (this.text[i] !== '-') continue;
      const lineStart = this.text.lastIndexOf('\n', i - 1) + 1;
      if (/^[ \t]*(?:- *)*$/.test(this.text.slice(lineStart, i)) && /[\s]/.test(this.text[i + 1] ?? ' ')) return i;
    }
    return -1;
  }
}

const styles: Record<string, ScalarStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function scalarValue(node: yaml.Scalar, style: ScalarStyle): ScalarTree['value'] {
  const source = node.source ?? '';
  if (style !== 'plain') return typeof node.value === 'string' ? node.value : source;
  if (node.tag === 'tag:yaml.org,2002:str' || node.tag === '!') return source;
  return plainValue(source);
}

const withoutLineEnd = (value: ScalarTree['value']) => (typeof value === 'string' ? value.replace(/\n$/, '') : value);

function span(node: { range?: readonly [number, number, number] | null | undefined }): readonly [number, number] {
  const range = node.range;
  return range ? [range[0], range[1]] : [0, 0];
}
