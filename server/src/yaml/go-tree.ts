import { Refusal } from './go-cursor';
import { type Token, type TokenType, tokensOf } from './go-tokens';
import { plainValue } from './scalar';
import type { AliasTree, MapTree, Pair, ScalarTree, ScalarValue, SequenceTree, Tree } from './tree';

/** What go-yaml has against a document, and where. */
export interface Refused {
  readonly type: 'refused';
  readonly message: string;
  readonly at: number;
}

/** What go-yaml reads, and so kubectl; undefined where nothing is written, or more deeply nested than anybody writes. */
export function goTree(text: string): Tree | Refused | undefined {
  try {
    const invalid = text.search(unprintable);
    if (invalid >= 0) throw new Refusal('control characters are not allowed', invalid);
    return new Reader(text, tokensOf(text)).document();
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    if (!(error instanceof Refusal)) throw error;
    return { type: 'refused', message: error.message, at: error.at };
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about them
const unprintable = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

const maximalDepth = 400;

class TooDeep extends Error {}

interface Properties {
  readonly anchor: Token | undefined;
  readonly tag: Token | undefined;
}

/** Where a node stands: only in a block may one begin, and only below a key may a list stand as far left as the key. */
type Context = 'block' | 'below a key' | 'flow';

/** Line ends that only go-yaml takes for such: edits count lines without them. */
const oddBreak = /\r(?!\n)|[\x85\u2028\u2029]/;

/**
 * Reads tokens by go-yaml's grammar (parserc.go), and builds our tree. What is written in a way that no edit is exact
 * in, such as a comment that sticks to a value, is said to be anchored: that keeps edits away.
 */
class Reader {
  #index = 0;
  #depth = 0;
  readonly #anchors = new Map<string, Exclude<Tree, AliasTree> | 'open'>();

  constructor(
    readonly text: string,
    readonly tokens: readonly Token[],
  ) {}

  document(): Tree | undefined {
    if (this.#is('end')) return undefined;
    const root = this.#node('block');
    if (!this.#is('end')) this.#refuse('did not find expected <document start>');
    return oddBreak.test(this.text) ? { ...root, anchored: true } : root;
  }

  get #token(): Token {
    const token = this.tokens[this.#index];
    if (token === undefined) throw new Refusal('found unexpected end of stream', this.tokens.at(-1)?.end ?? 0);
    return token;
  }

  #is(...types: readonly TokenType[]): boolean {
    return types.includes(this.#token.type);
  }

  #take(): Token {
    const token = this.#token;
    this.#index++;
    return token;
  }

  /** Takes a token of that type, if that is the next. */
  #taken(type: TokenType): Token | undefined {
    return this.#is(type) ? this.#take() : undefined;
  }

  #refuse(message: string): never {
    throw new Refusal(message, this.#token.start);
  }

  #node(context: Context): Tree {
    const alias = this.#taken('alias');
    if (alias) return this.#alias(alias);
    if (this.#depth >= maximalDepth) throw new TooDeep();
    const properties = this.#properties();
    const name = properties.anchor?.value;
    if (name !== undefined) this.#anchors.set(name, 'open');
    this.#depth++;
    const content = this.#content(context, properties);
    const tree: Exclude<Tree, AliasTree> = this.#hasGluedComment(content) ? { ...content, anchored: true } : content;
    this.#depth--;
    if (name !== undefined) this.#anchors.set(name, tree);
    return tree;
  }

  #hasGluedComment(tree: Exclude<Tree, AliasTree>): boolean {
    const isBlock = tree.type === 'scalar' ? tree.style === 'literal' || tree.style === 'folded' : !tree.flow;
    return !isBlock && this.text[tree.end] === '#';
  }

  #alias({ start, end, value }: Token): AliasTree {
    const target = this.#anchors.get(value);
    if (target === undefined) throw new Refusal(`unknown anchor '${value}' referenced`, start);
    if (target === 'open') throw new Refusal(`anchor '${value}' value contains itself`, start);
    return { type: 'alias', start, end, size: target.size ?? 1, target };
  }

  #properties(): Properties {
    const early = this.#taken('anchor');
    const tag = this.#taken('tag');
    return { anchor: early ?? this.#taken('anchor'), tag };
  }

  #content(context: Context, properties: Properties): Exclude<Tree, AliasTree> {
    const anchored = properties.anchor !== undefined || undefined;
    if (context === 'below a key' && this.#is('entry')) return this.#blockSequence(anchored, 'indentless');
    if (this.#is('scalar')) return scalarOf(this.#take(), properties);
    if (this.#is('[')) return this.#flowSequence(anchored);
    if (this.#is('{')) return this.#flowMap(anchored);
    if (context !== 'flow' && this.#is('block-sequence')) return this.#blockSequence(anchored, 'indented');
    if (context !== 'flow' && this.#is('block-map')) return this.#blockMap(anchored);
    // Of a tag alone is made a scalar, which is written where the tag is.
    if (properties.tag) return scalarOf({ ...properties.tag, type: 'scalar', value: '' }, properties);
    if (!anchored) this.#refuse('did not find expected node content');
    return { ...empty(this.#endBefore), anchored };
  }

  /** Where the token before ends. */
  get #endBefore(): number {
    return this.tokens[this.#index - 1]?.end ?? 0;
  }

  #blockSequence(anchored: true | undefined, kind: 'indented' | 'indentless'): SequenceTree {
    const { start } = kind === 'indented' ? this.#take() : this.#token;
    const items: Tree[] = [];
    const dashes: number[] = [];
    while (this.#is('entry')) {
      const dash = this.#take();
      dashes.push(dash.start);
      const isEmpty = this.#is('entry', 'block-end') || (kind === 'indentless' && this.#is('key', 'value'));
      items.push(isEmpty ? empty(dash.end) : this.#node('block'));
    }
    const end = this.#endBefore;
    if (kind === 'indented' && !this.#taken('block-end')) this.#refuse("did not find expected '-' indicator");
    return { type: 'sequence', start, end, anchored, size: sizeOf(items), flow: false, items, dashes };
  }

  #blockMap(anchored: true | undefined): MapTree {
    this.#take();
    const first = this.#token;
    const pairs: Pair[] = [];
    while (this.#is('key')) {
      this.#take();
      const key = this.#is('key', 'value', 'block-end') ? this.#noKey() : this.#key('below a key');
      pairs.push(this.#pair(key, 'below a key', 'key', 'value', 'block-end'));
    }
    const end = this.#endBefore;
    if (!this.#taken('block-end')) this.#refuse('did not find expected key');
    // A `?` is written; else its properties are the key's, and the mapping begins with the key.
    const start = first.end > first.start ? first.start : (pairs[0]?.key.start ?? first.start);
    return { type: 'map', start, end, anchored, size: sizeOfPairs(pairs), flow: false, pairs };
  }

  #flowSequence(anchored: true | undefined): SequenceTree {
    const { start } = this.#take();
    const items: Tree[] = [];
    while (!this.#is(']')) {
      if (items.length > 0 && !this.#taken(',')) this.#refuse("did not find expected ',' or ']'");
      if (this.#is(']')) break;
      items.push(this.#is('key') ? this.#singlePair() : this.#node('flow'));
    }
    const { end } = this.#take();
    const dashes = items.map(() => -1);
    return { type: 'sequence', start, end, anchored, size: sizeOf(items), flow: true, items, dashes };
  }

  /** `[a: b]` is a list of one mapping. */
  #singlePair(): MapTree {
    this.#take();
    const key = this.#is('value', ',', ']') ? this.#noKey() : this.#key('flow');
    const pairs = [this.#pair(key, 'flow', ',', ']')];
    const { start } = key;
    // It has no braces to put another field into.
    return { type: 'map', start, end: this.#endBefore, anchored: true, size: sizeOfPairs(pairs), flow: true, pairs };
  }

  #flowMap(anchored: true | undefined): MapTree {
    const { start } = this.#take();
    let isStuck = anchored;
    const pairs: Pair[] = [];
    while (!this.#is('}')) {
      if (pairs.length > 0 && !this.#taken(',')) this.#refuse("did not find expected ',' or '}'");
      if (this.#is('}')) break;
      if (this.#taken('key')) {
        const key = this.#is('value', ',', '}') ? this.#noKey() : this.#key('flow');
        pairs.push(this.#pair(key, 'flow', ',', '}'));
      } else {
        const key = this.#key('flow');
        // In `{a:, b}` the colon is a part of the key, and what is put behind it would end that.
        isStuck ||= this.text[key.end - 1] === ':' || undefined;
        pairs.push({ key, value: undefined, colonEnd: key.end });
      }
    }
    const { end } = this.#take();
    return { type: 'map', start, end, anchored: isStuck, size: sizeOfPairs(pairs), flow: true, pairs };
  }

  /** What stands behind a key, up to a token of these types. */
  #pair(key: ScalarTree, context: Context, ...ends: readonly TokenType[]): Pair {
    const colon = this.#taken('value');
    if (colon === undefined) return { key, value: undefined, colonEnd: key.end };
    const value = this.#is(...ends) ? undefined : this.#node(context);
    if (isMerge(key) && !isMergeable(value)) {
      throw new Refusal('map merge requires map or sequence of maps as the value', key.start);
    }
    const isWritten = value !== undefined && value.end > value.start;
    return { key, value: isWritten ? value : undefined, colonEnd: colon.end };
  }

  #key(context: Context): ScalarTree {
    const tree = this.#node(context);
    const scalar = tree.type === 'alias' ? tree.target : tree;
    if (scalar?.type !== 'scalar' || scalar.value === null) throw new Refusal('invalid map key', tree.start);
    return { ...scalar, start: tree.start, end: tree.end, anchored: tree.anchored };
  }

  #noKey(): never {
    return this.#refuse('invalid map key');
  }
}

const empty = (at: number): ScalarTree => ({
  type: 'scalar',
  start: at,
  end: at,
  value: null,
  style: 'plain',
});

const sizeOf = (items: readonly Tree[]) => items.reduce((sum, { size = 1 }) => sum + size, 1);
const sizeOfPairs = (pairs: readonly Pair[]) => pairs.reduce((sum, { value }) => sum + (value?.size ?? 1), 1);

const isMerge = ({ value, style }: ScalarTree) => value === '<<' && style === 'plain';

function isMergeable(value: Tree | undefined): boolean {
  const content = value?.type === 'alias' ? value.target : value;
  if (content?.type !== 'sequence') return content?.type === 'map';
  return content.items.every(item => (item?.type === 'alias' ? item.target : item)?.type === 'map');
}

function scalarOf({ start, end, value, style = 'plain' }: Token, { anchor, tag }: Properties): ScalarTree {
  const read = tag ? taggedValue(value, tag.value, start) : style === 'plain' ? plainValue(value) : value;
  const tree: ScalarTree = { type: 'scalar', start, end, value: read, style };
  return anchor === undefined ? tree : { ...tree, anchored: true };
}

const typeTag = /^(?:!!|!<tag:yaml\.org,2002:)(int|float|bool|null)>?$/;

/** A tag of YAML's own types counts for more than quotes do; all others make a string. */
function taggedValue(source: string, tag: string, at: number): ScalarValue {
  const type = typeTag.exec(tag)?.[1];
  if (type === undefined) return source;
  const value = plainValue(source);
  const fits =
    type === 'null'
      ? value === null
      : type === 'bool'
        ? typeof value === 'boolean'
        : typeof value === 'number' && (type === 'float' || Number.isInteger(value));
  if (!fits) throw new Refusal(`cannot decode '${source}' as a !!${type}`, at);
  return value;
}
