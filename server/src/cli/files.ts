import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk, isFolder, isWithin } from '../host/disk';

/** What a command was told to read. */
export interface Read {
  readonly files: [path: string, text: string][];
  readonly skipped: { file: string; reason: string }[];
  /** What was named and could not be read: nobody may think that it was found to be clean. */
  readonly failures: string[];
  /** Whether folders were named together: they are applied together. */
  readonly isOneCluster: boolean;
  readonly isLoose: boolean;
  /** Whether a file is one to report, rather than to read for what it has to do with others. */
  isMeant(path: string): boolean;
  readonly disk: Disk;
}

/** Single files are judged in what they are deployed with, so all of their repository is read, and they are reported. */
export function readPaths(root: string, paths: readonly string[]): Read {
  for (const name of paths)
    if (!fs.existsSync(path.resolve(root, name))) throw new Error(`${name}: there is no such file or folder`);
  const isSingle = !paths.some(name => isFolder(path.resolve(root, name)));
  const repositories = new Set(isSingle ? paths.map(name => repositoryOf(root, name)) : []);
  const disk = new Disk(root, [...paths, ...repositories]);
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
  const progress = new Progress();
  for (const file of disk.list()) {
    const content = disk.read(file);
    if (content === undefined) continue; // vanished meanwhile
    if ('text' in content) read.files.push([file, content.text]);
    else if (isMeant(file)) {
      read.skipped.push({ file, reason: content.unreadable });
      const name = named.get(path.resolve(root, file));
      if (name !== undefined) read.failures.push(`${name} was not read: ${content.unreadable}`);
    }
    progress.count(read.files.length);
  }
  progress.end();
  return read;
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

const stdinName = 'stdin.yaml';

/** What comes from standard input belongs to nothing that can be seen. */
export async function readStdin(root: string): Promise<Read> {
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
    failures: [],
    isOneCluster: false,
    isLoose: true,
    isMeant: () => true,
    disk: new Disk(root),
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
