import type { Directive, Problem, ProblemCode, Said, ServerBlock, Snippet, Token } from './syntax';

/**
 * Goes through the tokens of one Corefile and collects what is found. A cursor is state, so this and `BodyReader` are the
 * classes of the parser; nothing of them leaves `parse.ts`.
 */
export class Reader {
  readonly blocks: ServerBlock[] = [];
  readonly snippets: Snippet[] = [];
  readonly imports: Directive[] = [];
  readonly problems: Problem[] = [];
  /** The white space before the first token of a line, by line. */
  readonly #indents = new Map<number, string>();
  readonly #firsts = new Set<Token>();
  #at = 0;

  constructor(
    readonly text: string,
    readonly tokens: readonly Token[],
  ) {
    for (const [n, token] of tokens.entries()) {
      if ((tokens[n - 1]?.endLine ?? -1) >= token.line) continue;
      const lineStart = token.range.start === 0 ? 0 : text.lastIndexOf('\n', token.range.start - 1) + 1;
      this.#firsts.add(token);
      this.#indents.set(token.line, /^[ \t]*/.exec(text.slice(lineStart, token.range.start))?.[0] ?? '');
    }
  }

  get current(): Token | undefined {
    return this.tokens[this.#at];
  }

  /** The token taken last. */
  get previous(): Token | undefined {
    return this.tokens[this.#at - 1];
  }

  get beforePrevious(): Token | undefined {
    return this.tokens[this.#at - 2];
  }

  /** Whether the token is the first of its line. */
  isFirstOfLine(token: Token): boolean {
    return this.#firsts.has(token);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.tokens.length;
  }

  get isOnNewLine(): boolean {
    return this.current !== undefined && this.#firsts.has(this.current);
  }

  take(): Token | undefined {
    const token = this.current;
    if (token !== undefined) this.#at++;
    return token;
  }

  report(code: ProblemCode, at: Token, message: Said, severity: Problem['severity'] = 'error'): void {
    this.problems.push({ code, message, range: at.range, severity });
  }

  /** What follows the word `import` on its line. */
  import(name: Token): Directive {
    const args: Token[] = [];
    while (this.current !== undefined && !this.isOnNewLine && !/^[{}]$/.test(this.current.text)) {
      args.push(this.current);
      this.#at++;
    }
    if (args.length !== 1) {
      this.report('import-arguments', args[1] ?? name, {
        what: "'import' takes exactly one argument",
        how: 'Name one snippet, one file or one glob.',
      });
    }
    const end = args.at(-1)?.range.end ?? name.range.end;
    return { name, args, options: [], block: undefined, range: { start: name.range.start, end } };
  }

  indentOf(token: Token): string {
    return this.#indents.get(token.line) ?? '';
  }
}
