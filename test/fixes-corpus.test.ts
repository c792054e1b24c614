import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { Disk } from '../server/src/host/disk';
import { readConfig } from '../server/src/lint/config';
import { editsOf } from '../server/src/lint/fix';
import { ignoreEdits } from '../server/src/lint/ignore-comment';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import type { Finding } from '../server/src/lint/rule';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import { faultsIn } from './promises';
import { sharedFolder } from './shared';
import { applied } from './spec';

// The fixes on manifests that nobody wrote for them: some of each title in each repository, each tried by itself. It takes
// some minutes, so that it is run by hand, and prints how many were tried:
//
//   CORPUS=1 npx vitest run test/fixes-corpus.test.ts

const corpus = sharedFolder('corpus');
const config = readConfig('extends: all\n');
/** So many of a title are tried, in one repository and in all. */
const inOne = 1;
const inAll = 4;

/**
 * Fixes that meet what only looks like a value, or whose new finding is the same fault in other words; and a Service that
 * reaches its pods again, which is told that they have no probe.
 */
const knownFaults = [
  /^kubernetes__api /,
  /path-type-missing.*duplicate-path/,
  /^\S+ service\/[\s\S]*missing-readiness/,
];

interface Row {
  offered: number;
  tested: number;
}

test.runIf(corpus !== undefined && process.env['CORPUS'] === '1')(
  'fixes keep their word on the corpus',
  { timeout: 1_800_000 },
  () => {
    const rows = new Map<string, Row>();
    const broken: string[] = [];
    for (const repository of fs.readdirSync(corpus ?? '')) {
      const folder = path.join(corpus ?? '', repository);
      if (fs.statSync(folder).isDirectory()) tryFixes(repository, filesIn(folder), rows, broken);
    }
    const table = [...rows].sort().map(([key, { offered, tested }]) => `${key}: ${offered} offered, ${tested} tried`);
    console.info(table.join('\n'));
    expect(broken.filter(line => !knownFaults.some(known => known.test(line)))).toEqual([]);
  },
);

function filesIn(folder: string): [string, string][] {
  const disk = new Disk(folder, ['.']);
  return [...disk.list()].flatMap((file): [string, string][] => {
    const content = disk.read(file);
    return content && 'text' in content ? [[file, content.text]] : [];
  });
}

function tryFixes(repository: string, files: [string, string][], rows: Map<string, Row>, broken: string[]): void {
  const linter = new Linter(rules);
  const tried = new Map<string, number>();
  const judged = (workspace: Workspace): Judged => ({ workspace, findings: linter.lint(workspace, config) });
  const original = new Map(files);
  let now = judged(Workspace.empty.update(files));
  for (let i = 0; i < now.findings.length; i++) {
    for (const title of [...(now.findings[i]?.fixes.map(fix => fix.title) ?? []), 'ignore']) {
      const finding = now.findings[i];
      if (finding === undefined) continue;
      const key = title === 'ignore' ? title : `${finding.rule.id} ${shapeOf(title)}`;
      const row = rows.get(key) ?? { offered: 0, tested: 0 };
      rows.set(key, row);
      row.offered++;
      const already = tried.get(key) ?? 0;
      if (already >= inOne || row.tested >= inAll) continue;
      const fix = finding.fixes.find(one => one.title === title);
      const edits = fix ? editsOf(now.workspace, finding, fix) : ignoreEdits(now.workspace, finding);
      if (edits === undefined) continue;
      tried.set(key, already + 1);
      row.tested++;
      const after = applied(now.workspace, edits);
      const faults = [
        ...faultsIn(now.workspace, edits),
        ...newFindings(now, finding, after, linter.lint(after, config)),
      ];
      broken.push(...faults.map(fault => `${repository} ${key}: ${fault}`));
      // A text that gets comments takes its documents along, so that the old value is none any more.
      const touched = [...edits.changed.keys(), ...edits.created.keys()];
      now = judged(after.update(touched.map(file => [file, original.get(file)])));
    }
  }
}

interface Judged {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
}

/** That the finding stays, and what is found of errors and warnings that was not before. */
function newFindings(
  { workspace, findings }: Judged,
  fixed: Finding,
  after: Workspace,
  found: readonly Finding[],
): string[] {
  const shape = shapeAt(workspace, fixed);
  const countOf = (where: Workspace, all: readonly Finding[]) =>
    all.filter(one => shapeAt(where, one) === shape).length;
  // What was said of an object before may be said in other words.
  const objectOf = (where: Workspace, one: Finding) => `${one.rule.id} ${placeOf(where, one)}`;
  const known = new Set(findings.filter(isLoud).map(one => objectOf(workspace, one)));
  // What isolates says in its title that it may cut.
  const isCutting = fixed.rule.id.startsWith('network-policy/');
  const others = found.filter(one => isLoud(one) && !known.has(objectOf(after, one)));
  return [
    ...(countOf(after, found) >= countOf(workspace, findings) ? ['it is still found'] : []),
    ...others.filter(({ rule }) => !(isCutting && rule.id.startsWith('network-policy/'))).map(said),
  ];
}

const isLoud = ({ severity }: Finding) => severity === 'error' || severity === 'warning';
const said = ({ rule, message }: Finding) => `${rule.id}: ${message}`;
const shapeOf = (title: string) => title.replace(/'[^']*'/g, "'…'").replace(/\d+/g, 'N');

const shapeAt = (workspace: Workspace, one: Finding) => `${one.rule.id} ${placeOf(workspace, one)} ${one.message}`;

function placeOf(workspace: Workspace, { at, resource }: Finding): string {
  return `${workspace.placeOf(locate(at).document)?.file.path} ${resource?.name.string}`;
}
