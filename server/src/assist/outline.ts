import { parseCorefile } from '../corefile/parse';
import type { Directive, ServerBlock, Snippet } from '../corefile/syntax';
import type { SourceFile } from '../workspace/source-file';
import { objectsIn } from './manifest-outline';
import { type OutlineEntry, within } from './outline-entry';

/** The objects of manifests; the server blocks, snippets and imports of a file that is a Corefile, with the plugins in each. */
export function outlineOf(file: SourceFile): readonly OutlineEntry[] {
  if (file.role === 'manifests') return objectsIn(file);
  if (file.role !== 'corefile') return [];
  const { blocks, snippets, imports } = parseCorefile(file.text);
  const entries = [...blocks.map(serverEntry), ...snippets.map(snippetEntry), ...imports.map(pluginEntry)];
  return entries.sort((a, b) => a.range.start - b.range.start);
}

function serverEntry({ keys, range, directives }: ServerBlock): OutlineEntry {
  const first = keys[0]?.token.range.start ?? range.start;
  const last = keys.at(-1)?.token.range.end ?? first;
  return {
    kind: 'server',
    name: keys.length === 0 ? '(no zone)' : keys.map(({ token }) => token.text.replace(/,$/, '')).join(', '),
    detail: '',
    range,
    selection: within(range, { start: first, end: last }),
    children: directives.map(pluginEntry),
  };
}

function snippetEntry({ name, token, range, directives }: Snippet): OutlineEntry {
  return {
    kind: 'snippet',
    name: `(${name})`,
    detail: '',
    range,
    selection: within(range, token.range),
    children: directives.map(pluginEntry),
  };
}

function pluginEntry({ name, args, range }: Directive): OutlineEntry {
  return {
    kind: 'plugin',
    name: name.text === '' ? '""' : name.text,
    detail: args.map(({ text }) => text).join(' '),
    range,
    selection: within(range, name.range),
    children: [],
  };
}
