import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk, isFolder, isWithin } from '../host/disk';
import { largest } from '../host/source';
import type { Progress } from './progress';

export interface ReadOptions {
  /** Reads what .gitignore files name, too. */
  readonly everything?: true;
  /** What standard input is to be taken for. */
  readonly stdinFilename?: string;
}

/** What a command was told to read. */
export interface Read {
  readonly files: [path: string, text: string][];
  readonly skipped: { file: string; reason: string }[];
  /** What was named and could not be read: nobody may think that it was found to be clean. */
  readonly failures: string[];
  /** Whether folders were named together: they are applied together. */
  readonly isOneCluster: boolean;
  readonly isLoose: boolean;
  /** What came from standard input, and is given back to it. */
  readonly piped?: { readonly file: string; readonly mark: string };
  /** Whether a file is one to report, rather than to read for what it has to do with others. */
  isMeant(path: string): boolean;
  readonly disk: Disk;
}

/** Single files are judged in what they are deployed with, so all of their repository is read, and they are reported. */
export function readPaths(root: string, paths: readonly string[], options: ReadOptions, progress: Progress): Read {
  const disk = diskOf(root, paths, options);
  const isSingle = disk.named.length > paths.length;
  const named = new Map(paths.map(name => [path.resolve(root, name), name]));
  const isMeant = (file: string) => !isSingle || named.has(path.resolve(root, file));
  const read: Read = {
    files: [],
    skipped: [],
    failures: [],
    isOneCluster: !isSingle && paths.length > 1,
    isLoose: false,
    isMeant,
    disk,
  };
  for (const file of disk.list()) {
    const content = disk.read(file);
    if (content === undefined) continue; // vanished meanwhile
    if ('text' in content) read.files.push([file, content.text]);
    else if (isMeant(file)) {
      read.skipped.push({ file, reason: content.unreadable });
      const name = named.get(path.resolve(root, file));
      if (name !== undefined) read.failures.push(`${name} was not read: ${content.unreadable}`);
    }
    progress.tell(() => `${read.files.length} files read`);
  }
  return read;
}

/** What is named, and the repositories of single files. */
export function diskOf(root: string, paths: readonly string[], { everything }: ReadOptions = {}): Disk {
  for (const name of paths)
    if (!fs.existsSync(path.resolve(root, name))) throw new Error(`${name}: there is no such file or folder`);
  const isSingle = !paths.some(name => isFolder(path.resolve(root, name)));
  const named = [...paths, ...new Set(isSingle ? paths.map(name => repositoryOf(root, name)) : [])];
  return new Disk(root, named, largest, everything && 'nothing');
}

/** The folder that a file belongs to: its git repository; else where the command runs, or where the file is. */
export function repositoryOf(root: string, file: string): string {
  const own = path.dirname(path.resolve(root, file));
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, '.git'))) return folder;
    if (path.dirname(folder) === folder) break;
  }
  return isWithin(own, root) ? root : own;
}

/**
 * What comes from standard input belongs to nothing that can be seen. Under the name of a file that is there, it takes
 * the place of its text, among all that is around it.
 */
export async function readStdin(root: string, options: ReadOptions, progress: Progress): Promise<Read> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const whole = Buffer.concat(chunks).toString('utf8');
  const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = whole.slice(mark.length);
  const name = options.stdinFilename ?? 'stdin.yaml';
  const full = path.resolve(root, name);
  const file = path.relative(root, full).split(path.sep).join('/');
  if (isFolder(full)) throw new Error(`--stdin-filename ${name}: it is a folder`);
  const isThere = options.stdinFilename !== undefined && fs.existsSync(full);
  const around = isThere ? readPaths(root, [name], options, progress) : undefined;
  const others = around?.files.filter(([other]) => other !== file) ?? [];
  return {
    files: [...others, [file, text]],
    piped: { file, mark },
    skipped: [],
    failures: [],
    isOneCluster: false,
    isLoose: around === undefined,
    isMeant: other => other === file,
    disk: around?.disk ?? new Disk(root),
  };
}
