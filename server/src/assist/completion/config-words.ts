import { type ConfigField, configFieldAt } from '../../lint/config-schema';
import { defaultVersion } from '../../lint/version';
import type { Range } from '../../text/range';
import type { SourceFile } from '../../workspace/source-file';
import { nodeAt } from '../../yaml/find';
import type { Node } from '../../yaml/node';
import { code } from '../markdown';
import type { Item } from './item';
import { type Site, siblingsOf, siteAt } from './site';
import { keyAt, spelledAt } from './spelled';

/** What may be written at an offset of a config file, by its schema. */
export function configWordsAt(
  file: SourceFile,
  offset: number,
): { readonly range: Range; readonly items: readonly Item[] } | undefined {
  const site = file.role === 'config' ? siteAt(file, offset) : undefined;
  if (site === undefined) return undefined;
  const items = itemsAt(site);
  return items.length === 0 ? undefined : { range: site.range, items };
}

function itemsAt(site: Site): readonly Item[] {
  const { path, typing, key } = site;
  const field = configFieldAt(path);
  if (typing === 'key') return keysOf(field, site);
  if (typing === 'value') return valuesOf(configFieldAt([...path, key]), site);
  // An item that turns out to be a mapping begins with a key.
  return field?.item?.takes === 'fields' ? keysOf(field.item, site) : valuesOf(field?.item, site);
}

function keysOf(field: ConfigField | undefined, site: Site): readonly Item[] {
  const present = new Set(site.typing === 'key' ? siblingsOf(site).map(({ key }) => String(key)) : []);
  return [...(field?.fields ?? [])]
    .filter(([name]) => !present.has(name))
    .map(([name, { description, values, takes }], i): Item => {
      const isBlock = takes !== 'value' && !site.style.isFlow && !site.style.hasColon;
      return {
        label: name,
        kind: 'key',
        detail: values.join(' | '),
        markdown: description,
        insert: isBlock ? keyAt(site, name).trimEnd() : keyAt(site, name),
        // Areas come before the rules in them, by the order of the schema.
        rank: i,
      };
    });
}

function valuesOf(field: ConfigField | undefined, site: Site): readonly Item[] {
  if (field === undefined) return [];
  const values = site.key === 'kubernetes' && site.path.length === 0 ? [defaultVersion] : field.values;
  const present = new Set(site.typing === 'item' ? siblingsOf(site).map(({ text }) => text) : []);
  return values
    .filter(value => !present.has(value))
    .map((label, rank): Item => {
      return { label, kind: 'value', detail: '', markdown: field.description, insert: spelledAt(site, label), rank };
    });
}

/** What a setting is for, on its key or its value. */
export function configHoverAt(file: SourceFile, offset: number): { markdown: string; range: Range } | undefined {
  const placed = file.role === 'config' ? file.documents.findLast(({ start }) => start <= offset) : undefined;
  if (placed === undefined) return undefined;
  const node = nodeAt(placed.document, offset - placed.start);
  const path = pathOf(node);
  const field = path.length === 0 ? undefined : configFieldAt(path);
  if (field === undefined || field.description === '') return undefined;
  const takes = field.values.length === 0 ? '' : `\n\nTakes ${field.values.map(code).join(', ')}.`;
  const { start, end } = node.keyRange;
  return {
    markdown: `${field.description}${takes}`,
    range: { start: placed.start + start, end: placed.start + end },
  };
}

function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Node | undefined = node; at?.parent; at = at.parent) path.unshift(at.key ?? '');
  return path;
}
