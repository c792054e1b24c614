import * as fs from 'node:fs';
import * as path from 'node:path';
import pc from 'picocolors';
import { Disk } from '../host/disk';
import { type Config, readConfig } from '../lint/config';
import { checkConfig } from '../lint/config-check';
import { Linter } from '../lint/linter';
import { locate } from '../lint/place';
import type { AnyRule, Finding, Severity } from '../lint/rule';
import { LineIndex } from '../text/lines';
import { configName } from '../workspace/source-file';
import { Workspace } from '../workspace/workspace';
import { YamlDocument } from '../yaml/document';
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
const stdinName = 'stdin.yaml';

export async function lintCommand(
  paths: readonly string[],
  options: LintOptions,
  rules: readonly AnyRule[],
): Promise<number> {
  const root = process.cwd();
  const read = paths.length === 1 && paths[0] === '-' ? await readStdin() : readPaths(root, paths);
  const configFile = options.config ?? nearestConfig(path.resolve(root, paths[0] ?? '.'));
  const config = loadConfig(root, configFile, options);
  const files = read.files.filter(([file]) => !config.ignores(file));
  const { isOneCluster, isLoose, isMeant } = read;
  const workspace = Workspace.empty.update(files, { scopes: config.scopes, isOneCluster, isLoose });
  const linter = new Linter(rules);
  let state = { workspace, findings: linter.lint(workspace, config) };
  if (options.fix || options.diff) {
    const fixed = fixAll(state.workspace, linter, config, isMeant);
    if (options.diff) {
      process.stdout.write(printDiff(workspace, fixed.workspace));
      return linter.failures.length > 0 ? 2 : 0;
    }
    const disk = new Disk(root);
    for (const [file, before, after] of fixed.changes) {
      const reason = disk.write(file, before, after);
      if (reason !== undefined) throw new Error(`${file} was not fixed: ${reason}`);
    }
    state = { workspace: fixed.workspace, findings: fixed.findings };
  }
  const floor = options.severity ?? 'warning';
  const isAbove = ({ severity }: Finding, limit: Severity) => order.indexOf(severity) <= order.indexOf(limit);
  const found = state.findings.filter(finding => isMeant(pathOf(state.workspace, finding)));
  const shown = options.severity ? found.filter(finding => isAbove(finding, floor)) : found;
  const meant = [...state.workspace.files.values()].filter(({ path }) => isMeant(path));
  const skipped = [...read.skipped];
  for (const file of meant) if (file.skipped) skipped.push({ file: file.path, reason: file.skipped });
  skipped.sort((a, b) => (a.file < b.file ? -1 : 1));
  const format = formats[options.format] ?? pretty;
  const toFile = options.outputFile !== undefined;
  const colors = pc.createColors(!toFile && pc.isColorSupported && process.stdout.isTTY === true);
  const unfollowed = [...new Set(state.workspace.builds.flatMap(({ unknown }) => unknown.map(noteOf)))].sort();
  const notes = linter.failures;
  const outcome = { ...state, files: meant, findings: shown, config, skipped, notes, unfollowed, colors };
  const text = format(outcome);
  if (options.outputFile === undefined) await print(text);
  else fs.writeFileSync(options.outputFile, text);
  if (linter.failures.length > 0) {
    process.stderr.write(`${linter.failures.join('\n')}\n`);
    return 2;
  }
  return exitCode(shown, floor, options.maxWarnings);
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

interface Read {
  readonly files: [path: string, text: string][];
  readonly skipped: { file: string; reason: string }[];
  /** Whether folders were named together: they are applied together. */
  readonly isOneCluster: boolean;
  readonly isLoose: boolean;
  /** Whether a file is one to report, rather than to read for what it has to do with others. */
  isMeant(path: string): boolean;
}

/** Single files are judged in what they are deployed with, so all of their repository is read, and they are reported. */
function readPaths(root: string, paths: readonly string[]): Read {
  for (const name of paths)
    if (!fs.existsSync(path.resolve(root, name))) throw new Error(`${name}: there is no such file or folder`);
  const isSingle = paths.every(name => fs.statSync(path.resolve(root, name)).isFile());
  const meant = new Set(isSingle ? new Disk(root, paths).list() : []);
  const disk = new Disk(root, isSingle ? [...paths, ...paths.map(name => repositoryOf(root, name))] : paths);
  const isOneCluster = !isSingle && paths.length > 1;
  const isMeant = (file: string) => !isSingle || meant.has(file);
  const read: Read = { files: [], skipped: [], isOneCluster, isLoose: false, isMeant };
  const progress = new Progress();
  for (const file of disk.list()) {
    const content = disk.read(file);
    if (content === undefined) continue; // vanished meanwhile
    if ('unreadable' in content && isMeant(file)) read.skipped.push({ file, reason: content.unreadable });
    else if ('unreadable' in content) continue;
    else read.files.push([file, content.text]);
    progress.count(read.files.length);
  }
  progress.end();
  return read;
}

/** The folder that a file belongs to: its git repository; else where the command runs, or where the file is. */
function repositoryOf(root: string, file: string): string {
  const own = path.dirname(path.resolve(root, file));
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, '.git'))) return folder;
    if (path.dirname(folder) === folder) break;
  }
  return own.startsWith(root) ? root : own;
}

function pathOf(workspace: Workspace, finding: Finding): string {
  return workspace.placeOf(locate(finding.at).document)?.file.path ?? '';
}

/** What comes from standard input belongs to nothing that can be seen. */
async function readStdin(): Promise<Read> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return {
    files: [
      [
        stdinName,
        Buffer.concat(chunks)
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      ],
    ],
    skipped: [],
    isOneCluster: false,
    isLoose: true,
    isMeant: () => true,
  };
}

/** Says how far a long run is; only on a terminal, and only once it is long. */
class Progress {
  #last = Date.now();
  #shown = false;

  count(files: number): void {
    if (!process.stderr.isTTY || Date.now() - this.#last < 250) return;
    this.#last = Date.now();
    this.#shown = true;
    process.stderr.write(`\r${files} files read`);
  }

  end(): void {
    if (this.#shown) process.stderr.write('\r\u001b[K');
  }
}

function nearestConfig(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, configName);
    if (fs.existsSync(candidate)) return candidate;
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** Reads and checks the config; its globs count from its own folder. */
function loadConfig(root: string, file: string | undefined, options: LintOptions): Config {
  const overrides = { kubernetes: options.kubernetes };
  if (options.kubernetes !== undefined && !/^v?[0-9]+\.[0-9]+/.test(options.kubernetes)) {
    throw new Error(`--kubernetes takes a version such as 1.35, not '${options.kubernetes}'`);
  }
  if (file === undefined) return readConfig('', overrides);
  const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const problems = checkConfig(new YamlDocument(text));
  if (problems.length > 0) {
    const lines = new LineIndex(text);
    const places = problems.map(
      ({ range, message }) => `${file}:${lines.positionAt(range.start).line + 1}: ${message}`,
    );
    throw new Error(`the config file is not valid\n${places.join('\n')}`);
  }
  const folder = path.dirname(path.resolve(root, file));
  const relative = (name: string) => path.relative(folder, path.resolve(root, name)).split(path.sep).join('/');
  return readConfig(text, { ...overrides, relative });
}
