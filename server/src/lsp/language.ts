import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  type Position,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { corefileAt } from '../assist/corefile';
import { type Completion, completionsAt } from '../assist/corefile-completion';
import { corefileHoverAt } from '../assist/corefile-hover';
import { hoverAt } from '../assist/hover';
import { titleOf } from '../assist/linked';
import { type OutlineEntry, outlineOf } from '../assist/outline';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Surroundings } from './client';
import { linesOf, placeIn, toLspRange } from './to-lsp';

/** A file that a person looks at, and what is around it. */
export interface Reading {
  readonly workspace: Workspace;
  readonly file: SourceFile;
  /** The version that the manifests are for. */
  readonly kubernetes: string;
  readonly around: Surroundings;
  /** Whether all of its workspace was read: before, nothing is said of what objects have to do with each other. */
  readonly isWhole: boolean;
}

export function hoverIn(reading: Reading | undefined, position: Position): Hover | null {
  if (reading === undefined) return null;
  const { workspace, file, kubernetes, around, isWhole } = reading;
  const offset = linesOf(file).offsetAt(position);
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

export function completionIn(reading: Reading | undefined, position: Position): CompletionList | null {
  if (reading === undefined) return null;
  const { workspace, file, kubernetes, around } = reading;
  const spot = corefileAt(workspace, file.path, linesOf(file).offsetAt(position), kubernetes);
  if (spot === undefined) return null;
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
  if (entries.length === 0) return null;
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

const symbolKinds: Record<OutlineEntry['kind'], SymbolKind> = {
  server: SymbolKind.Namespace,
  snippet: SymbolKind.Module,
  plugin: SymbolKind.Function,
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
