import type { Range } from '../text/range';
import type { YamlDocument } from '../yaml/document';

/** Names that people give to files which something fills in before they are applied; manifests may be called so too. */
export function isTemplateName(name: string): boolean {
  return /(?:[._-]template|\.tmpl|\.tpl|\.j2)\.(?:ya?ml|json)$/i.test(name);
}

/** Whether a document is a template: by its braces, or because what is to be filled in keeps it from being YAML. */
export function isTemplateDocument(document: YamlDocument): boolean {
  const { text } = document;
  if (isTemplate(text)) return true;
  if (!isFilledIn(text)) return false;
  return document.problems.some(({ range }) => isFilledIn(linesAround(text, range)));
}

/** The lines of a problem, and the one before: a parser notices late. */
function linesAround(text: string, { start, end }: Range): string {
  const from = text.lastIndexOf('\n', text.lastIndexOf('\n', start - 1) - 1) + 1;
  const to = text.indexOf('\n', end);
  return text.slice(from, to === -1 ? text.length : to);
}

/** Spellings that YAML can't do with everywhere. */
const isFilledIn = (text: string) => /\$\{|\{%|\{\{|<%|@[A-Za-z][\w.-]*@|%[A-Za-z]\w*%/.test(text);

/**
 * Whether text is a template rather than YAML: `{{` or `{%` outside of comments, quotes and block scalars. Inside of
 * these it is text that some program reads later, and the document is an ordinary manifest.
 */
export function isTemplate(text: string): boolean {
  if (!text.includes('{{') && !text.includes('{%')) return false;
  let block = -1;
  let quote = '';
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (block >= 0) {
      if (line.trim() === '' || indent > block) continue;
      block = -1;
    }
    const { rest, open } = unquoted(line, quote);
    quote = open;
    if (rest.includes('{{') || /^\s*(?:- )?\{%/.test(rest)) return true;
    const header = quote === '' ? blockHeaderIn(rest) : undefined;
    if (header !== undefined) block = isBehindKey(rest, header) ? columnOfKey(line, indent) : indent;
  }
  return false;
}

/** Where the header of a block scalar stands, which ends its line. */
function blockHeaderIn(rest: string): number | undefined {
  const written = rest.trimEnd();
  const at = Math.max(written.lastIndexOf('|'), written.lastIndexOf('>'));
  const isHeader =
    at >= 0 && /^[-+0-9]*$/.test(written.slice(at + 1)) && (at === 0 || /\s/.test(written.charAt(at - 1)));
  return isHeader ? at : undefined;
}

function isBehindKey(rest: string, header: number): boolean {
  const before = rest.slice(0, header).trimEnd();
  return before.length < header && /[:?]$/.test(before);
}

/** Column of the entry that a block scalar belongs to: in `- key: |` that of the key. */
const columnOfKey = (line: string, indent: number) => /^\s*(?:- +)*/.exec(line)?.[0].length ?? indent;

/** The line without quoted text and comment; `open` is the quote that the next line is still in. */
function unquoted(line: string, quote: string): { rest: string; open: string } {
  let open = quote;
  let rest = '';
  for (let i = 0; i < line.length; i++) {
    const character = line[i] ?? '';
    if (open !== '') {
      if (open === '"' && character === '\\') i++;
      else if (character === open) open = '';
    } else if ((character === '"' || character === "'") && /^$|[\s[{,:(-]$/.test(line.slice(Math.max(0, i - 1), i))) {
      open = character;
    } else if (character === '#' && (i === 0 || /\s/.test(line[i - 1] ?? ''))) {
      break;
    } else rest += character;
  }
  return { rest, open };
}
