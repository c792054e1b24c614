import * as fs from 'node:fs';
import * as path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { FileSource, FileText } from './source';

const relevant = /\.(?:ya?ml|json|corefile)$|(?:^|\/)(?:Corefile|Kustomization|\.kube-netlint\.yaml)$/i;
const neverEntered = new Set(['.git', 'node_modules', '.terraform', '.venv', '.hg', '.svn']);

/** Folders and files of a disk. Sync calls are several times faster than promises on many small files. */
export class Disk implements FileSource {
  constructor(
    /** Absolute. */
    readonly root: string,
    /** Files and folders below or beside the root; a file that is named is read even where it is ignored. */
    readonly named: readonly string[] = ['.'],
    /** Bytes from which a file is not read. */
    readonly limit: number = 10 * 1024 * 1024,
  ) {}

  *list(): Iterable<string> {
    const seen = new Set<string>();
    for (const name of this.named) {
      const full = path.resolve(this.root, name);
      const files = statOf(full)?.isDirectory() ? walk(full, []) : [full];
      for (const file of files) {
        const relative = this.#relative(file);
        if (seen.has(relative)) continue;
        seen.add(relative);
        yield relative;
      }
    }
  }

  /** Whether a walk would come upon this file, should it exist. */
  holds(relative: string): boolean {
    if (!relevant.test(relative)) return false;
    const ignorers: Ignorer[] = [];
    const steps = relative.split('/');
    for (const [i, name] of steps.entries()) {
      const folder = path.join(this.root, ...steps.slice(0, i));
      const own = ignorerIn(folder);
      if (own) ignorers.push(own);
      const isFolder = i < steps.length - 1;
      if (isFolder && neverEntered.has(name)) return false;
      if (isIgnored(path.join(folder, name) + (isFolder ? '/' : ''), ignorers)) return false;
    }
    return true;
  }

  /** Whether a path is a folder that a walk would enter. */
  isFolder(relative: string): boolean {
    if (relative.split('/').some(name => neverEntered.has(name))) return false;
    return statOf(path.resolve(this.root, relative))?.isDirectory() === true;
  }

  read(relative: string): FileText | undefined {
    const full = path.resolve(this.root, relative);
    const stat = statOf(full);
    if (stat === undefined) return undefined;
    if (!stat.isFile()) return { unreadable: 'not a regular file' };
    if (stat.size > this.limit) return { unreadable: `larger than ${this.limit / 1024 / 1024} MB` };
    try {
      return decode(fs.readFileSync(full));
    } catch (error) {
      return { unreadable: reasonOf(error) };
    }
  }

  /** Writes a text in the place of another, if nothing else has changed the file meanwhile. */
  write(relative: string, before: string | undefined, after: string): string | undefined {
    const full = path.resolve(this.root, relative);
    try {
      if (before === undefined) fs.writeFileSync(full, after, { flag: 'wx' });
      else {
        const bytes = fs.readFileSync(full);
        const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
        if (!bytes.equals(Buffer.from(mark + before))) return 'it is not UTF-8, or has changed since it was read';
        fs.writeFileSync(full, mark + after);
      }
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  #relative(full: string): string {
    return path.relative(this.root, full).split(path.sep).join('/') || path.basename(full);
  }
}

interface Ignorer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Files below a folder, without what the .gitignore files on the way down leave out. Links to folders are not followed. */
function* walk(folder: string, above: readonly Ignorer[]): Iterable<string> {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return; // gone, or not ours to read
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const own = entries.some(entry => entry.name === '.gitignore') ? ignorerIn(folder) : undefined;
  const ignorers = own ? [...above, own] : above;
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!neverEntered.has(entry.name) && !isIgnored(`${full}/`, ignorers)) yield* walk(full, ignorers);
      continue;
    }
    if (!relevant.test(entry.name) || isIgnored(full, ignorers)) continue;
    if (entry.isFile() || (entry.isSymbolicLink() && statOf(full)?.isFile())) yield full;
  }
}

function ignorerIn(folder: string): Ignorer | undefined {
  try {
    return { folder, rules: ignore().add(fs.readFileSync(path.join(folder, '.gitignore'), 'utf8')) };
  } catch {
    return undefined;
  }
}

function isIgnored(full: string, ignorers: readonly Ignorer[]): boolean {
  let ignored = false;
  for (const { folder, rules } of ignorers) {
    const relative = path.relative(folder, full).split(path.sep).join('/') + (full.endsWith('/') ? '/' : '');
    const result = rules.test(relative);
    ignored = result.ignored || (ignored && !result.unignored);
  }
  return ignored;
}

function statOf(full: string): fs.Stats | undefined {
  try {
    return fs.statSync(full);
  } catch {
    return undefined;
  }
}

function decode(bytes: Buffer): FileText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { unreadable: 'UTF-16 with the high byte first' };
  if (bytes.includes(0)) return { unreadable: 'not a text file' };
  return { text: new TextDecoder('utf-8').decode(bytes) };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    EACCES: 'no permission to read it',
    EISDIR: 'a folder',
    EEXIST: 'it exists already',
  };
  return reasons[code] ?? (code || String(error));
}
