import { Cursor, isBlank, isBlankOrEnd, isBreak, Refusal } from './go-cursor';
import { anchorName, tagName } from './go-properties';
import { blockScalar, plainScalar, quotedScalar, type ScannedScalar } from './go-scalars';
import type { ScalarStyle } from './tree';

export type TokenType =
  | 'block-sequence'
  | 'block-map'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | 'entry'
  | 'key'
  | 'value'
  | 'anchor'
  | 'alias'
  | 'tag'
  | 'scalar'
  | 'end';

export interface Token {
  readonly type: TokenType;
  readonly start: number;
  /** Where it begins, for what is not written: the start of a block, the key that a later `:` makes of a scalar. */
  readonly end: number;
  /** The value of a scalar, the name of an anchor or alias, a tag as written; else ''. */
  readonly value: string;
  readonly style?: ScalarStyle;
}

/** A token that becomes a key if a `:` follows in its line. */
interface Candidate {
  readonly index: number;
  readonly at: number;
  readonly lineStart: number;
  /** Whether it stands where its mapping expects a key, so that nothing else may stand there. */
  readonly isRequired: boolean;
}

const longestKey = 1024;

/** Behind these a node begins, or nothing at all. */
const needsNode: ReadonlySet<TokenType> = new Set<TokenType>(['[', '{', ',', 'value']);

/**
 * The tokens of one document as go-yaml scans them, which reads YAML for kubectl: its rules and its checks, in its order,
 * so that both take and refuse the same. Throws a Refusal, in its words or in clearer ones. Directives are refused:
 * kubectl cuts a file at its markers before it reads the parts.
 *
 * @source go-yaml v2 and v3, scannerc.go; held against kubectl 1.32 by test/go-yaml.test.ts
 */
export function tokensOf(text: string): readonly Token[] {
  return new Scanner(new Cursor(text)).tokens();
}

class Scanner {
  readonly #tokens: Token[] = [];
  readonly #indents: number[] = [];
  #indent = -1;
  /** One for each flow collection that is open, and one for the block around them. */
  readonly #candidates: (Candidate | undefined)[] = [undefined];
  #mayBeKey = true;
  #isOpen = false;

  constructor(readonly cursor: Cursor) {
    if (cursor.code === 0xfeff) {
      cursor.at++;
      cursor.lineStart = 1;
    }
  }

  tokens(): readonly Token[] {
    while (this.#scan());
    this.#unroll(-1);
    this.#dropCandidate();
    this.#put('end', 0);
    return this.#tokens;
  }

  get #depth(): number {
    return this.#candidates.length - 1;
  }

  get #isInFlow(): boolean {
    return this.#depth > 0;
  }

  get #before(): Token | undefined {
    return this.#tokens.at(-1);
  }

  /** Takes one token; whether there may be more. */
  #scan(): boolean {
    const { cursor } = this;
    this.#skip();
    if (cursor.isAtEnd) return false;
    if (cursor.isAtMarker) return this.#openDocument();
    this.#isOpen = true;
    this.#unroll(cursor.column);
    const character = cursor.text.charAt(cursor.at);
    const isAlone = isBlankOrEnd(cursor.next);
    if (character === '[' || character === '{') this.#openFlow(character);
    else if (character === ']' || character === '}') this.#closeFlow(character);
    else if (character === ',') this.#separateFlow();
    else if (character === '-' && isAlone) this.#startEntry();
    else if (character === '?' && (this.#isInFlow || isAlone)) this.#startKey();
    else if (character === ':' && (this.#isInFlow || isAlone)) this.#startValue();
    else if (character === '*' || character === '&') this.#takeAnchor(character);
    else if (character === '!') this.#takeTag();
    else if ((character === '|' || character === '>') && !this.#isInFlow) this.#takeBlock(character);
    else if (character === '"' || character === "'") this.#takeQuoted(character);
    else if (this.#mayStartPlain(character)) this.#takePlain();
    else if (cursor.isAtTab) cursor.refuse('found a tab where only spaces may stand');
    else if (character === '%') cursor.refuse('it cuts a directive off from its document');
    else cursor.refuse('found character that cannot start any token');
    return true;
  }

  #mayStartPlain(character: string): boolean {
    const { next } = this.cursor;
    if (character === '-') return !isBlank(next);
    if (character === '?' || character === ':') return !this.#isInFlow && !isBlankOrEnd(next);
    return !/[ \t#&*!|>'"%@`]/.test(character);
  }

  /** Blanks, comments and line ends. A tab is a blank only where it can't be taken for indentation. */
  #skip(): void {
    const { cursor } = this;
    for (;;) {
      cursor.takeSpaces();
      while (cursor.isAtTab && (this.#isInFlow || !this.#mayBeKey)) cursor.takeBlanks();
      if (cursor.text[cursor.at] === '#') cursor.takeLine();
      if (cursor.isAtEnd || !isBreak(cursor.code)) return;
      cursor.takeBreak();
      if (!this.#isInFlow) this.#mayBeKey = true;
    }
  }

  /** The first `---` opens the document, the next marker ends it. */
  #openDocument(): boolean {
    const { cursor } = this;
    if (this.#isInFlow) cursor.refuse('did not find expected node content');
    if (this.#isOpen || cursor.text[cursor.at] === '.') return false;
    this.#isOpen = true;
    cursor.at += 3;
    this.#mayBeKey = false;
    return true;
  }

  #openFlow(character: '[' | '{'): void {
    this.#saveCandidate();
    this.#candidates.push(undefined);
    this.#mayBeKey = true;
    this.#put(character, 1);
  }

  #closeFlow(character: ']' | '}'): void {
    if (!this.#isInFlow) this.cursor.refuse('did not find expected node content');
    this.#dropCandidate();
    this.#candidates.pop();
    this.#mayBeKey = false;
    this.#put(character, 1);
  }

  #separateFlow(): void {
    this.#dropCandidate();
    this.#mayBeKey = true;
    this.#put(',', 1);
  }

  #startEntry(): void {
    if (!this.#isInFlow) {
      if (!this.#mayBeKey) this.cursor.refuse('block sequence entries are not allowed in this context');
      this.#roll(this.cursor.column, 'block-sequence');
    }
    this.#dropCandidate();
    this.#mayBeKey = true;
    this.#put('entry', 1);
  }

  #startKey(): void {
    if (!this.#isInFlow) {
      if (!this.#mayBeKey) this.cursor.refuse('mapping keys are not allowed in this context');
      this.#roll(this.cursor.column, 'block-map');
    } else if (this.#before?.type === 'scalar' && this.#before.end === this.cursor.at) {
      this.cursor.refuse("text that holds '?' needs quotes inside of [] and {}");
    }
    this.#dropCandidate();
    this.#mayBeKey = !this.#isInFlow;
    this.#put('key', 1);
  }

  #startValue(): void {
    const { cursor } = this;
    const candidate = this.#candidates[this.#depth];
    if (candidate !== undefined && this.#isInReach(candidate)) {
      this.#tokens.splice(candidate.index, 0, { type: 'key', start: candidate.at, end: candidate.at, value: '' });
      this.#roll(candidate.at - candidate.lineStart, 'block-map', candidate);
      this.#candidates[this.#depth] = undefined;
      this.#mayBeKey = false;
    } else {
      this.#dropCandidate();
      if (this.#isInFlow && !isBlankOrEnd(cursor.next) && needsNode.has(this.#before?.type ?? 'end')) {
        cursor.refuse("text that begins with ':' needs quotes inside of [] and {}");
      }
      if (!this.#isInFlow) {
        if (!this.#mayBeKey) cursor.refuse('mapping values are not allowed in this context');
        this.#roll(cursor.column, 'block-map');
      }
      this.#mayBeKey = !this.#isInFlow;
    }
    this.#put('value', 1);
  }

  #takeAnchor(character: '*' | '&'): void {
    this.#saveCandidate();
    this.#mayBeKey = false;
    const name = anchorName(this.cursor);
    this.#put(character === '*' ? 'alias' : 'anchor', 1 + name.length, name);
  }

  #takeTag(): void {
    this.#saveCandidate();
    this.#mayBeKey = false;
    const tag = tagName(this.cursor);
    this.#put('tag', tag.length, tag);
  }

  #takeBlock(character: '|' | '>'): void {
    this.#dropCandidate();
    this.#mayBeKey = true;
    const style = character === '|' ? 'literal' : 'folded';
    this.#putScalar(blockScalar(this.cursor, style, this.#indent), style);
  }

  #takeQuoted(character: '"' | "'"): void {
    this.#saveCandidate();
    this.#mayBeKey = false;
    const style = character === '"' ? 'double' : 'single';
    this.#putScalar(quotedScalar(this.cursor, style), style);
  }

  #takePlain(): void {
    this.#saveCandidate();
    const scanned = plainScalar(this.cursor, this.#indent + 1, this.#isInFlow);
    this.#mayBeKey = scanned.endsLine;
    this.#putScalar(scanned, 'plain');
  }

  #put(type: TokenType, length: number, value = ''): void {
    const { cursor } = this;
    this.#tokens.push({ type, start: cursor.at, end: cursor.at + length, value });
    cursor.at += length;
  }

  #putScalar({ start, end, value }: ScannedScalar, style: ScalarStyle): void {
    this.#tokens.push({ type: 'scalar', start, end, value, style });
  }

  #saveCandidate(): void {
    if (!this.#mayBeKey) return;
    const { at, lineStart, column } = this.cursor;
    this.#dropCandidate();
    const isRequired = !this.#isInFlow && this.#indent === column;
    this.#candidates[this.#depth] = { index: this.#tokens.length, at, lineStart, isRequired };
  }

  #dropCandidate(): void {
    const candidate = this.#candidates[this.#depth];
    if (candidate?.isRequired) throw new Refusal("could not find expected ':'", candidate.at);
    this.#candidates[this.#depth] = undefined;
  }

  #isInReach({ at, lineStart }: Candidate): boolean {
    return lineStart === this.cursor.lineStart && at + longestKey >= this.cursor.at;
  }

  /** A block begins where something stands further right than the block around it. */
  #roll(column: number, type: 'block-sequence' | 'block-map', before?: Candidate): void {
    if (this.#isInFlow || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    const at = before?.at ?? this.cursor.at;
    this.#tokens.splice(before?.index ?? this.#tokens.length, 0, { type, start: at, end: at, value: '' });
  }

  /** Blocks end where something stands further left. */
  #unroll(column: number): void {
    while (!this.#isInFlow && this.#indent > column) {
      this.#put('block-end', 0);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }
}
