import { ancestorsOf, folderOf, isWithin, join } from '../text/paths';
import { type Entry, type FarFiles, unread } from './far-files';
import { type Ignorer, ignorerOf, isEntered, isIgnored, isRelevant } from './ignored';
import type { FileText, Folder } from './source';

/** So many are asked for at once. */
const slice = 50;
/** More than this of one folder are not fetched: each may be a request over the network. */
const most = 10_000;

/**
 * The files of a folder that somebody else reads, as they were when they were last asked for. What is read, entered and
 * ignored is the same as on a disk, but links: where one leads can't be told from afar, so none is followed.
 */
export class Mirror implements Folder {
  /** Nothing is known of what is above. */
  readonly top = '';
  readonly #files = new Map<string, { readonly stamp: string; readonly content: FileText }>();
  readonly #folders = new Set(['']);
  readonly #ignorers = new Map<string, Ignorer>();
  /** One task after another, so that an older answer never replaces a newer one. */
  #last: Promise<void> = Promise.resolve();
  #isAsked = false;

  constructor(readonly far: FarFiles) {}

  get isPartial(): boolean {
    for (const { stamp } of this.#files.values()) if (stamp === unread) return true;
    return false;
  }

  *list(within = ''): Iterable<string> {
    for (const file of this.#files.keys()) if (isWithin(file, within)) yield file;
  }

  read(file: string): FileText | undefined {
    return this.#files.get(file)?.content;
  }

  readFromTop(file: string): FileText | undefined {
    return this.read(file);
  }

  holds(file: string): boolean {
    return isRelevant(file) && folderOf(file).split('/').every(isEntered) && !this.#isLeftOut(file, false);
  }

  isFolder(folder: string): boolean {
    return this.#folders.has(folder);
  }

  stampOf(file: string): string | undefined {
    return this.#files.get(file)?.stamp;
  }

  renew(within: string): Promise<void> {
    this.#isAsked = true;
    return this.#next(() => this.#walk(within));
  }

  /** Asks for files of which something was heard, and whether others are folders. */
  hear(files: readonly string[], others: readonly string[]): Promise<void> {
    if (!this.#isAsked) return Promise.resolve();
    return this.#next(async () => {
      const found = await inSlices(others, some => this.far.list(some));
      for (const [i, folder] of others.entries()) {
        if (found[i]) this.#folders.add(folder);
        else this.#folders.delete(folder);
      }
      const held = files.filter(file => this.holds(file));
      await this.#fetch(held, () => undefined);
    });
  }

  #next(task: () => Promise<void>): Promise<void> {
    const next = this.#last.then(task);
    this.#last = next.catch(() => {});
    return next;
  }

  async #walk(within: string): Promise<void> {
    const files: string[] = [];
    const folders = new Set<string>();
    const closed = new Set<string>();
    for (let due = [within]; due.length > 0; ) {
      const lists = await inSlices(due, some => this.far.list(some));
      await this.#renewIgnorers(due, lists);
      const below: string[] = [];
      for (const [i, folder] of due.entries()) {
        const entries = lists[i];
        if (entries) folders.add(folder);
        else if (folder === '' || folder !== within) closed.add(folder === '' ? '.' : folder);
        for (const { name, isFolder } of entries ?? []) {
          const full = join(folder, name);
          if (isFolder && isEntered(name) && !this.#isLeftOut(full, true)) below.push(full);
          if (!isFolder && isRelevant(name) && !this.#isLeftOut(full, false)) files.push(full);
        }
      }
      due = below.sort();
    }
    const read = files.slice(0, most);
    await this.#fetch(read, file => this.#files.get(file)?.stamp);
    for (const folder of closed) this.#unread(folder, 'the folder can not be read');
    for (const file of files.slice(most)) this.#unread(file, `one of more than ${most} files`);
    const kept = new Set([...files, ...closed]);
    for (const file of this.list(within)) if (!kept.has(file)) this.#files.delete(file);
    for (const folder of this.#folders) {
      if (folder !== '' && isWithin(folder, within) && !folders.has(folder)) this.#folders.delete(folder);
    }
    for (const folder of folders) this.#folders.add(folder);
  }

  async #renewIgnorers(folders: readonly string[], lists: readonly (readonly Entry[] | null)[]): Promise<void> {
    for (const folder of folders) this.#ignorers.delete(folder);
    const having = folders.filter((_, i) => lists[i]?.some(({ name, isFolder }) => name === '.gitignore' && !isFolder));
    const asked = having.map(folder => ({ path: join(folder, '.gitignore'), stamp: undefined }));
    const answers = await inSlices(asked, some => this.far.read(some));
    for (const [i, folder] of having.entries()) {
      const content = answers[i]?.content;
      if (content && 'text' in content) this.#ignorers.set(folder, ignorerOf(folder, content.text));
    }
  }

  async #fetch(files: readonly string[], stampOf: (file: string) => string | undefined): Promise<void> {
    const known = files.map(path => ({ path, stamp: stampOf(path) }));
    const answers = await inSlices(known, some => this.far.read(some));
    for (const [i, file] of files.entries()) {
      const { stamp, content } = answers[i] ?? {};
      if (stamp === undefined) this.#files.delete(file);
      else if (content !== undefined) this.#files.set(file, { stamp, content });
    }
  }

  #unread(file: string, reason: string): void {
    this.#files.set(file, { stamp: unread, content: { unreadable: reason } });
  }

  /** Whether a .gitignore names a path, or a folder that it is in. */
  #isLeftOut(path: string, isFolder: boolean): boolean {
    const ignorers: Ignorer[] = [];
    const steps = [...ancestorsOf(folderOf(path))].reverse();
    for (const [i, folder] of steps.entries()) {
      const own = this.#ignorers.get(folder);
      if (own) ignorers.push(own);
      const step = steps[i + 1] ?? path;
      const end = step !== path || isFolder ? '/' : '';
      const below = (above: string) => (above === '' ? step : step.slice(above.length + 1)) + end;
      if (isIgnored(ignorers, below)) return true;
    }
    return false;
  }
}

async function inSlices<T, R>(
  all: readonly T[],
  ask: (some: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const answers: R[] = [];
  for (let i = 0; i < all.length; i += slice) answers.push(...(await ask(all.slice(i, i + slice))));
  return answers;
}
