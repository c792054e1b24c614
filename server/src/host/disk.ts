import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Ignorer, ignorerOf, isEntered, isIgnored, isRelevant } from './ignored';
import { createText, readText, replaceText } from './read';
import { type FileSource, type FileText, largest } from './source';

/**
 * Folders and files of a disk. Sync calls are several times faster than promises on many small files.
 *
 * A link is another name of a file: it is followed inside of the folders that were named, never out of them, and a file
 * counts once. Nothing is written through one.
 */
export class Disk implements FileSource {
  /** Folders that a walk came to, and so through no link, with their paths from the root. */
  readonly #walked = new Map<string, string>();
  #bases: readonly Base[] | undefined;

  constructor(
    /** Absolute. */
    readonly root: string,
    /** Files and folders below or beside the root; a file that is named is read even where it is ignored. */
    readonly named: readonly string[] = ['.'],
    /** Bytes from which a file is not read. */
    readonly limit: number = largest,
    /** What keeps a file from being found. */
    readonly ignoring: 'as .gitignore says' | 'nothing' = 'as .gitignore says',
  ) {}

  /** What can't be read is among them, so that reading it says why: folders and .gitignore files too. */
  *list(): Iterable<string> {
    const seen = new Set<string>();
    const isNew = (file: string) => seen.size < seen.add(file).size;
    const folders: string[] = [];
    for (const name of this.named) {
      const full = path.resolve(this.root, name);
      if (isFolder(full)) folders.push(full);
      else if (isNew(this.#fileOf(full))) yield this.#relative(full);
    }
    const links: string[] = [];
    for (const folder of folders) {
      const real = realOf(folder) ?? folder;
      for (const { full, isLink } of this.#walk(folder, [])) {
        if (isLink) links.push(full);
        else if (isNew(real + full.slice(folder.length))) yield this.#relative(full);
      }
    }
    for (const link of links) {
      if (isFolder(link)) continue;
      if (isNew(this.#fileOf(link)) || this.#isNamedByKustomization(link)) yield this.#relative(link);
    }
  }

  /** What a name stands for: where links lead, inside. */
  #fileOf(full: string): string {
    const real = realOf(full);
    return real !== undefined && this.#isInside(full, real) ? real : full;
  }

  /** Whether a walk would come upon this file, should it exist. */
  holds(relative: string): boolean {
    if (!isRelevant(relative)) return false;
    const ignorers: Ignorer[] = [];
    const steps = relative.split('/');
    for (const [i, name] of steps.entries()) {
      const folder = path.join(this.root, ...steps.slice(0, i));
      const own = this.#ignorerIn(folder);
      if (own) ignorers.push(own);
      const isFolder = i < steps.length - 1;
      if (isFolder && (!isEntered(name) || isLink(path.join(folder, name)))) return false;
      if (isLeftOut(path.join(folder, name) + (isFolder ? '/' : ''), ignorers)) return false;
    }
    const full = path.join(this.root, ...steps);
    const real = isLink(full) ? realOf(full) : undefined;
    if (real === undefined || !this.#isInside(full, real)) return true;
    return !this.holds(toSlashes(path.relative(realOf(this.root) ?? '', real))) || this.#isNamedByKustomization(full);
  }

  /** Whether a path is a folder that a walk would enter. */
  isFolder(relative: string): boolean {
    if (!relative.split('/').every(isEntered)) return false;
    const full = path.resolve(this.root, relative);
    return isFolder(full) && !isLink(full);
  }

  isLink(relative: string): boolean {
    return isLink(path.resolve(this.root, relative));
  }

  read(relative: string): FileText | undefined {
    const text = this.#text(path.resolve(this.root, relative));
    // Such a name is another one when it is a string, and nothing has that name.
    return text === undefined && relative.includes('\uFFFD') ? { unreadable: 'its name is not UTF-8' } : text;
  }

  #text(full: string): FileText | undefined {
    const direct = this.#walked.has(path.dirname(full)) ? readText(full, this.limit) : 'link';
    if (direct !== 'link') return direct;
    const real = realOf(full);
    if (real === undefined) return undefined;
    if (!this.#isInside(full, real)) return { unreadable: 'a link that leads out of the folder' };
    const text = readText(real, this.limit);
    return text === 'link' ? undefined : text;
  }

  /** Writes a text in the place of another, or of none; without one it only looks. Gives what prevents it. */
  write(relative: string, before: string | undefined, after?: string): string | undefined {
    const full = path.resolve(this.root, relative);
    const folder = realOf(path.dirname(full));
    if (folder === undefined || !this.#isInside(full, path.join(folder, path.basename(full)))) {
      return 'a link leads out of the folder';
    }
    return before === undefined ? createText(full, after) : replaceText(full, before, after, this.limit);
  }

  /** Whether what a path leads to is in a folder that was named, as the path is; or else in the folder of the path. */
  #isInside(full: string, real: string): boolean {
    this.#bases ??= basesOf(this.root, this.named);
    if (this.#bases.some(base => isWithin(full, base.full))) return this.#bases.some(base => isWithin(real, base.real));
    return isWithin(real, realOf(path.dirname(full)) ?? full);
  }

  /** A kustomization may list a link, and is built with what it leads to, wherever else that is applied. */
  #isNamedByKustomization(link: string): boolean {
    for (let folder = path.dirname(link); ; folder = path.dirname(folder)) {
      const name = toSlashes(path.relative(folder, link));
      const texts = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].map(file =>
        this.#text(path.join(folder, file)),
      );
      if (texts.some(found => found && 'text' in found && found.text.includes(name))) return true;
      if (!isWithin(path.dirname(folder), this.root) || folder === this.root) return false;
    }
  }

  /** Files below a folder, without what the .gitignore files on the way down leave out. Links to folders are not followed. */
  *#walk(folder: string, above: readonly Ignorer[]): Iterable<{ full: string; isLink: boolean }> {
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(folder, { withFileTypes: true });
    } catch {
      yield { full: folder, isLink: false };
      return;
    }
    this.#walked.set(folder, this.#relative(folder));
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const hasOwn = this.ignoring !== 'nothing' && entries.some(entry => entry.name === '.gitignore');
    const own = hasOwn ? this.#ignorerIn(folder) : undefined;
    if (hasOwn && own === undefined) yield { full: path.join(folder, '.gitignore'), isLink: false };
    const ignorers = own ? [...above, own] : above;
    const start = folder.endsWith(path.sep) ? folder : folder + path.sep;
    for (const entry of entries) {
      const full = start + entry.name;
      if (entry.isDirectory()) {
        if (isEntered(entry.name) && !isLeftOut(`${full}/`, ignorers)) yield* this.#walk(full, ignorers);
      } else if (isRelevant(entry.name) && !isLeftOut(full, ignorers)) {
        yield { full, isLink: entry.isSymbolicLink() };
      }
    }
  }

  #ignorerIn(folder: string): Ignorer | undefined {
    const found = this.#text(path.join(folder, '.gitignore'));
    return found && 'text' in found ? ignorerOf(folder, found.text) : undefined;
  }

  #relative(full: string): string {
    const start = full.lastIndexOf(path.sep);
    const folder = this.#walked.get(full.slice(0, start));
    if (folder === undefined) return toSlashes(path.relative(this.root, full)) || '.';
    return folder === '.' ? full.slice(start + 1) : `${folder}/${full.slice(start + 1)}`;
  }
}

/** A folder that was named, and where it really is. */
interface Base {
  readonly full: string;
  readonly real: string;
}

function basesOf(root: string, named: readonly string[]): Base[] {
  const folders = named.map(name => path.resolve(root, name)).filter(isFolder);
  return (folders.length > 0 ? folders : [root]).map(full => ({ full, real: realOf(full) ?? full }));
}

function isLeftOut(full: string, ignorers: readonly Ignorer[]): boolean {
  const end = full.endsWith('/') ? '/' : '';
  return isIgnored(ignorers, folder => toSlashes(path.relative(folder, full)) + end);
}

/** The path without links; undefined where it leads nowhere. */
export function realOf(full: string): string | undefined {
  try {
    return fs.realpathSync.native(full);
  } catch {
    return undefined;
  }
}

export function isFolder(full: string): boolean {
  try {
    return fs.statSync(full).isDirectory();
  } catch {
    return false;
  }
}

function isLink(full: string): boolean {
  try {
    return fs.lstatSync(full).isSymbolicLink();
  } catch {
    return false;
  }
}

/** A name may begin with two dots and be inside: `..data`. */
export function isWithin(full: string, folder: string): boolean {
  const relative = path.relative(folder, full);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

const toSlashes = (file: string) => file.split(path.sep).join('/');
