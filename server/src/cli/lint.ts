import * as fs from 'node:fs';
import pc from 'picocolors';
import type { Configs } from '../lint/configs';
import { Judge } from '../lint/judge';
import type { AnyRule, Finding, Severity } from '../lint/rule';
import { visible } from '../text/visible';
import { readSource, type SourceFile } from '../workspace/source-file';
import { Workspace } from '../workspace/workspace';
import { checkConfigs, configsOf, firstOf } from './config';
import { readPaths, readStdin } from './files';
import { fixAll, printDiff } from './fix';
import { json } from './json';
import type { Outcome } from './outcome';
import { pretty } from './pretty';
import { noteOf } from './unknown';

export interface LintOptions {
  readonly format: string;
  readonly outputFile?: string;
  readonly fix?: true;
  readonly diff?: true;
  readonly config?: string;
  readonly kubernetes?: string;
  readonly maxWarnings?: number;
  readonly severity?: Severity;
}

export const formats: Record<string, (outcome: Outcome) => string> = { pretty, json };

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export async function lintCommand(
  paths: readonly string[],
  options: LintOptions,
  rules: readonly AnyRule[],
): Promise<number> {
  const root = process.cwd();
  const read = paths.length === 1 && paths[0] === '-' ? await readStdin(root) : readPaths(root, paths);
  const configs = configsOf(root, options, failure => read.failures.push(failure));
  const first = firstOf(root, paths);
  checkConfigs(root, configs, [first, ...read.files.map(([file]) => file).filter(read.isMeant)]);
  const config = configs.of(first);
  const { isOneCluster, isLoose, disk } = read;
  const isMeant = (file: string) => read.isMeant(file) && !configs.ignores(file);
  const files = read.files.map(([file, text]): [string, SourceFile] => [file, sourceOf(file, text)]);
  const workspace = Workspace.empty.update(files, { scopes: config.scopes, isOneCluster, isLoose });
  const judge = new Judge(rules, read.isMeant);
  let state = { workspace, findings: judge.lint(workspace, configs) };
  if (options.fix || options.diff) {
    // What a link leads to is fixed under its own name, if that is meant too.
    const fixed = fixEach(workspace, judge, configs, file => !disk.isLink(file));
    if (options.diff) {
      await print(printDiff(workspace, fixed.workspace));
      return end([...read.failures, ...judge.failures], 0);
    }
    const unwritten = [...fixed.changes].flatMap(([file, after]): [string, string | undefined][] => {
      const before = workspace.files.get(file)?.text;
      const reason = disk.write(file, before, after);
      if (reason === undefined) return [];
      read.failures.push(`${file} was not fixed: ${reason}`);
      return [[file, before]];
    });
    const left = fixed.workspace.update(unwritten);
    state = { workspace: left, findings: judge.lint(left, configs) };
  }
  const floor = options.severity ?? 'warning';
  const isAbove = ({ severity }: Finding, limit: Severity) => order.indexOf(severity) <= order.indexOf(limit);
  const shown = options.severity ? state.findings.filter(finding => isAbove(finding, floor)) : state.findings;
  const meant = [...state.workspace.files.values()].filter(({ path }) => isMeant(path));
  const skipped = [...read.skipped];
  for (const file of meant) if (file.skipped) skipped.push({ file: file.path, reason: file.skipped });
  skipped.sort((a, b) => (a.file < b.file ? -1 : 1));
  const format = formats[options.format] ?? pretty;
  const toFile = options.outputFile !== undefined;
  const colors = pc.createColors(!toFile && pc.isColorSupported && process.stdout.isTTY === true);
  const told = state.workspace.builds.filter(({ reads }) => ![...reads.keys()].every(file => configs.ignores(file)));
  const unfollowed = [...new Set(told.flatMap(({ unknown }) => unknown.map(noteOf)))].sort();
  const notes = judge.failures;
  const outcome = { ...state, files: meant, findings: shown, config, skipped, notes, unfollowed, colors };
  const text = format(outcome);
  if (options.outputFile === undefined) await print(text);
  else fs.writeFileSync(options.outputFile, text);
  return end([...read.failures, ...judge.failures], exitCode(shown, floor, options.maxWarnings));
}

/** What is too much for whoever reads it is one file that was not analysed, and not the end of all. */
function sourceOf(file: string, text: string): SourceFile {
  try {
    return readSource(file, text);
  } catch (error) {
    const reason = `it can not be read: ${error instanceof Error ? error.message : String(error)}`;
    return { path: file, text: '', role: 'other', documents: [], resources: [], skipped: reason };
  }
}

/** The exit code: what failed is said, and counts more than what was found. */
function end(failures: readonly string[], code: number): number {
  for (const failure of failures) process.stderr.write(`${visible(failure)}\n`);
  return failures.length > 0 ? 2 : code;
}

function exitCode(findings: readonly Finding[], floor: Severity, maxWarnings: number | undefined): number {
  const counted = findings.filter(({ severity }) => order.indexOf(severity) <= order.indexOf(floor));
  if (maxWarnings === undefined) return counted.length > 0 ? 1 : 0;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const others = counted.filter(({ severity }) => severity !== 'warning').length;
  return others > 0 || warnings > maxWarnings ? 1 : 0;
}

/** Waits until a pipe has taken everything: a long report must not be cut off by the exit. */
function print(text: string): Promise<void> {
  return new Promise(resolve => {
    process.stdout.write(text, () => resolve());
  });
}

/** Applies fixes group by group: what one config file decides for is never changed because of another. */
function fixEach(before: Workspace, judge: Judge, configs: Configs, isMeant: (path: string) => boolean) {
  const changes = new Map<string, string>();
  let workspace = before;
  for (const { key } of judge.groups(before, configs)) {
    const group = judge.groups(workspace, configs).find(other => other.key === key);
    if (group === undefined) continue;
    const fixed = fixAll(group.workspace, group.linter, group.config, path => group.holds(path) && isMeant(path));
    for (const [file, , after] of fixed.changes) changes.set(file, after);
    workspace = fixed.workspace;
  }
  return { workspace: workspace.update([], before.grouping), changes };
}
