import { memo } from '../text/maps';
import type { Corefile, Directive, Problem, ServerBlock, Snippet } from './syntax';

export interface Lines {
  readonly directives: readonly Directive[];
  /** False when an import could not be followed (a file, a glob, an unknown name): there may be more lines. */
  readonly isComplete: boolean;
}

/** Lines with each import of a snippet replaced by the snippet's lines, as CoreDNS does before it reads them. */
export function expanded(directives: readonly Directive[], corefile: Corefile): Lines {
  const found: Directive[] = [];
  let isComplete = !corefile.isTemplate;
  let expansions = 0;
  const visit = (lines: readonly Directive[], depth: number): void => {
    for (const line of lines) {
      const snippet = isImport(line) ? snippetOf(line, corefile) : undefined;
      if (!isImport(line)) found.push(line);
      else if (snippet === undefined || depth > DEEPEST || ++expansions > MOST || found.length > MOST_LINES)
        isComplete = false;
      else visit(snippet.directives, depth + 1);
    }
  };
  visit(directives, 0);
  return { directives: found, isComplete };
}

/** The plugin lines of a block with this name, imported ones too. */
export function directivesNamed(block: ServerBlock, name: string, corefile: Corefile): Lines {
  const { directives, isComplete } = expanded(block.directives, corefile);
  return { directives: directives.filter(directive => directive.name.text === name), isComplete };
}

/** The options of a plugin line with this name, imported ones too. */
export function optionsNamed(directive: Directive, name: string, corefile: Corefile): Lines {
  const { directives, isComplete } = expanded(directive.options, corefile);
  return { directives: directives.filter(option => option.name.text === name), isComplete };
}

export function isImport(directive: Directive): boolean {
  return directive.name.text === 'import';
}

/** The snippet that an import names; undefined when it names a file, or nothing that is known. */
export function snippetOf(line: Directive, corefile: Pick<Corefile, 'snippets'>): Snippet | undefined {
  const [target, ...more] = line.args;
  if (target === undefined || more.length > 0) return undefined;
  return byName(corefile.snippets).get(target.text);
}

/** What is wrong with snippets and their imports. An import of a file is none of this: the files are not at hand. */
export function importProblems(blocks: readonly ServerBlock[], snippets: readonly Snippet[]): readonly Problem[] {
  const names = byName(snippets);
  const problems: Problem[] = [];
  for (const { name, token } of snippets) {
    if (names.get(name)?.token === token) continue;
    const message = { what: `Snippet '(${name})' is declared twice`, how: 'Rename or remove one of the two.' };
    problems.push({ code: 'duplicate-snippet', message, range: token.range, severity: 'error' });
  }
  const used = new Set<Snippet>();
  for (const line of blocks.flatMap(block => importsIn(block.directives))) {
    const snippet = snippetOf(line, { snippets });
    if (snippet === undefined) continue;
    used.add(snippet);
    if (snippet.range.start < line.range.start) continue;
    const message = {
      what: `Snippet '(${snippet.name})' is declared after its import`,
      why: 'CoreDNS finds only snippets above the import, and does not start.',
      how: 'Move the snippet above the server block that imports it.',
    };
    problems.push({ code: 'snippet-after-use', message, range: line.range, severity: 'error' });
  }
  return [...problems, ...cycles(used, { snippets })];
}

/** CoreDNS gives up after 1000 expansions (maxSnippetExpansions in coredns/caddy:caddyfile/parse.go). */
const MOST = 1000;
const MOST_LINES = 10_000;
const DEEPEST = 100;

/** The first of each name counts. */
const byName = memo(
  (snippets: readonly Snippet[]): ReadonlyMap<string, Snippet> =>
    new Map(snippets.toReversed().map(snippet => [snippet.name, snippet])),
);

function importsIn(directives: readonly Directive[]): readonly Directive[] {
  return directives.flatMap(line => (isImport(line) ? [line] : importsIn(line.options)));
}

/** Each import that leads back to a snippet it stands in. Walks without recursion: chains may be long. */
function cycles(used: ReadonlySet<Snippet>, corefile: Pick<Corefile, 'snippets'>): readonly Problem[] {
  const problems: Problem[] = [];
  const open = new Set<Snippet>();
  const done = new Set<Snippet>();
  for (const start of used) {
    const path: { readonly snippet: Snippet; readonly rest: Directive[] }[] = [];
    const enter = (snippet: Snippet): void => {
      open.add(snippet);
      path.push({ snippet, rest: [...importsIn(snippet.directives)].reverse() });
    };
    if (!done.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const line = top.rest.pop();
      if (line === undefined) {
        open.delete(top.snippet);
        done.add(top.snippet);
        path.pop();
        continue;
      }
      const next = snippetOf(line, corefile);
      if (next === undefined || done.has(next)) continue;
      if (open.has(next)) {
        const message = { what: `Snippet '(${next.name})' imports itself`, how: 'Remove this import.' };
        problems.push({ code: 'import-cycle', message, range: line.range, severity: 'error' });
      } else {
        enter(next);
      }
    }
  }
  return problems;
}
