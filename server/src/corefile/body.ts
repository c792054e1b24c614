import type { Range } from '../text/range';
import type { Reader } from './reader';
import type { Directive, Token } from './syntax';

export interface Body {
  readonly directives: readonly Directive[];
  /** The brace that ends it; undefined when the file ends first. */
  readonly close: Token | undefined;
}

/** The lines of a server block or snippet that `open` begins; without it, of all that follows. */
export function readBody(reader: Reader, open: Token | undefined): Body {
  return new BodyReader(reader, open).read();
}

/** As readBody, where CoreDNS insists on the closing brace. */
export function readSnippetBody(reader: Reader, open: Token | undefined): Body {
  return new BodyReader(reader, open, 'error').read();
}

/** Blocks inside of blocks are kept apart down to here; lines of deeper ones join it, so that no tree is too deep to walk. */
const DEEPEST = 16;

interface Draft {
  readonly name: Token;
  readonly args: Token[];
  readonly options: Draft[];
  block: Range | undefined;
  range: Range;
}

interface Frame {
  /** The line that the block belongs to; a brace out of place has none. */
  readonly owner: Draft | undefined;
  readonly open: Token;
  /** Where its lines go. */
  readonly lines: Draft[];
}

class BodyReader {
  readonly #top: Draft[] = [];
  readonly #frames: Frame[] = [];
  /** The line that is being read, and whether its block has ended already. */
  #last: Draft | undefined;
  #hasEnded = false;
  /** A brace whose partner stands further left than its line: most likely the partner belongs to an outer brace. */
  #suspect: Token | undefined;

  constructor(
    readonly reader: Reader,
    readonly open: Token | undefined,
    readonly whenUnclosed: 'error' | 'as-coredns' = 'as-coredns',
  ) {}

  read(): Body {
    const { reader } = this;
    for (let token = reader.current; token !== undefined; token = reader.current) {
      const opener = this.#frames.at(-1)?.open ?? this.open;
      const isFirst = reader.isOnNewLine || (opener !== undefined && reader.previous === opener);
      reader.take();
      if (token.text === '}') {
        const frame = this.#frames.pop();
        if (frame === undefined) {
          if (!isFirst) this.#reportLineWithEnd(token, 'error');
          return { directives: this.#top, close: token };
        }
        this.#close(frame, token, isFirst);
      } else if (token.text === '{') {
        this.#openBlock(token, isFirst);
      } else if (isFirst) {
        this.#last = token.text === 'import' ? draftOfImport(reader.import(token)) : draftOf(token);
        this.#hasEnded = false;
        this.#lines.push(this.#last);
      } else if (this.#hasEnded) {
        reader.report('text-after-brace', token, {
          what: `'${token.text}' follows '}' on the same line`,
          how: `Put '${token.text}' on a line of its own.`,
        });
      } else if (this.#last !== undefined) {
        this.#last.args.push(token);
        this.#last.range = { start: this.#last.range.start, end: token.range.end };
      }
    }
    this.#endOfFile();
    return { directives: this.#top, close: undefined };
  }

  get #lines(): Draft[] {
    return this.#frames.at(-1)?.lines ?? this.#top;
  }

  #openBlock(token: Token, isFirst: boolean): void {
    const owner = this.#hasEnded ? undefined : this.#last;
    if (owner === undefined) {
      this.reader.report('unexpected-opening-brace', token, {
        what: "'{' belongs to no plugin",
        how: "Put '{' at the end of the line of its plugin.",
      });
    } else if (isFirst) {
      const name = `'${owner.name.text}'`;
      this.reader.report('brace-on-next-line', token, {
        what: `'{' of ${name} is on the next line`,
        how: `Move '{' to the end of the line of ${name}.`,
      });
    }
    const lines = owner !== undefined && this.#frames.length < DEEPEST ? owner.options : this.#lines;
    this.#frames.push({ owner, open: token, lines });
    this.#last = undefined;
    this.#hasEnded = false;
  }

  #close(frame: Frame, token: Token, isFirst: boolean): void {
    const { reader } = this;
    const isGlued = reader.beforePrevious?.range.end === token.range.start;
    // Some options take a fixed number of arguments and leave the brace alone, so a block on one line may work.
    if (!isFirst) this.#reportLineWithEnd(token, isGlued ? 'error' : 'warning');
    else if (reader.indentOf(token).length < reader.indentOf(frame.open).length && frame.open.line < token.line) {
      this.#suspect ??= frame.open;
    }
    finish(frame, token.range.start, token.range.end);
    this.#last = frame.owner;
    this.#hasEnded = true;
  }

  #reportLineWithEnd(token: Token, severity: 'error' | 'warning'): void {
    const said = { what: "'}' is not on a line of its own", how: "Move '}' to a line of its own." };
    if (this.#hasEnded || this.#last === undefined) {
      this.reader.report('closing-brace-not-alone', token, said);
      return;
    }
    const why = `CoreDNS reads it as an argument of '${this.#last.name.text}', and the block stays open.`;
    this.reader.report('closing-brace-not-alone', token, { ...said, why }, severity);
  }

  #endOfFile(): void {
    const { reader, open } = this;
    const end = reader.previous?.range.end ?? 0;
    const innermost = this.#frames.at(-1)?.open;
    for (const frame of this.#frames.reverse()) finish(frame, end, end);
    const unclosed = innermost ?? open;
    if (unclosed === undefined) return;
    // CoreDNS looks at the last word of the file only, so the brace of an inner block may pass for the missing one.
    const isAccepted = innermost === undefined && reader.previous?.text === '}' && this.whenUnclosed !== 'error';
    const said = { what: "'{' is never closed", how: "Add the missing '}'." };
    const at = this.#suspect ?? unclosed;
    if (isAccepted) reader.report('unclosed-block', at, { ...said, why: passesFor }, 'warning');
    else reader.report('unclosed-block', at, said);
  }
}

const passesFor = "CoreDNS starts, as the file ends with a '}', but the lines may belong to another block than meant.";

function draftOf(name: Token): Draft {
  return { name, args: [], options: [], block: undefined, range: name.range };
}

function draftOfImport({ name, args, range }: Directive): Draft {
  return { name, args: [...args], options: [], block: undefined, range };
}

function finish(frame: Frame, blockEnd: number, end: number): void {
  const { owner, open } = frame;
  // A block too deep to be kept apart has its lines beside it, not in it.
  if (owner === undefined || frame.lines !== owner.options) return;
  owner.block = { start: open.range.end, end: Math.max(open.range.end, blockEnd) };
  owner.range = { start: owner.range.start, end: Math.max(open.range.end, end) };
}
