import { isImport, snippetOf } from '../corefile/imports';
import type { Directive, Snippet } from '../corefile/syntax';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import { type CorefileText, corefileTextAt } from './corefile';

/** A snippet of a Corefile that a cursor is on the name of, or on an import of, in places of the file. */
export interface SnippetUse {
  /** The word at the cursor. */
  readonly range: Range;
  /** The name, in its brackets. */
  readonly name: Range;
  readonly whole: Range;
  readonly imports: readonly Range[];
}

export function snippetAt(file: SourceFile, offset: number): SnippetUse | undefined {
  if (!file.text.includes('import')) return undefined;
  const text = corefileTextAt(file, offset);
  const named = text && namedAt(text);
  if (text === undefined || named === undefined) return undefined;
  const { snippet, range } = named;
  const { corefile, toFile } = text;
  const imports = [...corefile.blocks, ...corefile.snippets]
    .flatMap(({ directives }) => importsIn(directives))
    .filter(line => snippetOf(line, corefile) === snippet);
  return {
    range: toFile(range),
    name: toFile(snippet.token.range),
    whole: toFile(snippet.range),
    imports: imports.map(line => toFile(targetOf(line))),
  };
}

function namedAt({ corefile, offset }: CorefileText): { readonly snippet: Snippet; readonly range: Range } | undefined {
  const isAt = ({ start, end }: Range) => start <= offset && offset <= end;
  const own = corefile.snippets.find(({ token }) => isAt(token.range));
  if (own) return { snippet: own, range: own.token.range };
  for (const line of [...corefile.blocks, ...corefile.snippets].flatMap(({ directives }) => importsIn(directives))) {
    const snippet = isAt(targetOf(line)) ? snippetOf(line, corefile) : undefined;
    if (snippet) return { snippet, range: targetOf(line) };
  }
  return undefined;
}

const targetOf = ({ args: [target], name }: Directive): Range => (target ?? name).range;

const importsIn = (lines: readonly Directive[]): readonly Directive[] =>
  lines.flatMap(line => (isImport(line) ? [line] : importsIn(line.options)));
