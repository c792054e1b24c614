import * as path from 'node:path';
import pc from 'picocolors';
import type { Configs } from '../lint/configs';
import { withoutCopies, withoutHabits } from '../lint/grouping';
import { Judge } from '../lint/judge';
import type { AnyRule, Finding } from '../lint/rule';
import { finished } from '../text/steps';
import { readSource, type SourceFile } from '../workspace/source-file';
import { Workspace } from '../workspace/workspace';
import { staleNotes, writeBaseline } from './baseline';
import type { Cache } from './cache';
import { isColored } from './color';
import { checkConfigs, configsOf, firstOf } from './config';
import { doubtsOf } from './doubts';
import { type Read, readPaths, readStdin } from './files';
import { checkNames, fixEach, isSelected, printDiff, writeAll } from './fix';
import { formats } from './formats/formats';
import { statistics } from './formats/statistics';
import { linksFor } from './hyperlinks';
import { type Fixing, isAtLeast, type LintOptions, type Outcome, type Unwritten } from './outcome';
import { type Output, outputsOf } from './outputs';
import { type Progress, progressFor } from './progress';
import { columns, say } from './say';
import { noteOf } from './unknown';

export async function lintCommand(
  paths: readonly string[],
  options: LintOptions,
  rules: readonly AnyRule[],
  around: Omit<Around, 'progress'> = {},
): Promise<number> {
  const progress = progressFor(options);
  const said = await linted(paths, options, rules, { progress, ...around }).finally(() => progress.end());
  return say(...said);
}

interface Around {
  readonly progress: Progress;
  readonly cache?: Cache | undefined;
  /** Hears of each place before a config file, or what one names, is looked for there. */
  readonly onLook?: ((full: string) => void) | undefined;
}

/** What is to be said, and where. */
async function linted(
  paths: readonly string[],
  options: LintOptions,
  rules: readonly AnyRule[],
  { progress, cache, onLook = cache?.look }: Around,
): Promise<Parameters<typeof say>> {
  const root = process.cwd();
  checkNames(options, rules);
  const outputs = outputsOf(options);
  const isPiped = paths.join() === '-';
  const read = isPiped ? await readStdin(root, options, progress) : readPaths(root, paths, options, progress);
  const { isOneCluster, isLoose, piped } = read;
  const configs = configsOf(root, options, failure => read.failures.push(failure), onLook);
  const first = firstOf(root, piped ? [piped.file] : paths);
  checkConfigs(configs, [first, ...read.files.map(([file]) => file).filter(read.isMeant)]);
  const config = configs.of(first);
  const count = read.files.length;
  const files = read.files.map(([file, text], i): [string, SourceFile] => {
    progress.tell(() => `${i} of ${count} files understood`);
    return [file, sourceOf(file, text)];
  });
  for (const { file } of outputs) {
    const same = files.find(([name]) => file !== undefined && path.resolve(root, name) === path.resolve(root, file));
    if (same?.[1].resources.length) throw new Error(`${file} was not written: it is linted`);
  }
  const workspace = Workspace.empty.update(files, { scopes: config.scopes, isOneCluster, isLoose });
  const judge = new Judge(rules, read.isMeant);
  const steps = judge.steps(workspace, configs);
  const judged = finished(steps, () => progress.tell(() => `${count} files read, judging what they say`));
  let state: State = { workspace, findings: judged };
  if (options.fix || options.diff) {
    state = fixed(workspace, judge, configs, options, read);
    const failures = [...read.failures, ...judge.failures];
    if (options.diff) {
      const text = printDiff(workspace, state.workspace);
      const { outputFile: file } = options;
      const code = text === '' || options.exitZero ? 0 : 1;
      return [{ texts: [text], notes: [], failures, code }, [{ format: 'pretty', ...(file && { file }) }]];
    }
  }
  const outcome = outcomeOf({ ...state, config }, read, configs, options, judge);
  if (options.writeBaseline) {
    const [named] = configs.deciding([first]);
    const text = writeBaseline(outcome, options, named?.named?.path);
    const failures = [...read.failures, ...judge.failures];
    return [{ texts: [text], notes: [], failures, code: 0 }, [{ format: 'pretty' }]];
  }
  const stale = piped ? [] : staleNotes(outcome, configs, judge, options);
  const doubts = doubtsOf(read, outcome, paths);
  const shown = { ...outcome, findings: withoutHabits(outcome.workspace, withoutCopies(outcome.findings)) };
  const texts = outputs.map(output => textOf(output, shown, options));
  const failures = [...read.failures, ...doubts.failures, ...judge.failures];
  const report = { texts, notes: [...doubts.notes, ...stale], failures, code: exitCode(shown, options) };
  cache?.keep(report, read.skipped);
  // Who pipes a file through wants it back, whatever is left to say of it.
  const back = options.fix && piped && `${piped.mark}${state.workspace.files.get(piped.file)?.text ?? ''}`;
  return [report, outputs, back];
}

interface State {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  readonly fixing?: Fixing;
}

/** What the fixes make of it; written, where files are to be changed, and what could not be is as it was. */
function fixed(workspace: Workspace, judge: Judge, configs: Configs, options: LintOptions, read: Read): State {
  const { disk, piped } = read;
  const hindered = new Map<string, string>();
  const refusal = (file: string) => {
    const reason = piped ? undefined : disk.write(file, workspace.files.get(file)?.text);
    if (reason !== undefined) hindered.set(file, reason);
    return reason;
  };
  const isMeant = (file: string) => read.isMeant(file) && !configs.ignores(file);
  // What a link leads to is fixed under its own name, if that is meant too.
  const fixable = { isMeant: (file: string) => isMeant(file) && !disk.isLink(file), refusal: remembered(refusal) };
  const after = fixEach(workspace, judge, configs, options, fixable);
  const unwritten = options.diff || piped ? [] : writeAll(disk, workspace, after.workspace);
  for (const { file, reason } of unwritten) hindered.set(file, reason);
  for (const [file, reason] of hindered) read.failures.push(`${file} was not fixed: ${reason}`);
  if (unwritten.length === 0) return after;
  const left = after.workspace.update(unwritten.map(({ file }) => [file, workspace.files.get(file)?.text]));
  return { ...after, workspace: left, findings: judge.lint(left, configs) };
}

function outcomeOf(
  state: State & Pick<Outcome, 'config'>,
  read: Read,
  configs: Configs,
  options: LintOptions,
  judge: Judge,
) {
  const { severity: floor = 'warning', quiet } = options;
  const isMeant = ({ path }: SourceFile) => read.isMeant(path) && !configs.ignores(path);
  const isShown = (finding: Finding) => isSelected(options)(finding) && (!quiet || isAtLeast(finding.severity, floor));
  const files = [...state.workspace.files.values()].filter(isMeant);
  const skipped = [...read.skipped];
  for (const file of files) if (file.skipped) skipped.push({ file: file.path, reason: file.skipped });
  skipped.sort((a, b) => (a.file < b.file ? -1 : 1));
  const told = state.workspace.builds.filter(({ reads }) => ![...reads.keys()].every(file => configs.ignores(file)));
  const unfollowed = [...new Set(told.flatMap(({ unknown }) => unknown.map(noteOf)))].sort();
  return {
    ...state,
    files,
    findings: state.findings.filter(isShown),
    known: judge.known.length,
    skipped,
    notes: judge.failures,
    unfollowed,
    floor,
  };
}

function textOf(output: Output, outcome: Unwritten, options: LintOptions) {
  const { quiet, statistics: counts, color, all = false } = options;
  const colors = pc.createColors(isColored(output, color));
  const whole = { ...outcome, colors, links: linksFor(output, color), width: columns(), all };
  if (output.format !== 'pretty') return formats[output.format](whole);
  const hasNothingToSay = outcome.findings.length === 0 && outcome.notes.length === 0 && outcome.fixing === undefined;
  if (quiet && hasNothingToSay) return '';
  return counts ? statistics(whole) : formats.pretty(whole);
}

function remembered(refusal: (file: string) => string | undefined): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return file => {
    if (!known.has(file)) known.set(file, refusal(file));
    return known.get(file);
  };
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

function exitCode({ findings, floor = 'warning' }: Unwritten, { exitZero, maxWarnings }: LintOptions): number {
  if (exitZero) return 0;
  const counted = findings.filter(({ severity }) => isAtLeast(severity, floor));
  if (maxWarnings === undefined) return counted.length > 0 ? 1 : 0;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const others = counted.filter(({ severity }) => severity !== 'warning').length;
  return others > 0 || warnings > maxWarnings ? 1 : 0;
}
