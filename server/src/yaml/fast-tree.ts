import {
  apostrophe,
  bar,
  carriageReturn,
  closeList,
  closeMap,
  colon,
  comma,
  dash,
  dot,
  FastCursor,
  greater,
  hash,
  isBlankOrEnd,
  isEnd,
  lineFeed,
  odd,
  openList,
  openMap,
  other,
  question,
  quote,
  space,
  tab,
} from './fast-cursor';
import { blockScalar, indicators, plainLines, plainScalar, quotedScalar, scalarTree } from './fast-scalars';
import { plainValue } from './scalar';
import type { MapTree, Pair, ScalarTree, SequenceTree, Tree } from './tree';

/**
 * The tree of a document that is written as nearly all are, three times faster than `goTree` and the same to the last
 * offset; undefined where anything is not plainly of the subset: properties, tabs, directives, complex keys, `<<`,
 * indentation indicators, rare escapes, and all that go-yaml refuses. `test/fast-tree.test.ts` holds the two against
 * each other. Lists that grew have room for more: what stays is a copy without it.
 */
export function fastTree(text: string): Tree | undefined {
  return odd.test(text) ? undefined : new FastReader(text).document();
}

const maximalDepth = 200;
const longestKey = 1000;

class FastReader extends FastCursor {
  #depth = 0;

  document(): Tree | undefined {
    try {
      this.skip();
      if (this.isMarker()) {
        if (this.text.charCodeAt(this.at) === dot) return undefined;
        this.at += 3;
        this.skipLineEnd();
        this.skip();
      }
      if (this.at >= this.text.length) return undefined;
      const root = this.#node(-1);
      return this.at < this.text.length ? undefined : root;
    } catch (error) {
      if (error === other) return undefined;
      throw error;
    }
  }

  /** The node that begins here, in a block that stands at a column; behind it, at the next text. */
  #node(parent: number): Tree {
    if (this.isMarker() || ++this.#depth > maximalDepth) this.refuse();
    const code = this.text.charCodeAt(this.at);
    const isEntry = code === dash && isBlankOrEnd(this.text.charCodeAt(this.at + 1));
    const tree = isEntry ? this.#sequence(this.column, 'indented') : this.#mapOrValue(parent);
    this.#depth--;
    return tree;
  }

  #mapOrValue(parent: number): Tree {
    const column = this.column;
    const code = this.text.charCodeAt(this.at);
    if (code === openList || code === openMap || code === bar || code === greater) return this.#value(parent);
    const lineStart = this.lineStart;
    const scalar = this.#key();
    if (this.lineStart === lineStart && this.colonEnd() !== undefined) return this.#map(column, scalar);
    return this.#finished(scalar.style === 'plain' ? plainLines(this, scalar, parent) : scalar);
  }

  #map(column: number, first: ScalarTree): MapTree {
    const pairs: Pair[] = [];
    let size = 1;
    for (let key = first; ; key = this.#key()) {
      const colonEnd = this.colonEnd();
      if (colonEnd === undefined || key.start < this.lineStart || colonEnd - key.start > longestKey) this.refuse();
      if (key.value === null || (key.value === '<<' && key.style === 'plain')) this.refuse();
      this.at = this.end = colonEnd;
      const value = this.#valueOf(column);
      size += value?.size ?? 1;
      pairs.push({ key, value, colonEnd });
      if (this.at >= this.text.length || this.column < column) break;
      if (this.column > column || this.isMarker()) this.refuse();
    }
    const end = this.end;
    this.end = this.at;
    return { type: 'map', start: first.start, end, size, flow: false, pairs: pairs.slice() };
  }

  #key(): ScalarTree {
    const code = this.text.charCodeAt(this.at);
    return code === quote || code === apostrophe ? quotedScalar(this, code) : plainScalar(this);
  }

  /** What stands behind a colon. */
  #valueOf(column: number): Tree | undefined {
    if (!this.isLineEnd()) {
      const { text } = this;
      if (text.charCodeAt(this.at) === dash && isBlankOrEnd(text.charCodeAt(this.at + 1))) this.refuse();
      return this.#value(column);
    }
    this.skip();
    if (this.at >= this.text.length) return undefined;
    if (this.column > column) return this.#node(column);
    const isEntry =
      this.column === column &&
      this.text.charCodeAt(this.at) === dash &&
      isBlankOrEnd(this.text.charCodeAt(this.at + 1));
    return isEntry ? this.#sequence(column, 'indentless') : undefined;
  }

  #sequence(column: number, kind: 'indented' | 'indentless'): SequenceTree {
    const { text } = this;
    const start = this.at;
    const items: Tree[] = [];
    const dashes: number[] = [];
    let size = 1;
    for (;;) {
      dashes.push(this.at);
      this.at = this.end = this.at + 1;
      const item = this.#item(column);
      size += item.size ?? 1;
      items.push(item);
      if (this.at >= text.length || this.column < column) break;
      if (this.column > column || this.isMarker()) this.refuse();
      if (text.charCodeAt(this.at) !== dash || !isBlankOrEnd(text.charCodeAt(this.at + 1))) {
        if (kind === 'indented') this.refuse();
        break;
      }
    }
    const end = this.end;
    if (kind === 'indented') this.end = this.at;
    return { type: 'sequence', start, end, size, flow: false, items: items.slice(), dashes: dashes.slice() };
  }

  #item(column: number): Tree {
    const behind = this.at;
    if (!this.isLineEnd()) return this.#node(column);
    this.skip();
    if (this.at < this.text.length && this.column > column) return this.#node(column);
    return scalarTree(behind, behind, null, 'plain');
  }

  /** A value that is no block collection; behind it, at the next text. */
  #value(parent: number): Tree {
    const code = this.text.charCodeAt(this.at);
    if (code === bar || code === greater) return blockScalar(this, parent);
    if (code === openList || code === openMap) return this.#finished(this.#flow());
    return this.#finished(
      code === quote || code === apostrophe ? quotedScalar(this, code) : plainLines(this, plainScalar(this), parent),
    );
  }

  #finished<T extends Tree>(tree: T): T {
    this.end = tree.end;
    this.skipLineEnd();
    this.skip();
    return tree;
  }

  /** A collection in brackets; behind it. */
  #flow(): Tree {
    if (++this.#depth > maximalDepth) this.refuse();
    const tree = this.text.charCodeAt(this.at) === openList ? this.#flowList() : this.#flowMap();
    if (this.text.charCodeAt(this.at) === hash) this.refuse();
    this.#depth--;
    return tree;
  }

  #flowList(): SequenceTree {
    const start = this.at++;
    const items: Tree[] = [];
    let size = 1;
    while (this.#flowCode() !== closeList) {
      if (items.length > 0) this.#takeComma();
      if (this.#flowCode() === closeList) break;
      const item = this.#flowNode();
      size += item.size ?? 1;
      items.push(item);
    }
    const end = ++this.at;
    return { type: 'sequence', start, end, size, flow: true, items: items.slice(), dashes: items.map(() => -1) };
  }

  #flowMap(): MapTree {
    const start = this.at++;
    const pairs: Pair[] = [];
    let size = 1;
    while (this.#flowCode() !== closeMap) {
      if (pairs.length > 0) this.#takeComma();
      if (this.#flowCode() === closeMap) break;
      const line = this.lineStart;
      const key = this.#flowNode();
      if (key.type !== 'scalar' || key.value === null || (key.value === '<<' && key.style === 'plain')) this.refuse();
      while (this.text.charCodeAt(this.at) === space) this.at++;
      if (this.text.charCodeAt(this.at) !== colon || line !== this.lineStart) this.refuse();
      if (this.at - key.start > longestKey) this.refuse();
      const colonEnd = ++this.at;
      const code = this.#flowCode();
      const value = code === comma || code === closeMap ? undefined : this.#flowNode();
      size += value?.size ?? 1;
      pairs.push({ key, value, colonEnd });
    }
    const end = ++this.at;
    return { type: 'map', start, end, size, flow: true, pairs: pairs.slice() };
  }

  /** The next character in brackets, over blanks and line ends. */
  #flowCode(): number {
    const { text } = this;
    for (;;) {
      let code = text.charCodeAt(this.at);
      while (code === space) code = text.charCodeAt(++this.at);
      if (code === carriageReturn) code = text.charCodeAt(++this.at);
      if (code === lineFeed) {
        this.lineStart = ++this.at;
        if (this.isMarker()) this.refuse();
      } else return code;
    }
  }

  #takeComma(): void {
    if (this.#flowCode() !== comma) this.refuse();
    this.at++;
  }

  #flowNode(): Tree {
    const { text } = this;
    const code = text.charCodeAt(this.at);
    if (code === openList || code === openMap) return this.#flow();
    if (code === quote || code === apostrophe) return quotedScalar(this, code);
    if (indicators.has(code) || code === question || code === colon || Number.isNaN(code)) this.refuse();
    const start = this.at;
    if (code === dash && !isWord(text.charCodeAt(start + 1))) this.refuse();
    const end = this.#flowWords();
    this.at = end;
    // Words of the next line belong to it, too.
    const line = this.lineStart;
    const next = this.#flowCode();
    if (line !== this.lineStart && next !== comma && next !== closeList && next !== closeMap) this.refuse();
    if (next === hash) this.refuse();
    return scalarTree(start, end, plainValue(text.slice(start, end)), 'plain');
  }

  #flowWords(): number {
    const { text } = this;
    let end = this.at;
    for (let at = end; ; at++) {
      const code = text.charCodeAt(at);
      if (isEnd(code) || code === comma || code === closeList || code === closeMap) break;
      if (code === colon && isBlankOrEnd(text.charCodeAt(at + 1))) break;
      if (code === openList || code === openMap || code === question || code === tab) this.refuse();
      if (code === hash && end < at) this.refuse();
      if (code !== space) end = at + 1;
    }
    return end;
  }
}

/** A letter or digit, or what else a value behind a minus begins with. */
const isWord = (code: number) => code > 0x20 && code !== comma && code !== closeList && code !== closeMap;
