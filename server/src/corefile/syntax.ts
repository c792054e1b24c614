import type { Range } from '../text/range';

/** A Corefile as read: whole or half-typed, it always has all of these. Ranges are offsets into `text`. */
export interface Corefile {
  readonly text: string;
  /** In the order of the text; snippets and imports between them are listed on their own. */
  readonly blocks: readonly ServerBlock[];
  readonly snippets: readonly Snippet[];
  /** `import` lines outside of every block: what they bring is not known, it may be whole server blocks. */
  readonly imports: readonly Directive[];
  readonly problems: readonly Problem[];
  readonly tokens: readonly Token[];
  readonly comments: readonly Range[];
  /** Written for a template engine (Helm, Jinja): read line by line, never complete, and without problems. */
  readonly isTemplate: boolean;
}

export interface Token {
  /** What CoreDNS sees: quotes taken off, `\"` resolved; references to the environment stay as written. */
  readonly text: string;
  /** As written, with its quotes. */
  readonly range: Range;
  /** 0-based; CoreDNS counts `\n` only. */
  readonly line: number;
  readonly endLine: number;
  readonly isQuoted: boolean;
  /** Holds `{$NAME}`, a placeholder or a template's action: nobody knows its value before it runs. */
  readonly isDynamic: boolean;
}

export interface ServerBlock {
  /** Empty in a text of lines for the inside of a block (`*.override`), and where they were forgotten. */
  readonly keys: readonly ServerKey[];
  /** From the first key to the closing brace. */
  readonly range: Range;
  /** Between the braces; without braces, all after the line of the keys. */
  readonly body: Range;
  readonly open: Token | undefined;
  readonly close: Token | undefined;
  readonly directives: readonly Directive[];
  /** White space before the lines of the body, or a fitting one when there is none yet. */
  readonly indent: string;
}

/** `[scheme://]zone[:port]`. Ranges are of the parts as written. */
export interface ServerKey {
  readonly token: Token;
  readonly scheme: string;
  readonly schemeRange: Range | undefined;
  readonly zone: string;
  readonly zoneRange: Range;
  /** As written; see `portOf` for the one that counts. */
  readonly port: string | undefined;
  readonly portRange: Range | undefined;
}

/** `(name) { … }`: lines that stand wherever the name is imported. */
export interface Snippet {
  readonly name: string;
  readonly token: Token;
  readonly range: Range;
  readonly body: Range;
  readonly directives: readonly Directive[];
  readonly indent: string;
}

/** A plugin's line with its block, or a line of such a block. */
export interface Directive {
  readonly name: Token;
  readonly args: readonly Token[];
  readonly options: readonly Directive[];
  /** Between the braces. */
  readonly block: Range | undefined;
  /** From the name to the last argument, or to the closing brace. */
  readonly range: Range;
}

export type ProblemCode =
  | 'brace-on-next-line'
  | 'closing-brace-not-alone'
  | 'comma-before-brace'
  | 'comment-in-word'
  | 'duplicate-snippet'
  | 'glued-brace'
  | 'import-arguments'
  | 'import-cycle'
  | 'missing-keys'
  | 'snippet-after-use'
  | 'snippet-without-brace'
  | 'text-after-brace'
  | 'unclosed-block'
  | 'unclosed-quote'
  | 'unexpected-closing-brace'
  | 'unexpected-opening-brace';

/** What is said of a problem: what is wrong, why it matters where that is not `refused`, and what to do. */
export interface Said {
  readonly what: string;
  readonly why?: string;
  readonly how: string;
}

/** Why an error matters: CoreDNS takes the whole of a Corefile, or nothing. */
export const refused =
  'CoreDNS rejects the whole Corefile: it does not start, and a running one keeps its old configuration.';

export interface Problem {
  readonly code: ProblemCode;
  readonly message: Said;
  readonly range: Range;
  /** error: CoreDNS refuses the file. warning: it starts, but not with what the author meant. */
  readonly severity: 'error' | 'warning';
}
