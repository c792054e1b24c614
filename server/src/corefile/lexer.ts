import type { Range } from '../text/range';
import type { Token } from './syntax';
import { type Actions, actionsIn, noActions } from './template';

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Range[];
  /** Those of the comments that start inside of a word. */
  readonly wordComments: readonly Range[];
  /** A quoted token that never ends; it is taken to end with its line. */
  readonly unclosedQuote: Range | undefined;
}

/**
 * The tokens of a Corefile, by the rules of coredns/caddy:caddyfile/lexer.go. Between them stand white space, comments
 * and (in a template) lines of actions, nothing else. Two habits of that lexer surprise and are kept: a `#` inside of a
 * token starts a comment that ends at the next white space, and a lone `\r` outside of quotes is no white space but
 * nothing at all.
 */
export function lex(text: string, mode: 'plain' | 'template'): Lexed {
  const tokens: Token[] = [];
  const comments: Range[] = [];
  const wordComments: Range[] = [];
  const actions = mode === 'template' ? actionsIn(text) : noActions;
  let unclosedQuote: Range | undefined;
  let line = 0;
  let at = text.charCodeAt(0) === BOM ? 1 : 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const skipTo = actions.lines.get(at);
    if (skipTo !== undefined) {
      line += lineBreaks(text, at, skipTo);
      at = skipTo;
    } else if (isSpace(code)) {
      if (code === NEWLINE) line++;
      at++;
    } else if (code === HASH) {
      const end = endOfLine(text, at);
      comments.push({ start: at, end });
      at = end;
    } else {
      const token = code === QUOTE ? quoted(text, at, line, actions) : bare(text, at, line, actions);
      if (code === QUOTE && !isClosed(text, token)) unclosedQuote = token.range;
      tokens.push(token);
      line = token.endLine;
      at = token.range.end;
      if (code !== QUOTE && text.charCodeAt(at) === HASH) {
        const comment = { start: at, end: endOfWord(text, at) };
        comments.push(comment);
        wordComments.push(comment);
        at = comment.end;
      }
    }
  }
  return { tokens, comments, wordComments, unclosedQuote };
}

const BOM = 0xfeff;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const HASH = 35;
const BACKSLASH = 92;

/** As Go's unicode.IsSpace. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  if (code >= 0x2000 && code <= 0x200a) return true;
  return [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(code);
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return end > from && text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
  return end;
}

function bare(text: string, start: number, line: number, actions: Actions): Token {
  let end = start;
  let isDynamic = false;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const after = actions.ends.get(end) ?? (code === RETURN ? swallowed(text, end) : undefined);
    if (after !== undefined) {
      isDynamic ||= code !== RETURN;
      end = after;
    } else if (code === HASH || isSpace(code)) {
      break;
    } else {
      end++;
    }
  }
  const value = text.slice(start, end).replaceAll('\r', '');
  const endLine = isDynamic ? line + lineBreaks(text, start, end) : line;
  return {
    text: value,
    range: { start, end },
    line,
    endLine,
    isQuoted: false,
    isDynamic: isDynamic || holdsReference(value),
  };
}

/** The end of lone `\r`s between two characters of a word, if they are that: the lexer passes over them. */
function swallowed(text: string, from: number): number | undefined {
  let end = from;
  while (text.charCodeAt(end) === RETURN) end++;
  const next = text.charCodeAt(end);
  return end < text.length && !isSpace(next) && next !== HASH ? end : undefined;
}

function quoted(text: string, start: number, line: number, actions: Actions): Token {
  let end = start + 1;
  let hasAction = false;
  while (end < text.length && text.charCodeAt(end) !== QUOTE) {
    const after = actions.ends.get(end);
    hasAction ||= after !== undefined;
    end = after ?? end + (text.charCodeAt(end) === BACKSLASH ? 2 : 1);
  }
  const hasEnd = end < text.length;
  if (!hasEnd) end = endOfLine(text, start);
  const inside = text.slice(start + 1, end).replace(/\\([\s\S])/g, (pair, next) => (next === '"' ? '"' : pair));
  const range = { start, end: hasEnd ? end + 1 : end };
  const endLine = line + lineBreaks(text, start, range.end);
  return { text: inside, range, line, endLine, isQuoted: true, isDynamic: hasAction || holdsReference(inside) };
}

function isClosed(text: string, token: Token): boolean {
  const { start, end } = token.range;
  if (end - start < 2 || text.charCodeAt(end - 1) !== QUOTE) return false;
  let backslashes = 0;
  while (text.charCodeAt(end - 2 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 0;
}

function lineBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === NEWLINE) count++;
  return count;
}

/** `{$NAME}` and `{%NAME%}` of CoreDNS; `${NAME}`, `$(NAME)`, `$NAME` and `__NAME__` of what writes manifests. */
function holdsReference(value: string): boolean {
  return isReference(value, '{$', '}') || isReference(value, '{%', '%}') || PLACEHOLDER.test(value);
}

const PLACEHOLDER = /\$[({A-Z_]|__[A-Z][A-Z_]*__/;

function isReference(value: string, open: string, close: string): boolean {
  const start = value.indexOf(open);
  return start >= 0 && value.indexOf(close, start + 2) > start + 2;
}
