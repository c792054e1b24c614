import { ancestorsOf, folderOf, isWithin, join } from '../text/paths';
import { configName } from '../workspace/source-file';
import { YamlDocument } from '../yaml/document';
import { type Config, holding, type Overrides, readConfig } from './config';
import { checkConfig } from './config-check';

/** The config of a folder, with the text that it was read from. */
interface Read {
  readonly path: string;
  readonly text: string;
  readonly config: Config;
  /** Two with the same key judge alike: they differ at most in what they leave out. */
  readonly key: string;
}

/** The config files around the files of a workspace: the nearest one upward decides for a file, and it alone. */
export class Configs {
  /** By folder, those without a config file too: each is looked for once. */
  readonly #read = new Map<string, Read | undefined>();
  readonly #nearest = new Map<string, Read>();
  readonly #none: Read;
  readonly #excluded: (path: string) => boolean;

  constructor(
    /** The folder that paths count from, absolute. */
    readonly root: string,
    /** The text of the file at an absolute path, which has `/` and none at its start; undefined without such a file. */
    readonly textAt: (path: string) => string | undefined,
    readonly overrides: Overrides = {},
    /** Decides for every file, whatever lies beside it. */
    readonly only?: string,
  ) {
    this.#none = { path: '', text: '', config: readConfig('', overrides), key: this.#keyOf({}) };
    this.#excluded = holding(overrides.exclude ?? []);
  }

  of(path: string): Config {
    return this.#nearestTo(path).config;
  }

  /** What files have in common that are judged in one go. */
  keyOf(path: string): string {
    return this.#nearestTo(path).key;
  }

  /** Whether nothing is said of a file, though others may need what is in it. */
  ignores(path: string): boolean {
    return this.of(path).ignores(path) || this.#excluded(path);
  }

  /** The config files that decide for some of these files. */
  deciding(paths: Iterable<string>): readonly { readonly path: string; readonly text: string }[] {
    return [...new Set(Array.from(paths, path => this.#nearestTo(path)))].filter(read => read !== this.#none);
  }

  /** Looks again into folders, which are absolute; whether a config file has come, changed or gone. */
  renew(isMeant: (folder: string) => boolean): boolean {
    const meant = [...this.#read].filter(([folder]) => isMeant(folder));
    const changed = meant.filter(([folder, read]) => this.textAt(join(folder, configName)) !== read?.text);
    for (const [folder] of changed) this.#readIn(folder);
    if (changed.length > 0) this.#nearest.clear();
    return changed.length > 0;
  }

  #nearestTo(path: string): Read {
    const folder = join(this.root, folderOf(path));
    let nearest = this.#nearest.get(folder);
    if (nearest === undefined) {
      nearest = this.#search(folder);
      this.#nearest.set(folder, nearest);
    }
    return nearest;
  }

  #search(from: string): Read {
    if (this.only !== undefined) return this.#at(folderOf(this.only), this.only) ?? this.#none;
    for (const folder of ancestorsOf(from)) {
      const read = this.#read.has(folder) ? this.#read.get(folder) : this.#readIn(folder);
      if (read) return read;
    }
    return this.#none;
  }

  #readIn(folder: string): Read | undefined {
    const read = this.#at(folder, join(folder, configName), this.#read.get(folder));
    this.#read.set(folder, read);
    return read;
  }

  /** Of a file that is half typed, the last good reading holds. */
  #at(folder: string, path: string, last?: Read): Read | undefined {
    const text = this.textAt(path);
    if (text === undefined || text === last?.text) return text === undefined ? undefined : last;
    const document = new YamlDocument(text);
    if (last && checkConfig(document).length > 0) return { ...last, text };
    const config = readConfig(text, { ...this.overrides, relative: file => this.#relative(folder, file) });
    const { ignore: _, ...verdicts } = Object(document.root.value ?? {});
    // Scopes hold files, so that they mean something else in each folder.
    return { path, text, config, key: this.#keyOf(verdicts, config.scopes && folder) };
  }

  #keyOf(verdicts: object, folder?: string): string {
    const { kubernetes, rules } = this.overrides;
    return JSON.stringify([verdicts, folder, kubernetes, rules]);
  }

  /** A path as the globs of a config file mean it: they count from its own folder. */
  #relative(folder: string, path: string): string {
    const full = join(this.root, path);
    return folder !== '' && isWithin(full, folder) ? full.slice(folder.length + 1) : full;
  }
}
