import { nearest } from '../text/distance';
import { type LineIndex, linesOf } from '../text/lines';
import { grouped, memo } from '../text/maps';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { YamlDocument } from '../yaml/document';
import type { Edits } from '../yaml/edit';
import type { Node } from '../yaml/node';
import type { Place as ValuePlace } from '../yaml/replace';
import type { Config } from './config';
import { fix, set } from './fixes';
import { areaOf, isOffAt, levelOf } from './levels';
import { locate, stringAround } from './place';
import { type AnyRule, type Finding, inLines } from './rule';

/** The rule that speaks when a suppression has nothing to suppress. */
export const unusedRule: AnyRule = {
  id: 'ignore/without-effect',
  title: 'Comments and annotations that ignore a rule have an effect',
  severity: 'warning',
  references: ['https://github.com/kube-netlint/kube-netlint#readme'],
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
  /** Takes the name out, and what held nothing else. */
  remove(edits: Edits): unknown;
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
    const offsets = [place.start + range.start];
    // What is above a string of several lines is for all that is in it.
    const string = stringAround(finding.at);
    if (string) offsets.push(place.start + string.keyRange.start);
    const covering = source.all.filter(
      one => isMeant(one) && offsets.some(offset => one.covers(finding, source.lines.positionAt(offset).line, offset)),
    );
    for (const suppression of covering) suppression.used = true;
    return !annotated && covering.length === 0;
  });
  for (const [file, { all }] of bySource) {
    const { path } = file;
    const level = levelOf(unusedRule, config, { path });
    if (level === 'off') continue;
    for (const { name, range, used, about, remove } of all) {
      // What an annotation is for may be found in a file that is not among these.
      const isUnsure = about !== undefined && among.length < workspace.files.size;
      if (used || isUnsure || isSwitchedOff(name, path, config, rules)) continue;
      const names = new Set(rules.flatMap(({ id }) => [id, areaOf(id)]));
      const known = names.has(name);
      const at = placeIn(file, range);
      if (at === undefined) continue;
      const meant = known ? undefined : nearest(name, names);
      kept.push({
        rule: unusedRule,
        severity: level === 'own' ? unusedRule.severity : level,
        at,
        message: inLines(
          known
            ? {
                what: `Ignoring '${name}' has no effect`,
                why: `Nothing is reported here by '${name}'.`,
                how: 'Remove it, or move it to the line before the finding.',
              }
            : {
                what: `Unknown rule or area '${name}'`,
                why: 'Ignoring it has no effect.',
                how:
                  meant === undefined
                    ? 'Remove it, or name the rule or area that is meant.'
                    : `Use '${meant}', or remove it.`,
              },
        ),
        fixes: [
          ...(meant === undefined || about ? [] : [set(`Use '${meant}'`, at, meant)]),
          // Not safe: in sight of more files it may have something to silence.
          fix(`Take '${name}' out`, remove),
        ],
        related: [],
        scopes: [],
        resource: undefined,
        namespace: undefined,
        subjects: [{ path }],
      });
    }
  }
  return kept;
}

/** A rule that is off reports nothing: a comment for it waits for the day that it is on again. */
function isSwitchedOff(name: string, path: string, config: Config, rules: readonly AnyRule[]): boolean {
  const meant = rules.filter(rule => rule.id === name || areaOf(rule.id) === name);
  return meant.length > 0 && meant.every(rule => isOffAt(path, rule, config));
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
    const all = [...namesIn(names)];
    const lineStart = lines.offsetAt({ line, character: 0 });
    const whole = isAlone
      ? {
          start: lineStart,
          end: line + 1 < lines.count ? lines.offsetAt({ line: line + 1, character: 0 }) : file.text.length,
        }
      : {
          start: lineStart + lines.line(line).slice(0, character).trimEnd().length,
          end: match.index + match[0].length,
        };
    for (const [i, { name, start }] of all.entries()) {
      // With what is between it and its neighbour.
      const [before, after] = [all[i - 1], all[i + 1]];
      const part = {
        start: from + (after || !before ? start : before.start + before.name.length),
        end: from + (after ? after.start : start + name.length),
      };
      yield {
        name,
        range: { start: from + start, end: from + start + name.length },
        used: false,
        remove: edits => {
          const place = placeIn(file, all.length === 1 ? whole : part);
          return place && edits.replace(place, '');
        },
        covers: (_, at, offset) => {
          if (isFile) return head !== undefined;
          return head && isAlone ? offset >= head.start && offset < head.end : at === covered;
        },
      };
    }
  }
}

/** A comment line covers the next line that is no comment. */
export function nextContentLine(lines: LineIndex, line: number): number {
  let next = line + 1;
  while (next < lines.count && /^\s*(?:#|$)/.test(lines.line(next))) next++;
  return next;
}

/** The document that a comment stands in the head of: before its first line with content. */
export function headAt(file: SourceFile, offset: number): Range | undefined {
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
    const names = Array.from(namesIn(node.string ?? ''), ({ name }) => name);
    for (const name of names) {
      const range = { start: placed.start + node.range.start, end: placed.start + node.range.end };
      yield {
        name,
        range,
        used: false,
        about: resource.node,
        remove: edits => {
          const others = names.filter(other => other !== name);
          return others.length === 0 ? edits.remove(node) : edits.set(node, others.join(', '));
        },
        covers: finding => finding.resource?.node.written === resource.node,
      };
    }
  }
}

function* namesIn(text: string): Iterable<{ name: string; start: number }> {
  for (const match of text.matchAll(/[A-Za-z0-9_/.-]+/g)) yield { name: match[0], start: match.index };
}

function placeIn(file: SourceFile, range: Range): ValuePlace | undefined {
  const placed = file.documents.findLast(({ start }) => start <= range.start);
  if (placed === undefined) return undefined;
  return { in: placed.document.root, range: { start: range.start - placed.start, end: range.end - placed.start } };
}
