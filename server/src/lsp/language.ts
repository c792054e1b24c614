import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  InsertTextMode,
  type Position,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { manifestCompletionsAt } from '../assist/completion/completions';
import { configHoverAt, configWordsAt } from '../assist/completion/config-words';
import type { Given } from '../assist/completion/given';
import { ignoreWordsAt } from '../assist/completion/ignore-words';
import type { Item } from '../assist/completion/item';
import { indented } from '../assist/completion/snippet-body';
import { wholeObjectsAt } from '../assist/completion/whole-objects';
import { corefileAt } from '../assist/corefile';
import { type Completion, completionsAt } from '../assist/corefile-completion';
import { corefileHoverAt } from '../assist/corefile-hover';
import { hoverAt } from '../assist/hover';
import { titleOf } from '../assist/linked';
import { outlineOf } from '../assist/outline';
import type { OutlineEntry } from '../assist/outline-entry';
import type { Finding } from '../lint/rule';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Client, Surroundings } from './client';
import type { Settings } from './settings';
import { linesOf, placeIn, toLspRange } from './to-lsp';

/** A file that a person looks at, and what is around it. */
export interface Reading {
  readonly workspace: Workspace;
  readonly file: SourceFile;
  /** The version that the manifests are for. */
  readonly kubernetes: string;
  readonly around: Surroundings;
  /** Those of all files, as they were found last. */
  readonly findings: readonly Finding[];
  readonly settings: Settings;
  /** The path of another file, if it is one of the same root. */
  readonly pathOf: (uri: string) => string | undefined;
  /** Whether all of its workspace was read: before, nothing is said of what objects have to do with each other. */
  readonly isWhole: boolean;
}

export function hoverIn(reading: Reading | undefined, position: Position): Hover | null {
  if (reading === undefined) return null;
  const { workspace, file, kubernetes, around, isWhole } = reading;
  const offset = linesOf(file).offsetAt(position);
  const ofConfig = around.client.hasSchemas ? undefined : configHoverAt(file, offset);
  if (ofConfig) return shown(file, ofConfig);
  const spot = corefileAt(workspace, file.path, offset, kubernetes);
  const inCorefile = spot && corefileHoverAt(spot.corefile, spot.offset, spot.coreDns);
  if (spot && inCorefile) return shown(file, { ...inCorefile, range: spot.toFile(inCorefile.range) });
  if (!isWhole) return null;
  const hover = hoverAt(workspace, file.path, offset, resource => {
    const place = placeIn(workspace, resource.name);
    const name = titleOf(resource);
    if (place === undefined) return name;
    const line = linesOf(place.file).positionAt(place.range.start).line + 1;
    return `[${name}](${around.uriOf(place.file.path)}#L${line})`;
  });
  return hover ? shown(file, hover) : null;
}

function shown(file: SourceFile, { markdown, range }: NonNullable<ReturnType<typeof hoverAt>>): Hover {
  return { contents: { kind: 'markdown', value: markdown }, range: toLspRange(file, range) };
}

/** `trigger` is the character that was typed, where that alone made the editor ask. */
export function completionIn(
  reading: Reading | undefined,
  position: Position,
  trigger: string | undefined,
): CompletionList | null {
  if (reading === undefined) return null;
  const { workspace, file, kubernetes, around } = reading;
  const offset = linesOf(file).offsetAt(position);
  const given = givenIn(reading);
  const ignoring = ignoreWordsAt(file, offset, given);
  if (ignoring) return listOf(reading, ignoring);
  if (file.role === 'config') {
    const words = around.client.hasSchemas || trigger === '.' ? undefined : configWordsAt(file, offset);
    return words ? listOf(reading, words) : null;
  }
  const whole = trigger === undefined ? wholeObjectsAt(workspace, file, offset) : undefined;
  if (whole) return listOf(reading, whole);
  const spot = corefileAt(workspace, file.path, offset, kubernetes);
  if (spot === undefined) return manifestCompletionIn(reading, offset, trigger);
  if (trigger !== undefined) return null;
  const { range, items } = completionsAt(spot.corefile, spot.offset, spot.coreDns);
  const replaced = toLspRange(file, spot.toFile(range));
  return {
    isIncomplete: false,
    items: items.map(
      (item, rank): CompletionItem => ({
        label: item.label,
        kind: completionKinds[item.kind],
        ...(item.detail === '' ? {} : { detail: item.detail }),
        documentation: { kind: 'markdown', value: item.markdown },
        // Editors sort by letters.
        sortText: String(rank).padStart(4, '0'),
        textEdit: { range: replaced, newText: item.label },
        ...(item.isDeprecated && around.client.completionTags ? { tags: [CompletionItemTag.Deprecated] } : {}),
      }),
    ),
  };
}

function manifestCompletionIn(reading: Reading, offset: number, trigger: string | undefined): CompletionList | null {
  const { workspace, file, kubernetes, isWhole } = reading;
  if (!isWhole) return null;
  const found = manifestCompletionsAt(workspace, file.path, offset, kubernetes, givenIn(reading));
  // A space indents too: where a key begins, nothing comes up that was not asked for.
  if (found === undefined || (trigger === ' ' && found.typing === 'key')) return null;
  return listOf(reading, found);
}

/** What is known beside the manifests. */
function givenIn({ workspace, file, kubernetes, around: { client, rules, findings } }: Reading): Given {
  const reported = () =>
    findings.flatMap(({ rule, at }) => {
      const place = placeIn(workspace, at);
      if (place?.file !== file) return [];
      return [{ rule: rule.id, line: linesOf(file).positionAt(place.range.start).line }];
    });
  return { kubernetes, hasSchemas: client.hasSchemas, rules, reported };
}

function listOf(
  { file, around }: Reading,
  found: { readonly range: Range; readonly items: readonly Item[] },
): CompletionList {
  return {
    isIncomplete: false,
    items: found.items.map((item, rank): CompletionItem => {
      const { label, kind, detail, markdown, below = '', plain, filter } = item;
      const { keepsLines, snippets, completionTags } = around.client;
      const insert = inPlace(file, item, found.range, around.client);
      // What a snippet writes is seen before it is written.
      const shown = plain === undefined ? markdown : `${markdown}\n\n\`\`\`yaml\n${plain.trim()}\n\`\`\``.trim();
      return {
        label,
        kind: itemKinds[kind],
        ...(detail === '' ? {} : { detail }),
        ...(shown === '' ? {} : { documentation: { kind: 'markdown', value: shown } }),
        ...(filter === undefined ? {} : { filterText: filter }),
        sortText: String(rank).padStart(4, '0'),
        textEdit: { range: toLspRange(file, item.range ?? found.range), newText: insert + (keepsLines ? below : '') },
        ...(keepsLines ? { insertTextMode: InsertTextMode.asIs } : {}),
        ...(plain !== undefined && snippets ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
        ...(item.isDeprecated && completionTags ? { tags: [CompletionItemTag.Deprecated] } : {}),
      };
    }),
  };
}

/** As it is written: with places for the cursor where the editor knows them, and further in where it writes no indentation itself. */
function inPlace(file: SourceFile, item: Item, range: Range, { keepsLines, snippets }: Client): string {
  const isSnippet = item.plain !== undefined && snippets;
  const text = item.plain !== undefined && !snippets ? item.plain : item.insert;
  if (item.column === undefined) return text;
  const { line } = linesOf(file).positionAt(range.start);
  const own = /^ */.exec(linesOf(file).line(line))?.[0].length ?? 0;
  // An editor that indents a snippet does so by the line that it begins in.
  const column = keepsLines || !isSnippet ? item.column : Math.max(0, item.column - own);
  return indented(text, column);
}

const itemKinds: Record<Item['kind'], CompletionItemKind> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  object: CompletionItemKind.Reference,
  port: CompletionItemKind.Constant,
  address: CompletionItemKind.Unit,
  snippet: CompletionItemKind.Snippet,
};

const completionKinds: Record<Completion['kind'], CompletionItemKind> = {
  plugin: CompletionItemKind.Function,
  option: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  snippet: CompletionItemKind.Reference,
};

/** As a tree, or as a list for editors that know no trees. */
export function symbolsIn(reading: Reading | undefined): DocumentSymbol[] | SymbolInformation[] | null {
  if (reading === undefined) return null;
  const { file, around } = reading;
  const entries = outlineOf(file);
  if (entries.length === 0 || isOutlined(file, around.client)) return null;
  if (around.client.nestedSymbols) return entries.map(entry => symbolOf(file, entry));
  const uri = around.uriOf(file.path);
  const flat = (entry: OutlineEntry, container: string | undefined): SymbolInformation[] => [
    {
      name: entry.name,
      kind: symbolKinds[entry.kind],
      location: { uri, range: toLspRange(file, entry.range) },
      ...(container === undefined ? {} : { containerName: container }),
    },
    ...entry.children.flatMap(child => flat(child, entry.name)),
  ];
  return entries.flatMap(entry => flat(entry, undefined));
}

/** Whether another server of the editor gives the outline: twice the same is worse than once. */
function isOutlined({ role, path }: SourceFile, { outlined }: Client): boolean {
  return role === 'manifests' && outlined.includes(path.toLowerCase().endsWith('.json') ? 'json' : 'yaml');
}

export const symbolKinds: Record<OutlineEntry['kind'], SymbolKind> = {
  server: SymbolKind.Namespace,
  snippet: SymbolKind.Module,
  plugin: SymbolKind.Function,
  workload: SymbolKind.Class,
  service: SymbolKind.Interface,
  policy: SymbolKind.Key,
  route: SymbolKind.Event,
  settings: SymbolKind.Struct,
  namespace: SymbolKind.Namespace,
  object: SymbolKind.Object,
  container: SymbolKind.Module,
  port: SymbolKind.Number,
  rule: SymbolKind.Function,
  entry: SymbolKind.Property,
};

function symbolOf(file: SourceFile, { kind, name, detail, range, selection, children }: OutlineEntry): DocumentSymbol {
  return {
    name,
    kind: symbolKinds[kind],
    ...(detail === '' ? {} : { detail }),
    range: toLspRange(file, range),
    selectionRange: toLspRange(file, selection),
    children: children.map(child => symbolOf(file, child)),
  };
}
