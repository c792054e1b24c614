import type { Range } from '../../text/range';

/** A word of a shell script, without its quotes. */
export interface Word {
  readonly text: string;
  /** With quotes, in the script. */
  readonly range: Range;
  /** Whether it holds nothing that the shell computes. */
  readonly isLiteral: boolean;
}

/**
 * The simple commands of a shell script, one list of words each, as far as they can be told without running it.
 * Redirections are left out, and what follows a here-document is not read.
 */
export function shellCommands(script: string): Word[][] {
  return new Reader(script).commands();
}

class Reader {
  readonly #commands: Word[][] = [];
  #words: Word[] = [];
  #at = 0;

  constructor(readonly script: string) {}

  commands(): Word[][] {
    while (this.#at < this.script.length) {
      const character = this.script[this.#at] ?? '';
      const joint = this.#lineEndBehind();
      if (this.script.startsWith('<<', this.#at)) break;
      if (joint > 0) this.#at += joint;
      else if (character === '\n' || ';&|()'.includes(character)) this.#end();
      else if (/\s/.test(character)) this.#at++;
      else if (character === '#') this.#skipLine();
      else if (character === '<' || character === '>') this.#redirect();
      else this.#word();
    }
    this.#end();
    return this.#commands;
  }

  /** The length of a backslash and a line end, if they stand here: the shell joins what is on both sides. */
  #lineEndBehind(): number {
    return /^\\\r?\n/.exec(this.script.slice(this.#at, this.#at + 3))?.[0].length ?? 0;
  }

  #end(): void {
    this.#at++;
    if (this.#words.length > 0) this.#commands.push(this.#words);
    this.#words = [];
  }

  #skipLine(): void {
    const end = this.script.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.script.length : end;
  }

  /** `2>&1`, `> file`: the number before it and the target behind it are no words of the command. */
  #redirect(): void {
    const last = this.#words.at(-1);
    if (last && last.range.end === this.#at && /^[0-9]+$/.test(last.text)) this.#words.pop();
    while ('<>&|'.includes(this.script[this.#at] ?? '.')) this.#at++;
    while (' \t'.includes(this.script[this.#at] ?? '.')) this.#at++;
    const count = this.#words.length;
    if (/[^\s;&|()<>#]/.test(this.script[this.#at] ?? ' ')) this.#word();
    this.#words.length = count;
  }

  #word(): void {
    const start = this.#at;
    let text = '';
    let isLiteral = true;
    while (this.#at < this.script.length) {
      const character = this.script[this.#at] ?? '';
      if (/[\s;&|()<>]/.test(character)) break;
      if (character === "'") {
        const end = this.#closing("'");
        text += this.script.slice(this.#at + 1, end);
        this.#at = end + 1;
      } else if (character === '"') {
        const end = this.#closing('"');
        const inner = this.script.slice(this.#at + 1, end);
        if (/[$`]/.test(inner)) isLiteral = false;
        text += inner.replace(/\\(?:\r?\n|([\\"$`]))/g, '$1');
        this.#at = end + 1;
      } else if (character === '\\') {
        const joint = this.#lineEndBehind();
        if (joint === 0) text += this.script[this.#at + 1] ?? '';
        this.#at += joint || 2;
      } else {
        if ('$`*?['.includes(character)) isLiteral = false;
        text += character;
        this.#at++;
      }
    }
    this.#at = Math.min(this.#at, this.script.length);
    this.#words.push({ text, range: { start, end: this.#at }, isLiteral });
  }

  /** The end of a quoted part; an open one goes to the end of the script. */
  #closing(quote: string): number {
    for (let i = this.#at + 1; i < this.script.length; i++) {
      if (quote === '"' && this.script[i] === '\\') i++;
      else if (this.script[i] === quote) return i;
    }
    return this.script.length;
  }
}
