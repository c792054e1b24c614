import wrapAnsi from 'wrap-ansi';
import { editsOf } from '../lint/fix';
import { locate } from '../lint/place';
import { type Finding, preferredFix, type Severity } from '../lint/rule';
import { linesOf } from '../text/lines';
import { grouped } from '../text/maps';
import { visible } from '../text/visible';
import { counted } from '../text/words';
import type { Fixing, Outcome } from './outcome';
import { withoutCommands } from './visible';

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** For people: each finding with the line it is about. Nothing that a file says can control their terminal. */
export function pretty(outcome: Outcome): string {
  const { workspace, files: meant, findings, skipped, notes, unfollowed, colors } = outcome;
  const { shown, folded } = outcome.all ? { shown: findings, folded: [] } : withoutRepeats(findings);
  const blocks = shown.map(finding => frame(outcome, finding));
  const more = folded.map(({ rule, count }) => `${colors.dim(`${rule.id}: ${count} more, see all with --all`)}\n`);
  const files = new Set(findings.map(finding => workspace.placeOf(locate(finding.at).document)?.file.path)).size;
  const counts = order
    .map(severity => ({ severity, count: findings.filter(finding => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => colored(outcome, severity, plural(count, severity)));
  const read = `${plural(meant.length, 'file')} read`;
  const summary =
    counts.length === 0
      ? `No findings in ${read}`
      : `${counts.join(', ')} in ${plural(files, 'file')} of ${meant.length}`;
  const left =
    skipped.length + unfollowed.length === 0
      ? ''
      : colors.dim(`; ${leftOut(skipped.length, unfollowed.length)}, see --format json`);
  const told = notes.map(note => `${colors.yellow('note')}: ${visible(note)}\n`);
  const fixed = outcome.fixing ? fixingLines(outcome.fixing) : [];
  return withoutCommands(
    [...blocks, ...more, ...told, [...fixed, `${summary}${left}`].map(line => `${line}\n`).join('')].join('\n'),
  );
}

/** Of each rule the first few findings: what it says more often is counted. */
function withoutRepeats(findings: readonly Finding[]) {
  const byRule = grouped(findings, ({ rule }) => rule);
  const shown = new Set([...byRule.values()].flatMap(found => found.slice(0, mostOfRule)));
  const folded = Array.from(byRule, ([rule, found]) => ({ rule, count: found.length - mostOfRule }));
  return {
    shown: findings.filter(finding => shown.has(finding)),
    folded: folded.filter(({ count }) => count > 0),
  };
}

const mostOfRule = 5;

/** What was fixed, what could be, and what could not. */
function fixingLines({ applied, refused, unsafe }: Fixing): string[] {
  const files = new Set(applied.map(({ file }) => file)).size;
  const done =
    applied.length === 0 ? 'Nothing fixed' : `Fixed ${plural(applied.length, 'finding')} in ${plural(files, 'file')}`;
  const more = unsafe === 0 ? '' : `; ${unsafe} more with --unsafe-fixes, which change what runs`;
  const skipped = refused.map(({ file, finding, reason }) =>
    visible(`Not fixed: ${finding.rule.id} in ${file}: ${reason}`),
  );
  return [...skipped, `${done}${more}`];
}

function leftOut(files: number, references: number): string {
  const parts = [
    ...(files > 0 ? [`${plural(files, 'file')} not analysed`] : []),
    ...(references > 0 ? [`${plural(references, 'reference')} of kustomizations not followed`] : []),
  ];
  return parts.join(', ');
}

function frame(outcome: Outcome, finding: Finding): string {
  const { workspace, colors, links } = outcome;
  const { document, range } = locate(finding.at);
  const place = workspace.placeOf(document);
  if (place === undefined) return '';
  const lines = linesOf(place.file);
  const start = lines.positionAt(place.start + range.start);
  const end = lines.positionAt(place.start + range.end);
  const line = lines.line(start.line);
  const width = end.line === start.line ? end.character - start.character : line.length - start.character;
  const number = String(start.line + 1);
  const gutter = ' '.repeat(number.length);
  const { before, marked, after } = window(line, start.character, width);
  const marks = ' '.repeat(before.length) + '^'.repeat(Math.max(1, marked.length));
  const paragraph = (text: string) =>
    wrapAnsi(visible(text), outcome.width - gutter.length - 1)
      .split('\n')
      .map(each => `${gutter} ${each}\n`)
      .join('');
  const [what = '', ...reasons] = finding.message.split('\n');
  const places = outcome.all ? finding.related : finding.related.slice(0, mostOfRelated);
  const others = finding.related.length - places.length;
  const related = places.map(({ at: place, message }) => {
    const there = locate(place);
    const other = workspace.placeOf(there.document);
    if (other === undefined) return '';
    const { line } = linesOf(other.file).positionAt(other.start + there.range.start);
    const at = links.file(visible(`${other.file.path}:${line + 1}`), other.file.path);
    return `${gutter} ${colors.dim('=')} ${colors.dim(`${at}: ${visible(message)}`)}\n`;
  });
  const fixes = finding.fixes
    .filter(fix => editsOf(workspace, finding, fix) !== undefined)
    .map(
      fix =>
        `${gutter} ${colors.dim('=')} fix: ${visible(fix.title)}${fix === preferredFix(finding) ? ' (--fix)' : ''}\n`,
    );
  const scopes = finding.scopes.length > 0 ? ` ${colors.dim(visible(`[${finding.scopes.join(', ')}]`))}` : '';
  const spot = `${visible(place.file.path)}:${start.line + 1}:${start.character + 1}`;
  const { id } = finding.rule;
  return [
    `${links.file(colors.bold(spot), place.file.path)} `,
    `${colored(outcome, finding.severity, finding.severity)} ${links.page(colors.dim(id), id)}${scopes}\n`,
    paragraph(what),
    `${gutter} ${colors.dim('|')}\n`,
    `${number} ${colors.dim('|')} ${before}${marked}${after}\n`,
    `${gutter} ${colors.dim('|')} ${colored(outcome, finding.severity, marks)}\n`,
    ...reasons.map(paragraph),
    ...related,
    ...(others > 0 ? [`${gutter} ${colors.dim(`= and ${others} more places, see all with --all`)}\n`] : []),
    ...fixes,
  ].join('');
}

const mostOfRelated = 5;
const maximalWidth = 160;

/** A part of a very long line, around what is marked. Tabs count as one column, so they are shown as one. */
function window(line: string, column: number, width: number): { before: string; marked: string; after: string } {
  const text = line.replaceAll('\t', ' ');
  const from = Math.max(0, Math.min(column - 20, text.length - maximalWidth));
  const part = (start: number, end: number) => visible(text.slice(start, Math.min(end, from + maximalWidth)));
  return {
    before: part(from, column),
    marked: part(column, column + width),
    after: part(column + width, text.length),
  };
}

function colored({ colors }: Outcome, severity: Severity, text: string): string {
  if (severity === 'error') return colors.red(text);
  if (severity === 'warning') return colors.yellow(text);
  return severity === 'info' ? colors.cyan(text) : colors.dim(text);
}

const plural = (count: number, word: string) => (word === 'info' ? `${count} info` : counted(count, word));
