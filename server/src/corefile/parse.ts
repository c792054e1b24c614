import { readBody, readSnippetBody } from './body';
import { importProblems } from './imports';
import { serverKeyOf } from './keys';
import { lex } from './lexer';
import { Reader } from './reader';
import type { Corefile, Directive, ServerKey } from './syntax';
import { isTemplateText } from './template';
import { withBracesApart, wordProblems } from './words';

/**
 * Reads a Corefile: server blocks, snippets, imports. Never throws; half-typed text gives what is there so far. The
 * grammar is that of coredns/caddy:caddyfile/parse.go, which CoreDNS builds with.
 */
export function parseCorefile(text: string): Corefile {
  return read(text, reader => {
    while (!reader.isAtEnd) readBlock(reader);
  });
}

/** Reads lines that will stand inside of a server block: `*.override` keys of AKS and k3s. One block without keys. */
export function parseOverride(text: string): Corefile {
  return read(text, reader => {
    const directives: Directive[] = [];
    while (!reader.isAtEnd) {
      const part = readBody(reader, undefined);
      directives.push(...part.directives);
      if (part.close !== undefined) reader.report('unexpected-closing-brace', part.close, UNEXPECTED_CLOSING);
    }
    const body = { start: 0, end: text.length };
    const indent = directives[0] === undefined ? '' : reader.indentOf(directives[0].name);
    reader.blocks.push({ keys: [], range: body, body, open: undefined, close: undefined, directives, indent });
  });
}

const UNEXPECTED_CLOSING = { what: "'}' closes nothing", how: "Remove it, or add the '{' that it belongs to." };

const AT_END = "CoreDNS starts, but it reads a last '}' as a zone of that name.";

function read(text: string, readAll: (reader: Reader) => void): Corefile {
  const isTemplate = isTemplateText(text);
  const lexed = lex(text, isTemplate ? 'template' : 'plain');
  const { tokens, glued } = withBracesApart(lexed.tokens);
  const reader = new Reader(text, tokens);
  readAll(reader);
  const { comments } = lexed;
  const { blocks, snippets, imports } = reader;
  const problems = isTemplate
    ? []
    : [...wordProblems(text, lexed), ...glued, ...reader.problems, ...importProblems(blocks, snippets)];
  problems.sort((a, b) => a.range.start - b.range.start);
  return { text, blocks, snippets, imports, problems, tokens, comments, isTemplate };
}

function readBlock(reader: Reader): void {
  const first = reader.current;
  if (first === undefined) return;
  if (first.text === '}') {
    reader.take();
    // At the very end CoreDNS takes it for a zone named '}' and starts; before anything else it stops it.
    if (reader.isAtEnd)
      reader.report('unexpected-closing-brace', first, { ...UNEXPECTED_CLOSING, why: AT_END }, 'warning');
    else reader.report('unexpected-closing-brace', first, UNEXPECTED_CLOSING);
    return;
  }
  const keys = readKeys(reader);
  if (keys === undefined) return;
  const [key] = keys;
  const isSnippet = keys.length === 1 && key !== undefined && /^\(.*\)$/s.test(key.token.text);
  const open = reader.current?.text === '{' ? reader.take() : undefined;
  if (keys.length === 0) {
    const why = 'CoreDNS skips a server block without a zone: nothing in it has an effect.';
    const how = "Name its zones before '{', such as '.:53'.";
    reader.report('missing-keys', first, { what: 'Server block names no zone', why, how }, 'warning');
  }
  if (isSnippet && open === undefined) {
    reader.report('snippet-without-brace', key.token, {
      what: `Snippet '${key.token.text}' has no '{'`,
      how: "Put its lines between '{' and '}'.",
    });
  }
  const start = (open ?? reader.previous ?? first).range.end;
  const { directives, close } = isSnippet ? readSnippetBody(reader, open) : readBody(reader, open);
  if (open === undefined && close !== undefined) {
    const why = "CoreDNS starts, but the server block ends here without a '{'.";
    reader.report('unexpected-closing-brace', close, { ...UNEXPECTED_CLOSING, why }, 'warning');
  }
  const end = close?.range.end ?? Math.max(start, reader.previous?.range.end ?? start);
  const body = { start, end: close?.range.start ?? end };
  const range = { start: first.range.start, end };
  const indent = indentIn(reader, directives) ?? reader.indentOf(first) + (open === undefined ? '' : '    ');
  if (!isSnippet) reader.blocks.push({ keys, range, body, open, close, directives, indent });
  else reader.snippets.push({ name: key.token.text.slice(1, -1), token: key.token, range, body, directives, indent });
}

function indentIn(reader: Reader, directives: readonly Directive[]): string | undefined {
  const inside = directives.find(({ name }) => reader.isFirstOfLine(name));
  return inside === undefined ? undefined : reader.indentOf(inside.name);
}

/** The keys of a block, up to its brace or the end of their line; undefined after an import that stands for itself. */
function readKeys(reader: Reader): readonly ServerKey[] | undefined {
  const keys: ServerKey[] = [];
  let isExpectingMore = false;
  for (let token = reader.current; token !== undefined && token.text !== '{'; token = reader.current) {
    const isImport = token.text === 'import' && reader.isOnNewLine;
    reader.take();
    if (isImport) {
      reader.imports.push(reader.import(token));
      if (keys.length === 0) return undefined;
    } else if (token.text !== '') {
      isExpectingMore = token.text.endsWith(',');
      keys.push(serverKeyOf(token));
    }
    if (!isExpectingMore && reader.isOnNewLine) return keys;
  }
  const last = keys.at(-1);
  if (isExpectingMore && last !== undefined) {
    reader.report('comma-before-brace', last.token, {
      what: 'No zone follows the comma',
      how: 'Add the zone, or remove the comma.',
    });
  }
  return keys;
}
