import type { Lexed } from './lexer';
import type { Problem, Token } from './syntax';
import { isIP } from './zone';

/**
 * Tokens with a brace taken off where it is glued to a word: `.:53{` is one word to CoreDNS, and a zone of that name.
 * The author meant a block, so what follows is read as one.
 */
export function withBracesApart(tokens: readonly Token[]): {
  readonly tokens: readonly Token[];
  readonly glued: readonly Problem[];
} {
  const apart: Token[] = [];
  const glued: Problem[] = [];
  for (const [n, token] of tokens.entries()) {
    const isLast = (tokens[n + 1]?.line ?? Number.POSITIVE_INFINITY) > token.endLine;
    if (token.isQuoted || !isLast || !/^[^{}]+[{}]$/.test(token.text)) {
      apart.push(token);
      continue;
    }
    const { start, end } = token.range;
    const brace = { ...token, text: token.text.slice(-1), range: { start: end - 1, end }, isDynamic: false };
    apart.push({ ...token, text: token.text.slice(0, -1), range: { start, end: end - 1 } }, brace);
    if (brace.text !== '{') continue;
    const message = {
      what: `No blank before '{' in '${token.text}'`,
      why: `CoreDNS reads '${token.text}' as one word, and does not start.`,
      how: "Insert a blank before '{'.",
    };
    glued.push({ code: 'glued-brace', message, range: brace.range, severity: 'error' });
  }
  return { tokens: apart, glued };
}

/** What is wrong with single words: a quote without end, and comments that begin inside of a word. */
export function wordProblems(text: string, { tokens, wordComments, unclosedQuote }: Lexed): readonly Problem[] {
  const problems: Problem[] = [];
  if (unclosedQuote !== undefined) {
    const message = {
      what: 'Quote is never closed',
      why: 'CoreDNS reads the rest of the file as one word.',
      how: 'Add the closing quote.',
    };
    problems.push({ code: 'unclosed-quote', message, range: unclosedQuote, severity: 'error' });
  }
  if (wordComments.length === 0) return problems;
  const byEnd = new Map(tokens.map((token, n) => [token.range.end, n]));
  for (const comment of wordComments) {
    const n = byEnd.get(comment.start) ?? tokens.length;
    const next = tokens[n + 1];
    const hasWords = next !== undefined && next.line === tokens[n]?.endLine;
    if (hasWords) {
      const message = {
        what: `Comment inside a word: '${next.text}' is read as an argument`,
        why: 'A comment that starts inside a word ends at the next blank, and CoreDNS reads what follows.',
        how: "Put a blank before '#'.",
      };
      problems.push({ code: 'comment-in-word', message, range: next.range, severity: 'warning' });
    } else if (/^#\d+$/.test(text.slice(comment.start, comment.end)) && isIP(tokens[n]?.text ?? '')) {
      const message = {
        what: "Port after '#' is ignored",
        why: "CoreDNS reads '#' as the start of a comment, and uses the default port.",
        how: "Write the port after ':'.",
      };
      problems.push({ code: 'comment-in-word', message, range: comment, severity: 'warning' });
    }
  }
  return problems;
}
