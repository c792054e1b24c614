import { add } from '../text/maps';
import type { Range } from '../text/range';
import { moved } from '../text/range';
import { type Node, rootNode } from './node';
import { type Parsed, type Problem, parse, parseReadable } from './parse';
import { moveTo, saysTheSame } from './same';

export type { Problem } from './parse';

/**
 * The value of a string scalar as a text of its own, and the way back: a range of the value as a range of the
 * document. Exact for all five styles, CRLF included.
 */
export interface EmbeddedText {
  readonly text: string;
  toHost(range: Range): Range;
  /** Spaces that stand before each line of a literal block; undefined where an edit of the value can't be exact. */
  readonly indent: string | undefined;
}

/** Where the text of a document comes from when that is a scalar of another document. */
export interface Host {
  readonly node: Node;
  readonly text: EmbeddedText;
}

/**
 * One YAML document, a value of its own text: moving it within a file does not change it. It is parsed when somebody
 * first looks inside. Offsets count from the start of its text.
 */
export class YamlDocument {
  #text: string;
  #parsed: Parsed | undefined;
  #root: Node | undefined;
  /** Another object for each text that it has had: what is known of the text, rather than of what it says. */
  #reading: object = {};

  constructor(
    text: string,
    readonly host?: Host,
    /** Whether this is a text in another language: its root is a string, the whole text. */
    readonly isPlainText = false,
  ) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  get reading(): object {
    return this.#reading;
  }

  /**
   * Takes another text, if that says the same in the same words: other comments, other blank lines. Then its nodes, and
   * all that is known of them, stay what they are and only stand elsewhere. Whether it did.
   */
  adopt(text: string): boolean {
    const own = this.#parsed;
    if (own?.root === undefined || own.problems.length > 0 || this.isPlainText || this.host) return false;
    const next = parse(text);
    if (next.root === undefined || next.problems.length > 0) return false;
    if (!saysTheSame({ tree: own.root, text: this.#text }, { tree: next.root, text })) return false;
    moveTo(own.root, next.root);
    this.#text = text;
    this.#reading = {};
    return true;
  }

  /** A file in another language, such as a Corefile: ranges of the root's value are ranges of the file. */
  static ofText(text: string): YamlDocument {
    return new YamlDocument(text, undefined, true);
  }

  /** Undefined for a text that kubectl doesn't read: nobody asks what is wrong with it. */
  static ofReadable(text: string): YamlDocument | undefined {
    const parsed = parseReadable(text);
    if (parsed === undefined) return undefined;
    const document = new YamlDocument(text);
    document.#parsed = parsed;
    return document;
  }

  get root(): Node {
    this.#root ??= rootNode(this, () => this.#content.root);
    return this.#root;
  }

  /** What keeps kubectl from reading it, as the yaml package words it where that finds it too. */
  get problems(): readonly Problem[] {
    return this.#content.problems;
  }

  get #content(): Parsed {
    this.#parsed ??= this.isPlainText ? plainText(this.text) : parse(this.text);
    return this.#parsed;
  }
}

function plainText(text: string): Parsed {
  const root = {
    type: 'scalar',
    start: 0,
    end: text.length,
    value: text,
    style: 'literal',
  } as const;
  return { root, problems: [] };
}

export interface PlacedDocument {
  /** Offset of the document's first character in its file. */
  readonly start: number;
  readonly document: YamlDocument;
}

/**
 * The documents of a file; together their texts are the file. Keeps each old document whose text is unchanged, or says
 * the same where `mayAdopt` lets it, so that all that was derived from it stays valid. Splitting at markers is exact: no scalar may hold one at the line start.
 */
export function splitDocuments(
  text: string,
  old: readonly PlacedDocument[] = [],
  mayAdopt: (text: string) => boolean = () => true,
): PlacedDocument[] {
  const bag = new Map<string, YamlDocument[]>();
  for (const { document } of old) {
    add(bag, document.text, document);
  }
  const placed = slices(text).map(({ start, end }) => {
    const slice = text.slice(start, end);
    return { start, slice, document: bag.get(slice)?.shift() };
  });
  const left = [...bag.values()].flat();
  const isEdit = left.length === placed.filter(({ document }) => document === undefined).length;
  return placed.map(({ start, slice, document }) => {
    if (document) return { start, document };
    const candidate = isEdit ? left.shift() : undefined;
    return {
      start,
      document: candidate && mayAdopt(slice) && candidate.adopt(slice) ? candidate : new YamlDocument(slice),
    };
  });
}

/** A look-behind instead of the flag `m`: that would take U+2028 and a lone CR for line ends, which YAML doesn't. */
const marker = /(?<![^\n])---(?=[ \t\r\n]|$)/g;
const endMarker = /(?<![^\n])\.\.\.(?=[ \t\r\n]|$)/g;

/** Whether nothing but comments is written. No expression: one overflows the stack on millions of blank lines. */
function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (character === '#') at = text.indexOf('\n', at);
    else if (!'\uFEFF \t\r\n'.includes(character)) return false;
    if (at === -1) return true;
    at++;
  }
  return true;
}

function slices(text: string): Range[] {
  const cuts: number[] = [];
  for (const match of text.matchAll(marker)) cuts.push(match.index);
  for (const match of text.matchAll(endMarker)) cuts.push(match.index + 3);
  cuts.sort((a, b) => a - b);
  const found: Range[] = [];
  let start = 0;
  for (const cut of [...cuts, text.length]) {
    // Comments and blank lines before a marker, or directives, belong to the document that the marker opens.
    const head = text.slice(start, cut);
    if (cut < text.length && (isHead(head) || head === '')) continue;
    if (cut === text.length && found.length > 0 && isBlank(head)) {
      const last = found.pop();
      if (last) found.push({ start: last.start, end: cut });
    } else found.push({ start, end: cut });
    start = cut;
  }
  return found;
}

function isHead(slice: string): boolean {
  return isBlank(slice.replace(/(?<![^\n])%[^\n]*/g, ''));
}

/** A range of a document, as a range of the outermost text: an embedded document is mapped through its hosts. */
export function outermost(document: YamlDocument, range: Range): { document: YamlDocument; range: Range } {
  const host = document.host;
  if (host === undefined) return { document, range };
  return outermost(host.node.document, host.text.toHost(range));
}

export function placed({ start }: PlacedDocument, range: Range): Range {
  return moved(range, start);
}
