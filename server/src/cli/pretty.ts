import { editsOf } from '../lint/fix';
import { locate } from '../lint/place';
import type { Finding, Severity } from '../lint/rule';
import { linesOf } from '../text/lines';
import { visible } from '../text/visible';
import type { Outcome } from './outcome';
import { withoutCommands } from './visible';

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** For people: each finding with the line it is about. Nothing that a file says can control their terminal. */
export function pretty(outcome: Outcome): string {
  const { workspace, files: meant, findings, skipped, notes, unfollowed, colors } = outcome;
  const blocks = findings.map(finding => frame(outcome, finding));
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
  return withoutCommands([...blocks, ...told, `${summary}${left}\n`].join('\n'));
}

function leftOut(files: number, references: number): string {
  const parts = [
    ...(files > 0 ? [`${plural(files, 'file')} not analysed`] : []),
    ...(references > 0 ? [`${plural(references, 'reference')} of kustomizations not followed`] : []),
  ];
  return parts.join(', ');
}

function frame(outcome: Outcome, finding: Finding): string {
  const { workspace, colors } = outcome;
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
  const related = finding.related.map(({ at, message }) => {
    const there = locate(at);
    const other = workspace.placeOf(there.document);
    if (other === undefined) return '';
    const { line } = linesOf(other.file).positionAt(other.start + there.range.start);
    const text = visible(`${other.file.path}:${line + 1}: ${message}`);
    return `${gutter} ${colors.dim('=')} ${colors.dim(text)}\n`;
  });
  const fixes = finding.fixes
    .filter(fix => editsOf(workspace, finding, fix) !== undefined)
    .map(fix => `${gutter} ${colors.dim('=')} fix: ${visible(fix.title)}${fix.safe ? ' (--fix)' : ''}\n`);
  const scopes = finding.scopes.length > 0 ? ` ${colors.dim(visible(`[${finding.scopes.join(', ')}]`))}` : '';
  return [
    `${colors.bold(`${visible(place.file.path)}:${start.line + 1}:${start.character + 1}`)} `,
    `${colored(outcome, finding.severity, finding.severity)} ${colors.dim(finding.rule.id)}${scopes}\n`,
    `${gutter} ${visible(finding.message)}\n`,
    `${gutter} ${colors.dim('|')}\n`,
    `${number} ${colors.dim('|')} ${before}${marked}${after}\n`,
    `${gutter} ${colors.dim('|')} ${colored(outcome, finding.severity, marks)}\n`,
    ...related,
    ...fixes,
  ].join('');
}

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

const plural = (count: number, word: string) => `${count} ${word}${count === 1 || word === 'info' ? '' : 's'}`;
