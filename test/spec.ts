import { structuredPatch } from 'diff';
import { readConfig } from '../server/src/lint/config';
import { editsOf, type FileEdits } from '../server/src/lint/fix';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import { type AnyRule, type Finding, type Fix, type Place, preferredFix } from '../server/src/lint/rule';
import { LineIndex } from '../server/src/text/lines';
import { applyEdits } from '../server/src/text/range';
import { Workspace } from '../server/src/workspace/workspace';

/** A rule page: headings are cases, fences are files, carets say what is found, diffs what a fix changes. */
export interface Page {
  readonly cases: readonly Case[];
  /** The page as its rule would write it: marks and diffs made anew. */
  rewritten(rule: AnyRule): string;
}

export interface Case {
  readonly title: string;
  /** Of the heading, from 1. */
  readonly line: number;
  /** Without marks, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** As the page has them: an entry for each mark, with all of its lines. */
  readonly expected: readonly string[];
  readonly diffs: readonly Diff[];
}

/** What a fix is and does: the words of its fence, and the lines below. */
interface Diff {
  readonly fence: string;
  readonly text: string;
}

interface Fence {
  readonly info: string;
  readonly lines: string[];
}

type Part = string | Fence;

export function readPage(text: string): Page {
  const parts = partsOf(text);
  const cases: Case[] = [];
  for (const section of sectionsOf(parts)) {
    const fences = section.parts.filter(part => typeof part !== 'string');
    const files = new Map<string, string>();
    const expected: string[] = [];
    for (const fence of fences.filter(isFile)) {
      const path = pathOf(fence);
      const { plain, marks } = unmarked(fence.lines);
      files.set(path, plain);
      expected.push(...marks.map(mark => `${path}:${mark}`));
    }
    const diffs = fences.filter(isDiff).map(({ info, lines }) => ({ fence: info, text: lines.join('\n') }));
    if (files.size > 0) cases.push({ title: section.title, line: section.line, files, expected, diffs });
  }
  return { cases, rewritten: rule => rewrite(parts, rule) };
}

export interface Result {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  readonly failures: readonly string[];
  lint(workspace: Workspace): readonly Finding[];
}

/** Lints files as one workspace; a `.kube-netlint.yaml` among them is its config. */
export function run(files: ReadonlyMap<string, string>, rules: readonly AnyRule[]): Result {
  const config = readConfig(files.get('.kube-netlint.yaml') ?? '');
  const linter = new Linter(rules);
  const workspace = Workspace.empty.update(files, { scopes: config.scopes });
  const findings = linter.lint(workspace, config);
  return { workspace, findings, failures: [...linter.failures], lint: other => new Linter(rules).lint(other, config) };
}

/** Marks as the page writes them, for comparison. */
export function marksOf({ workspace, findings }: Result): string[] {
  return findings.flatMap(finding => {
    const mark = markAt(workspace, finding.at, severityWord(finding) + finding.message);
    const related = finding.related.map(({ at, message }) => markAt(workspace, at, `~ ${message}`));
    return [mark, ...related].flatMap(
      ({ path, line, column, length, message }) => `${path}:${line}:${column}+${length} ${message}`,
    );
  });
}

const severityWord = (finding: Finding) => (finding.severity === finding.rule.severity ? '' : `(${finding.severity}) `);

/** What a fix changes, as the page shows it. */
export function diffOf(workspace: Workspace, { changed, created }: FileEdits): string {
  const named = workspace.files.size > 1 || created.size > 0;
  const blocks = [...changed].map(([path, edits]) => {
    const before = workspace.files.get(path)?.text ?? '';
    return block(named ? path : '', before, applyEdits(before, edits));
  });
  for (const [path, text] of created) blocks.push(block(path, '', text));
  return blocks.join('\n');
}

function block(path: string, before: string, after: string): string {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 0 });
  const lines = hunks.map(hunk => hunk.lines.filter(line => !line.startsWith('\\')).join('\n')).join('\n@@\n');
  return path === '' ? lines : `+++ ${path}\n${lines}`;
}

/** A workspace after a fix. */
export function applied(workspace: Workspace, { changed, created }: FileEdits): Workspace {
  const edited = [...changed].map(([path, edits]): [string, string] => {
    return [path, applyEdits(workspace.files.get(path)?.text ?? '', edits)];
  });
  return workspace.update([...edited, ...created]);
}

interface Mark {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
}

function markAt(workspace: Workspace, at: Place, message: string): Mark {
  const { document, range } = locate(at);
  const place = workspace.placeOf(document);
  const path = place?.file.path ?? '?';
  const index = new LineIndex(place?.file.text ?? '');
  const start = index.positionAt((place?.start ?? 0) + range.start);
  const end = index.positionAt((place?.start ?? 0) + range.end);
  const length =
    end.line === start.line ? end.character - start.character : index.line(start.line).length - start.character;
  return { path, line: start.line + 1, column: start.character + 1, length: Math.max(length, 1), message };
}

const markLine = /^( *)#(<?)( *)(\^+)(?: (.*))?$/;

/** A further line of the mark above. */
const goesOn = /^ *# *\| (.*)$/;

function unmarked(lines: readonly string[]): { plain: string; marks: string[] } {
  const plain: string[] = [];
  const marks: string[] = [];
  let isMark = false;
  for (const line of lines) {
    const match = markLine.exec(line);
    const more = goesOn.exec(line);
    if (more && isMark) {
      marks.push(`${marks.pop()}\n${more[1]}`);
      continue;
    }
    isMark = match !== null;
    if (match === null) {
      plain.push(line);
      continue;
    }
    const [, indent = '', near = '', space = '', carets = '', message = ''] = match;
    const column = near === '<' ? indent.length : indent.length + 1 + space.length;
    marks.push(`${plain.length}:${column + 1}+${carets.length} ${message}`);
  }
  return { plain: `${plain.join('\n')}\n`, marks };
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let open: Fence | undefined;
  for (const line of text.split('\n')) {
    if (open) {
      if (line === '```') {
        parts.push(open);
        open = undefined;
      } else open.lines.push(line);
    } else if (line.startsWith('```') && line.length > 3) open = { info: line.slice(3), lines: [] };
    else parts.push(line);
  }
  return parts;
}

interface Section {
  readonly title: string;
  readonly line: number;
  readonly parts: Part[];
}

function sectionsOf(parts: readonly Part[]): Section[] {
  const sections: Section[] = [{ title: '', line: 1, parts: [] }];
  let line = 1;
  for (const part of parts) {
    const [, title] = (typeof part === 'string' && /^###? (.*)$/.exec(part)) || [];
    if (title !== undefined) {
      sections.push({ title, line, parts: [part] });
    } else sections.at(-1)?.parts.push(part);
    line += typeof part === 'string' ? 1 : part.lines.length + 2;
  }
  return sections;
}

const isFile = ({ info }: Fence) => /^(?:yaml|json|corefile)\b/.test(info) && !/\bno-test\b/.test(info);
const isDiff = ({ info }: Fence) => info.startsWith('diff');
const attribute = ({ info }: Fence, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(info)?.[1];
const pathOf = (fence: Fence) =>
  attribute(fence, 'file') ?? (fence.info.startsWith('corefile') ? 'Corefile' : 'manifest.yaml');

function rewrite(parts: readonly Part[], rule: AnyRule): string {
  return sectionsOf(parts)
    .flatMap(section => rewriteSection(section, rule))
    .join('\n');
}

function rewriteSection({ parts }: Section, rule: AnyRule): string[] {
  const fences = parts.filter(part => typeof part !== 'string').filter(isFile);
  if (fences.length === 0) return parts.flatMap(linesOf);
  const files = new Map(fences.map(fence => [pathOf(fence), unmarked(fence.lines).plain]));
  const result = run(files, [rule]);
  const marks = result.findings.flatMap(finding => [
    markAt(result.workspace, finding.at, severityWord(finding) + finding.message),
    ...finding.related.map(({ at, message }) => markAt(result.workspace, at, `~ ${message}`)),
  ]);
  const last = fences.at(-1);
  const lines: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') lines.push(part);
    else if (isFile(part)) {
      const plain = (files.get(pathOf(part)) ?? '').slice(0, -1).split('\n');
      lines.push(
        `\`\`\`${part.info}`,
        ...marked(
          plain,
          marks.filter(mark => mark.path === pathOf(part)),
        ),
        '```',
      );
      if (part === last) for (const diff of diffsOf(result)) lines.push('', `\`\`\`${diff.fence}`, diff.text, '```');
    } else if (!isDiff(part)) lines.push(...linesOf(part));
    else while (lines.at(-1) === '' && lines.at(-2) === '') lines.pop();
  }
  return lines.filter((line, i) => !(line === '' && lines[i - 1] === ''));
}

/** One diff for each title with the same promises: of the first finding that offers it. */
export function diffsOf({ workspace, findings }: Result): Diff[] {
  const diffs = new Map<string, string>();
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      const fence = fenceOf(finding, fix);
      const edits = diffs.has(fence) ? undefined : editsOf(workspace, finding, fix);
      if (edits) diffs.set(fence, diffOf(workspace, edits));
    }
  }
  return [...diffs].map(([fence, text]) => ({ fence, text }));
}

function fenceOf(finding: Finding, fix: Fix): string {
  const words = [`diff fix="${fix.title}"`];
  if (fix.safe) words.push('safe');
  if (fix === preferredFix(finding)) words.push('preferred');
  if (finding.severity !== finding.rule.severity) words.push(`severity=${finding.severity}`);
  return words.join(' ');
}

const linesOf = (part: Part) => (typeof part === 'string' ? [part] : [`\`\`\`${part.info}`, ...part.lines, '```']);

function marked(lines: readonly string[], marks: readonly Mark[]): string[] {
  return lines.flatMap((line, i) => {
    const here = marks
      .filter(mark => mark.line === i + 1)
      .flatMap(mark => {
        const indent = /^ */.exec(line)?.[0].length ?? 0;
        const column = mark.column - 1;
        const carets = '^'.repeat(mark.length);
        const [first, ...others] = mark.message.split('\n');
        const text = `${carets} ${first}`.trimEnd();
        const isBehind = column >= indent + 1;
        const margin = `${' '.repeat(isBehind ? indent : column)}#`;
        const space = isBehind ? ' '.repeat(column - indent - 1) : ' ';
        return [`${margin}${isBehind ? space : '<'}${text}`, ...others.map(other => `${margin}${space}| ${other}`)];
      });
    return [line, ...here];
  });
}
