import * as fs from 'node:fs';
import * as path from 'node:path';
import { isFolder, isWithin } from '../host/disk';
import { isEntered, isRelevant } from '../host/ignored';
import type { AnyRule } from '../lint/rule';
import { diskOf } from './files';
import { lintCommand } from './lint';
import type { LintOptions } from './outcome';
import { outputsOf } from './outputs';
import { visibleLines } from './visible';

/** An editor saves in several steps, and a branch is changed in many. */
const pause = 100;

/** Lints, and lints again whenever something changes that it reads, until somebody ends it. */
export async function watchCommand(
  paths: readonly string[],
  options: LintOptions,
  rules: readonly AnyRule[],
): Promise<void> {
  if (paths.join() === '-') throw new Error('--watch needs files: standard input is read once');
  if (options.writeBaseline) throw new Error('--watch looks for what is new, and --write-baseline knows all');
  const root = process.cwd();
  const own = new Set(outputsOf(options).flatMap(({ file }) => (file === undefined ? [] : path.resolve(root, file))));
  let isChanged = false;
  let failure: Error | undefined;
  let wake = () => {};
  const follow = (folder: string, options: fs.WatchOptions, isMeant: (file: string) => boolean) =>
    fs
      .watch(folder, options, (_, file) => {
        if (file === null || own.has(path.join(folder, file)) || !isMeant(file)) return;
        isChanged = true;
        wake();
      })
      .on('error', error => {
        failure = error;
        wake();
      });
  /** Where config files were looked for, and what they name: be it there or not. */
  const looked = new Set<string>();
  const isLooked = (full: string) => looked.has(full);
  const folders = new Set(diskOf(root, paths, options).named.map(name => folderOf(path.resolve(root, name))));
  for (const folder of folders)
    follow(folder, { recursive: true }, file => isRead(file) || isLooked(path.join(folder, file)));
  /** Folders outside of these; an editor may put another file in the place of one, so that no file is followed itself. */
  const others = new Set<string>();
  const followLooked = () => {
    for (const folder of new Set([...looked].map(full => path.dirname(full)))) {
      if (others.has(folder) || !isFolder(folder) || [...folders].some(one => isWithin(folder, one))) continue;
      others.add(folder);
      try {
        follow(folder, {}, file => isLooked(path.join(folder, file)));
      } catch {
        // A folder that nobody may list can have no news for us.
      }
    }
  };
  for (;;) {
    isChanged = false;
    if (process.stdout.isTTY) process.stdout.write('\u001b[2J\u001b[3J\u001b[H');
    try {
      await lintCommand(paths, options, rules, { onLook: full => looked.add(full) });
    } catch (error) {
      process.stderr.write(visibleLines(`kube-netlint: ${error instanceof Error ? error.message : String(error)}\n`));
    }
    followLooked();
    process.stderr.write('Waiting for changes; Ctrl+C ends it.\n');
    while (!isChanged && failure === undefined) await new Promise<void>(resolve => (wake = resolve));
    if (failure !== undefined) throw failure;
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

const folderOf = (full: string) => (isFolder(full) ? full : path.dirname(full));

const isRead = (file: string) =>
  file.split(path.sep).every(isEntered) && (isRelevant(file) || path.basename(file) === '.gitignore');
