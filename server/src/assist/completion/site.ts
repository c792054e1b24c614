import type { ManifestFile } from '../../deploy/files';
import { kindOf } from '../../kube/kinds';
import { isDefinition, Resource } from '../../kube/resource';
import { moved, type Range } from '../../text/range';
import { isTemplate } from '../../workspace/template';
import { columnOf } from '../../yaml/layout';
import type { Node } from '../../yaml/node';
import { blockScalarAt } from '../block-scalar';
import { mark, mendedAt } from './mended';

/** Where somebody types in a YAML file, which may be half typed, and how what they choose is to be written there. */
export interface Site {
  /** The object as it would read with the word; undefined where no apiVersion or kind is written. */
  readonly object: Resource | undefined;
  /** Of the object, else of the document. */
  readonly root: Node;
  /** From the root to the mapping or list that what is typed stands in. */
  readonly path: readonly (string | number)[];
  /** A key of a mapping, the value of one, or an item of a list, which may turn out to be a mapping. */
  readonly typing: 'key' | 'value' | 'item';
  /** Of the value; '' for keys and items. */
  readonly key: string;
  /** The place that is typed: it holds no word that somebody wrote. */
  readonly node: Node;
  /** What is written at the cursor, without quotes. */
  readonly word: string;
  /** Of the word in the file: what an item replaces. */
  readonly range: Range;
  /** How much of the word stands before the cursor. */
  readonly cursor: number;
  readonly style: Style;
  /** Whether it is part of a patch, be it a text in a kustomization: then the object is only a piece of one. */
  readonly isPatch: boolean;
}

/** How the word is written. */
export interface Style {
  readonly quote: '' | '"' | "'";
  readonly isClosed: boolean;
  /** Whether it stands in `{}` or `[]`. */
  readonly isFlow: boolean;
  /** Whether a colon follows the key already. */
  readonly hasColon: boolean;
  /** The space that is missing before it. */
  readonly lead: '' | ' ';
  /** Whether nothing follows in its line. */
  readonly isLast: boolean;
  /** Where the key of the value, or the word itself, begins in its line. */
  readonly column: number;
  readonly eol: '\n' | '\r\n';
}

/** Undefined in comments, templates, definitions, block scalars that are no patches, JSON, and where no word may stand. */
export function siteAt(file: ManifestFile, offset: number): Site | undefined {
  if (file.path.endsWith('.json')) return undefined;
  const placed = file.documents.findLast(({ start }) => start <= offset);
  if (placed === undefined || placed.document.isPlainText || isDefinition(placed.document)) return undefined;
  const { text } = placed.document;
  if (isTemplate(text)) return undefined;
  const at = offset - placed.start;
  const patch = patchAt(text, at);
  const site = patch
    ? siteIn(patch.text, patch.offset, range => moved(patch.toFile(range), placed.start))
    : siteIn(text, at, range => moved(range, placed.start));
  if (site === undefined || patch === undefined) return site && { ...site, isPatch: false };
  const outer = patch.toFile({ start: patch.offset, end: patch.offset }).start;
  const indent = columnOf(text, outer) - columnOf(patch.text, patch.offset);
  return { ...site, style: { ...site.style, column: site.style.column + indent }, isPatch: true };
}

/** A value without key under which others stand: `site.beside('namespace')` is what is written next to it. */
export function beside(site: Site, ...path: readonly (string | number)[]): Node {
  return (site.node.parent ?? site.root).at(...path);
}

/** The place so many steps above what is typed. */
export function above(site: Site, steps: number): Node {
  return site.root.at(...site.path.slice(0, site.path.length - steps));
}

/** The items or fields beside what is typed. */
export function siblingsOf({ node }: Site): readonly Node[] {
  const { parent } = node;
  if (parent === undefined) return [];
  return [...parent.entries(), ...parent.items()].filter(other => other !== node);
}

/** A patch is a text in a kustomization. */
function patchAt(text: string, offset: number) {
  if (!text.includes('patch')) return undefined;
  const scalar = blockScalarAt(text, offset);
  return scalar?.key === 'patch' ? scalar : undefined;
}

function siteIn(text: string, offset: number, toFile: (range: Range) => Range): Omit<Site, 'isPatch'> | undefined {
  const mended = mendedAt(text, offset);
  if (mended === undefined) return undefined;
  const { node, isKey, isFlow, word, document } = mended;
  const parent = node.parent ?? document.root;
  const root = objectAround(node);
  const path: (string | number)[] = [];
  for (let at = parent; at !== root && at.parent; at = at.parent) path.unshift(at.key ?? '');
  const { innerStart, innerEnd, quote, isClosed, lead, isLast } = word;
  const head = node.pair ? node.pair.key.start : document.text.indexOf(mark);
  return {
    object: objectOf(root),
    root,
    path,
    typing: isKey ? 'key' : parent.isSequence ? 'item' : 'value',
    key: isKey || parent.isSequence ? '' : String(node.key),
    node,
    word: text.slice(innerStart, innerEnd),
    range: toFile({ start: innerStart, end: innerEnd }),
    cursor: offset - innerStart,
    style: {
      ...{ quote, isClosed, isFlow, lead, isLast },
      hasColon: word.isKey,
      column: columnOf(document.text, head),
      eol: text.includes('\r\n') ? '\r\n' : '\n',
    },
  };
}

/** The document's object, or the item of a List that holds a place. */
function objectAround(node: Node): Node {
  const line: Node[] = [];
  for (let at: Node | undefined = node; at; at = at.parent) line.unshift(at);
  let root = 0;
  while (/List$/.test(line[root]?.at('kind').string ?? '') && line[root + 1]?.key === 'items' && line[root + 3])
    root += 2;
  return line[root] ?? node;
}

function objectOf(root: Node): Resource | undefined {
  const list = root.parent?.parent;
  const kind = root.at('kind').string ?? list?.at('kind').string?.replace(/List$/, '');
  const apiVersion = root.at('apiVersion').string ?? list?.at('apiVersion').string;
  if (!kind || apiVersion === undefined) return undefined;
  return new Resource(kindOf(apiVersion, kind), apiVersion, kind, root.document, -1, root);
}
