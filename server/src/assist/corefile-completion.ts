import { type ArgumentPlace, type NamePlace, type Place, placeAt } from '../corefile/place';
import { type Option, optionOf, type Plugin, pluginNamed, plugins } from '../corefile/plugins';
import type { Corefile } from '../corefile/syntax';
import type { Version } from '../corefile/versions';
import type { Range } from '../text/range';
import { describe, isDeprecated, isRead, isTooNew, shapeOf } from './corefile-words';

/** What may be written at a place of a Corefile. */
export interface Completions {
  /** The word that is being typed, in the Corefile: what an item replaces. */
  readonly range: Range;
  /** Best first. */
  readonly items: readonly Completion[];
}

export interface Completion {
  readonly kind: 'plugin' | 'option' | 'value' | 'snippet';
  readonly label: string;
  /** What may follow the name; empty for values. */
  readonly detail: string;
  readonly markdown: string;
  readonly isDeprecated: boolean;
}

/**
 * Names of plugins and options, values to choose from, and snippets to import, at an offset of a Corefile that may be
 * half typed. What the release of CoreDNS doesn't read any more is left out; what it can't read yet comes last.
 */
export function completionsAt(corefile: Corefile, offset: number, coreDns: Version | undefined): Completions {
  const place = placeAt(corefile, offset);
  const nothing = { range: { start: offset, end: offset }, items: [] };
  if (place === undefined || isFixed(corefile, place, offset)) return nothing;
  return { range: place.range, items: itemsAt(corefile, place, offset, coreDns) };
}

function itemsAt(corefile: Corefile, place: Place, offset: number, coreDns: Version | undefined): Completion[] {
  if (place.kind === 'argument') return valuesAt(corefile, place);
  if (place.kind === 'name') return place.owner === undefined ? pluginsAt(place, coreDns) : optionsAt(place, coreDns);
  const importing = pluginNamed('import');
  const isFirst = isBlank(lineBefore(corefile.text, Math.min(place.range.start, offset)));
  return importing !== undefined && isFirst ? [itemOf(importing, 'plugin', coreDns)] : [];
}

/** Quoted words, and words that something else fills in, are not completed. */
function isFixed(corefile: Corefile, { range }: Place, offset: number): boolean {
  if (range.start === range.end) return false;
  const token = corefile.tokens.find(candidate => candidate.range.end >= offset);
  return token !== undefined && token.range.start <= offset && (token.isQuoted || token.isDynamic);
}

function pluginsAt({ block, line }: NamePlace, coreDns: Version | undefined): Completion[] {
  const present = new Set(block.directives.filter(other => other !== line).map(({ name }) => name.text));
  const possible = plugins.filter(
    plugin => isRead(plugin, coreDns) && !(plugin.isOnce === true && present.has(plugin.name)),
  );
  return ranked(possible, coreDns, plugin => {
    if (plugin.isExternal === true) return RANKS.external;
    if (present.has(plugin.name)) return RANKS.present;
    const usual = USUAL.indexOf(plugin.name);
    return usual < 0 ? RANKS.other : usual;
  }).map(plugin => itemOf(plugin, 'plugin', coreDns));
}

/** The plugins of most clusters, in the order in which kubeadm writes them. */
const USUAL = ['errors', 'health', 'ready', 'kubernetes', 'prometheus', 'forward', 'cache', 'loop', 'reload'].concat(
  ['loadbalance', 'log', 'hosts', 'rewrite', 'template', 'import'], // what is added to it most often
);

const RANKS = { other: 100, present: 200, external: 300, deprecated: 400, tooNew: 500 } as const;

function optionsAt({ block, owner, line }: NamePlace, coreDns: Version | undefined): Completion[] {
  // Options have no options: a block in the block of a plugin holds something else.
  if (owner === undefined || !block.directives.includes(owner)) return [];
  const plugin = pluginNamed(owner.name.text);
  if (plugin === undefined) return [];
  const present = new Set(owner.options.filter(other => other !== line).map(({ name }) => name.text));
  const possible = plugin.options.filter(option => isRead(option, coreDns));
  return ranked(possible, coreDns, option => (present.has(option.name) ? RANKS.present : RANKS.other)).map(option =>
    itemOf(option, 'option', coreDns),
  );
}

function valuesAt(corefile: Corefile, { block, owner, line, index, range }: ArgumentPlace): Completion[] {
  if (line.name.text === 'import') {
    return index > 0 ? [] : corefile.snippets.map(({ name }) => choice(name, 'snippet', 'The lines of a snippet.'));
  }
  const parent = owner && block.directives.includes(owner) ? pluginNamed(owner.name.text) : undefined;
  const thing = owner === undefined ? pluginNamed(line.name.text) : parent && optionOf(parent, line.name.text);
  if (thing === undefined || (owner === undefined && index > 0)) return [];
  const present = new Set(line.args.filter(({ range: { start } }) => start !== range.start).map(({ text }) => text));
  return (thing.values ?? [])
    .filter(value => !present.has(value))
    .map(value => choice(value, 'value', `\`${shapeOf(thing)}\`\n\n${thing.summary}`));
}

function ranked<T extends Plugin | Option>(
  things: readonly T[],
  coreDns: Version | undefined,
  rankOf: (thing: T) => number,
): T[] {
  const rank = (thing: T): number => {
    if (isTooNew(thing, coreDns)) return RANKS.tooNew;
    return isDeprecated(thing, coreDns) ? RANKS.deprecated : rankOf(thing);
  };
  return [...things].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function itemOf(thing: Plugin | Option, kind: 'plugin' | 'option', coreDns: Version | undefined): Completion {
  return {
    kind,
    label: thing.name,
    detail: shapeOf(thing),
    markdown: describe(thing, coreDns),
    isDeprecated: isDeprecated(thing, coreDns),
  };
}

function choice(label: string, kind: 'value' | 'snippet', markdown: string): Completion {
  return { kind, label, detail: '', markdown, isDeprecated: false };
}

function lineBefore(text: string, offset: number): string {
  return text.slice(offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
