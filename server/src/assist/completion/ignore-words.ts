import { areaOf } from '../../lint/levels';
import { headAt, ignoreAnnotation, nextContentLine } from '../../lint/suppressions';
import { linesOf } from '../../text/lines';
import type { Range } from '../../text/range';
import type { SourceFile } from '../../workspace/source-file';
import type { Given } from './given';
import type { Item } from './item';
import { metadataOf } from './pod-path';
import { type Site, siblingsOf } from './site';
import { keyAt, spelledAt } from './spelled';

/** What may be written at an offset of a comment that silences rules; undefined where there is none. */
export function ignoreWordsAt(
  file: SourceFile,
  offset: number,
  given: Given,
): { readonly range: Range; readonly items: readonly Item[] } | undefined {
  if (file.path.endsWith('.json') || file.documents.length === 0) return undefined;
  const lines = linesOf(file);
  const { line, character } = lines.positionAt(offset);
  const text = lines.line(line);
  const before = text.slice(0, character);
  const [, word = ''] = opening.exec(before) ?? [];
  if (word !== '' && 'kube-netlint-ignore-file'.startsWith(word)) {
    const rest = /^[\w-]*/.exec(text.slice(character))?.[0] ?? '';
    return { range: { start: offset - word.length, end: offset + rest.length }, items: openings(file, offset) };
  }
  const [, isFile, names] = comment.exec(before) ?? [];
  if (names === undefined) return undefined;
  const typed = nameBefore(before);
  const rest = nameAfter(text.slice(character));
  const others = `${names.slice(0, names.length - typed.length)} ${text.slice(character + rest.length).split(':')[0] ?? ''}`;
  const isAlone = /^\s*#/.test(before);
  const here = coveredBy(file, offset, isAlone ? nextContentLine(lines, line) : line, isFile !== undefined, isAlone);
  const items = rules(given, new Set(others.split(/[\s,]+/)), here, name => name);
  return { range: { start: offset - typed.length, end: offset + rest.length }, items };
}

/** Two letters are no word of ours yet. */
const opening = /(?:^|\s)#[ \t]*(kub[a-z-]*)$/;
const comment = /(?:^|\s)#[ \t]*kube-netlint-ignore(-file)?[ \t]+([^:\r\n]*)$/;
const nameBefore = (text: string) => /(?<![A-Za-z0-9_/.-])[A-Za-z0-9_/.-]*$/.exec(text)?.[0] ?? '';
const nameAfter = (text: string) => /^[A-Za-z0-9_/.-]*/.exec(text)?.[0] ?? '';

function openings(file: SourceFile, offset: number): readonly Item[] {
  const isHead = headAt(file, offset) !== undefined;
  const one = { kind: 'value', insert: 'kube-netlint-ignore ', rank: 0 } as const;
  return [
    {
      ...one,
      label: 'kube-netlint-ignore',
      detail: isHead ? 'silences rules in this document' : 'silences rules in the next line',
      markdown: 'Rules or areas with commas between them, then a colon and the reason.',
    },
    ...(isHead
      ? [
          {
            ...one,
            label: 'kube-netlint-ignore-file',
            insert: 'kube-netlint-ignore-file ',
            detail: 'silences rules in this file',
            markdown: 'Rules or areas with commas between them, then a colon and the reason.',
            rank: 1,
          },
        ]
      : []),
  ];
}

/** Whether a comment covers a line. */
function coveredBy(
  file: SourceFile,
  offset: number,
  line: number,
  isFile: boolean,
  isAlone: boolean,
): (line: number) => boolean {
  const head = isAlone ? headAt(file, offset) : undefined;
  if (isFile) return () => true;
  if (head === undefined) return other => other === line;
  const lines = linesOf(file);
  const [first, last] = [lines.positionAt(head.start).line, lines.positionAt(head.end).line];
  return other => other >= first && other <= last;
}

/** The annotation that silences rules about its object, and the names in it. */
export function ignoreAnnotations(site: Site, given: Given): readonly Item[] {
  if (site.object === undefined || metadataOf(site, 'annotations') !== 'object') return [];
  if (site.typing === 'key') {
    if (siblingsOf(site).some(({ key }) => key === ignoreAnnotation)) return [];
    const markdown = 'Rules or areas of kube-netlint, with commas between them, that say nothing of this object.';
    const detail = 'silences rules about this object';
    return [{ label: ignoreAnnotation, kind: 'key', detail, markdown, insert: keyAt(site, ignoreAnnotation), rank: 9 }];
  }
  if (site.typing !== 'value' || site.key !== ignoreAnnotation) return [];
  const { word, cursor, range, style } = site;
  const typed = nameBefore(word.slice(0, cursor));
  const rest = nameAfter(word.slice(cursor));
  const isWhole = typed.length + rest.length === word.length;
  // A comma ends a value in brackets.
  if (!isWhole && style.isFlow && style.quote === '') return [];
  const others = `${word.slice(0, cursor - typed.length)} ${word.slice(cursor + rest.length)}`;
  const items = rules(
    given,
    new Set(others.split(/[\s,]+/)),
    () => true,
    name => (isWhole ? spelledAt(site, name) : name),
  );
  if (isWhole) return items;
  const start = range.start + cursor - typed.length;
  return items.map(item => ({ ...item, range: { start, end: start + typed.length + rest.length } }));
}

/** Rules that are reported there first, then areas, then all others. */
function rules(
  { rules: all, reported }: Given,
  present: ReadonlySet<string>,
  isHere: (line: number) => boolean,
  spelled: (name: string) => string,
): readonly Item[] {
  const here = new Set(reported().flatMap(({ rule, line }) => (isHere(line) ? [rule] : [])));
  const item = (label: string, detail: string, rank: number): Item => {
    return { label, kind: 'value', detail, markdown: '', insert: spelled(label), rank };
  };
  const areas = [...new Set(all.map(({ id }) => areaOf(id)))].sort();
  const ofRules = all.map(({ id, title }) => item(id, title, here.has(id) ? 0 : 2));
  const ofAreas = areas.map(area => item(area, `all rules of the area ${area}`, 1));
  return [...ofRules, ...ofAreas].filter(({ label }) => !present.has(label)).sort((a, b) => a.rank - b.rank);
}
