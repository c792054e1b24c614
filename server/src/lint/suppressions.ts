import { type LineIndex, linesOf } from '../text/lines';
import { grouped, memo } from '../text/maps';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import { areaOf, type Config, levelOf } from './config';
import { locate } from './place';
import type { AnyRule, Finding } from './rule';

/** The rule that speaks when a suppression has nothing to suppress. */
export const unusedRule: AnyRule = {
  id: 'ignore/without-effect',
  title: 'A comment or annotation that silences a rule has something to silence',
  severity: 'warning',
  per: 'resource',
  kinds: [],
  check() {},
};

export const ignoreAnnotation = 'kube-netlint.dev/ignore';

/** One name in a comment or annotation that silences a rule or an area. */
interface Suppression {
  readonly name: string;
  /** In the file. */
  readonly range: Range;
  /** The object that an annotation is for, as it is written. */
  readonly about?: Node;
  covers(finding: Finding, line: number, offset: number): boolean;
  used: boolean;
}

const comment = /#[ \t]*kube-netlint-ignore(-file)?(?:[ \t]+([^:\r\n]*))?(?::[^\r\n]*)?/g;

/** Takes out what comments and annotations silence, and reports those that silence nothing. */
export function applySuppressions(
  workspace: Workspace,
  findings: readonly Finding[],
  config: Config,
  rules: readonly AnyRule[],
  among: readonly SourceFile[] = [...workspace.files.values()],
): Finding[] {
  const files = among.filter(mentionsUs);
  if (files.length === 0) return [...findings];
  const bySource = new Map(files.map(file => [file, { lines: linesOf(file), all: suppressionsIn(file) }]));
  // An annotation is for its object, also for what a patch in another file makes of it.
  const byObject = grouped(
    [...bySource.values()].flatMap(({ all }) => all),
    ({ about }) => about,
  );
  const kept = findings.filter(finding => {
    const { document, range } = locate(finding.at);
    const place = workspace.placeOf(document);
    const source = place && bySource.get(place.file);
    const isMeant = ({ name }: { readonly name: string }) =>
      name === finding.rule.id || name === areaOf(finding.rule.id);
    // A patch may bring the annotation.
    const annotated = [...namesIn(finding.resource?.annotation(ignoreAnnotation).string ?? '')].some(isMeant);
    const written = finding.resource?.node.written;
    for (const one of written ? (byObject.get(written) ?? []) : []) if (isMeant(one)) one.used = true;
    if (place === undefined || source === undefined) return !annotated;
    const offset = place.start + range.start;
    const { line } = source.lines.positionAt(offset);
    const covering = source.all.filter(one => isMeant(one) && one.covers(finding, line, offset));
    for (const suppression of covering) suppression.used = true;
    return !annotated && covering.length === 0;
  });
  const level = levelOf(unusedRule, config);
  if (level === 'off') return kept;
  for (const [file, { all }] of bySource) {
    for (const { name, range, used, about } of all) {
      // What an annotation is for may be found in a file that is not among these.
      const isUnsure = about !== undefined && among.length < workspace.files.size;
      if (used || isUnsure || isSwitchedOff(name, config, rules)) continue;
      const known =
        rules.some(rule => rule.id === name || areaOf(rule.id) === name) || name === 'yaml/syntax' || name === 'yaml';
      const at = placeIn(file, range);
      if (at === undefined) continue;
      kept.push({
        rule: unusedRule,
        severity: level === 'own' ? unusedRule.severity : level,
        at,
        message: known
          ? `Nothing here is reported by '${name}', so ignoring it has no effect: remove it, or move it to the line before the finding.`
          : `There is no rule or area '${name}', so ignoring it has no effect.`,
        fixes: [],
        related: [],
        scopes: [],
        resource: undefined,
        namespace: undefined,
      });
    }
  }
  return kept;
}

/** A rule that is off reports nothing: a comment for it waits for the day that it is on again. */
function isSwitchedOff(name: string, config: Config, rules: readonly AnyRule[]): boolean {
  const meant = rules.filter(rule => rule.id === name || areaOf(rule.id) === name);
  return meant.length > 0 && meant.every(rule => levelOf(rule, config) === 'off');
}

const mentionsUs = memo((file: SourceFile) => file.text.includes('kube-netlint'));

function suppressionsIn(file: SourceFile): Suppression[] {
  return [...commentsIn(file), ...annotationsIn(file)];
}

function* commentsIn(file: SourceFile): Iterable<Suppression> {
  if (file.path.endsWith('.json')) return;
  const lines = linesOf(file);
  let next = 0;
  for (const match of file.text.matchAll(comment)) {
    const { line, character } = lines.positionAt(match.index);
    const isAlone = lines.line(line).slice(0, character).trim() === '';
    // Of comments below each other the first one looks for all.
    if (line >= next) next = nextContentLine(lines, line);
    const covered = isAlone ? next : line;
    const head = headAt(file, match.index);
    const isFile = match[1] !== undefined;
    const names = match[2] ?? '';
    const from = match.index + match[0].indexOf(names, match[0].indexOf('ignore'));
    for (const { name, start } of namesIn(names)) {
      yield {
        name,
        range: { start: from + start, end: from + start + name.length },
        used: false,
        covers: (_, at, offset) => {
          if (isFile) return head !== undefined;
          return head && isAlone ? offset >= head.start && offset < head.end : at === covered;
        },
      };
    }
  }
}

/** A comment line covers the next line that is no comment. */
function nextContentLine(lines: LineIndex, line: number): number {
  let next = line + 1;
  while (next < lines.count && /^\s*(?:#|$)/.test(lines.line(next))) next++;
  return next;
}

/** The document that a comment stands in the head of: before its first line with content. */
function headAt(file: SourceFile, offset: number): Range | undefined {
  const found = file.documents.findLast(({ start }) => start <= offset);
  if (found === undefined || offset - found.start > headLengthOf(found.document)) return undefined;
  return { start: found.start, end: found.start + found.document.text.length };
}

const mark = /\uFEFF?---/y;
const headPart = /\s+|#[^\n]*(?:\n|$)|---(?=\s)|%[^\n]*\n/y;

/** Part by part: one expression for the whole head would remember each of its lines, and a stack is only so large. */
const headLengthOf = memo(
  ({ text }: YamlDocument): number => {
    mark.lastIndex = 0;
    headPart.lastIndex = mark.test(text) ? mark.lastIndex : 0;
    let length = headPart.lastIndex;
    while (headPart.test(text)) length = headPart.lastIndex;
    return length;
  },
  ({ reading }) => reading,
);

function* annotationsIn(file: SourceFile): Iterable<Suppression> {
  for (const resource of file.resources) {
    if (!resource.document.text.includes(ignoreAnnotation)) continue;
    const node = resource.annotation(ignoreAnnotation);
    const placed = file.documents.find(({ document }) => document === node.document);
    if (placed === undefined) continue;
    for (const { name } of namesIn(node.string ?? '')) {
      const range = { start: placed.start + node.range.start, end: placed.start + node.range.end };
      yield {
        name,
        range,
        used: false,
        about: resource.node,
        covers: finding => finding.resource?.node.written === resource.node,
      };
    }
  }
}

function* namesIn(text: string): Iterable<{ name: string; start: number }> {
  for (const match of text.matchAll(/[A-Za-z0-9_/.-]+/g)) yield { name: match[0], start: match.index };
}

function placeIn(file: SourceFile, range: Range): Finding['at'] | undefined {
  const placed = file.documents.findLast(({ start }) => start <= range.start);
  if (placed === undefined) return undefined;
  return { in: placed.document.root, range: { start: range.start - placed.start, end: range.end - placed.start } };
}
