import { parseCorefile } from '../corefile/parse';
import type { Directive, ServerBlock, Snippet } from '../corefile/syntax';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';

/** A part of a file, as an editor lists it. */
export interface OutlineEntry {
  readonly kind: 'server' | 'snippet' | 'plugin';
  /** Never empty. */
  readonly name: string;
  readonly detail: string;
  readonly range: Range;
  /** The words that name it: inside of `range`. */
  readonly selection: Range;
  readonly children: readonly OutlineEntry[];
}

/** The server blocks, snippets and imports of a file that is a Corefile, with the plugins in each; of others nothing. */
export function outlineOf(file: SourceFile): readonly OutlineEntry[] {
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

/** Editors refuse a whole outline in which one selection sticks out of its range. */
function within(outer: Range, { start, end }: Range): Range {
  const from = Math.min(Math.max(start, outer.start), outer.end);
  return { start: from, end: Math.max(from, Math.min(end, outer.end)) };
}
