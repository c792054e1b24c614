import { ancestorsOf, folderOf, isWithin, join } from '../text/paths';
import { configPathsIn } from '../workspace/source-file';
import { YamlDocument } from '../yaml/document';
import { type Baseline, baselineIn } from './baseline';
import { type Chain, chainOf, type Link } from './chain';
import { type Config, configOf, type Overrides, presetIn, readConfig } from './config';
import { checkConfig } from './config-check';
import { holding } from './config-globs';
import { wordsOf } from './levels';
import type { Fault } from './repeated-keys';
import type { Decider } from './turn-off';

/** The config of a folder, with the text that it was read from. */
interface Read {
  readonly path: string;
  readonly text: string;
  readonly chain: Chain;
  readonly config: Config;
  /** The baseline that it names, absolute, with its text. */
  readonly named?: { readonly path: string; readonly text: string | undefined } | undefined;
  /** Two with the same key judge alike: they differ at most in what they leave out. */
  readonly key: string;
}

/**
 * The config files around the files of a workspace: the nearest one upward decides for a file, with what it extends, and it
 * alone.
 */
export class Configs {
  /** By folder, those without a config file too: each is looked for once. */
  readonly #read = new Map<string, Read | undefined>();
  readonly #nearest = new Map<string, Read>();
  /** The last good reading of each file: it holds while the file is half typed. */
  readonly #good = new Map<string, Omit<Link, 'depth'>>();
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
    const config = { ...readConfig('', overrides), baseline: this.#given };
    this.#none = { path: '', text: '', chain: nothing, config, key: this.#keyOf({}) };
    this.#excluded = holding(overrides.exclude ?? []);
  }

  of(path: string): Config {
    return this.#nearestTo(path).config;
  }

  /** The config file that decides for a file, absolute; empty where there is none. */
  pathOf(path: string): string {
    return this.#nearestTo(path).path;
  }

  /** What files have in common that are judged in one go. */
  keyOf(path: string): string {
    return this.#nearestTo(path).key;
  }

  /** Whether nothing is said of a file, though others may need what is in it. */
  ignores(path: string): boolean {
    return this.#excluded(path) || (this.overrides.ignore !== 'nothing' && this.of(path).ignores(path));
  }

  /** The config files that decide for some of these files, with the baselines that they name. */
  deciding(paths: Iterable<string>): readonly Pick<Read, 'path' | 'text' | 'named' | 'chain'>[] {
    return [...new Set(Array.from(paths, path => this.#nearestTo(path)))].filter(read => read !== this.#none);
  }

  /** What has a say in how loud findings in a file are. */
  decisionOn(path: string): Omit<Decider, 'path'> {
    const { chain, config } = this.#nearestTo(path);
    const settings = wordsOf(Object.entries(this.overrides.rules ?? {}));
    return { document: chain.links.at(-1)?.document, config, settings };
  }

  /** What is wrong with what a config file of the workspace extends. */
  readonly faultsOf = (path: string): readonly Fault[] => {
    const { chain, ...read } = this.#nearestTo(path);
    return read.path === join(this.root, path) ? [...chain.broken, ...chain.invalid] : [];
  };

  /** Looks again into folders, which are absolute; whether a config file, or what it names, has come, changed or gone. */
  renew(isMeant: (folder: string) => boolean): boolean {
    const others = (read: Read | undefined) => [...(read?.chain.looked ?? []), ...(read ? namedBy(read) : [])];
    const isOther = ([path, text]: readonly [string, string | undefined]) => this.textAt(path) !== text;
    const changed = [...this.#read].filter(([folder, read]) => {
      if (others(read).some(other => isMeant(folderOf(other[0])) && isOther(other))) return true;
      if (!isMeant(folder)) return false;
      return this.#pathIn(folder) !== read?.path || (read !== undefined && isOther([read.path, read.text]));
    });
    for (const [folder] of changed) this.#readIn(folder);
    if (changed.length > 0) this.#nearest.clear();
    return changed.length > 0;
  }

  /** Whether a file, absolute, is one that a config file names: a baseline, or what it extends. */
  isNamed(path: string): boolean {
    return [...this.#read.values()].some(read => read?.named?.path === path || read?.chain.looked.has(path));
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
    if (this.only !== undefined) {
      if (!this.#read.has(this.only)) this.#read.set(this.only, this.#at(folderOf(this.only), this.only));
      return this.#read.get(this.only) ?? this.#none;
    }
    for (const folder of ancestorsOf(from)) {
      const read = this.#read.has(folder) ? this.#read.get(folder) : this.#readIn(folder);
      if (read) return read;
    }
    return this.#none;
  }

  #readIn(folder: string): Read | undefined {
    const path = this.#pathIn(folder);
    const last = this.#read.get(folder)?.path;
    if (last !== undefined && last !== path) this.#good.delete(last);
    const read = path === undefined ? undefined : this.#at(folder, path);
    this.#read.set(folder, read);
    return read;
  }

  #pathIn(folder: string): string | undefined {
    return configPathsIn(folder).find(path => this.textAt(path) !== undefined);
  }

  #at(folder: string, path: string): Read | undefined {
    const first = this.#linkAt(path);
    if (first === undefined) return undefined;
    const chain = chainOf(first, file => this.#linkAt(file), this.root);
    const layers = chain.links.map(link => ({
      root: link.document.root,
      relative: (file: string) => this.#relative(folderOf(link.path), file),
    }));
    const named = chain.links.reduce<Read['named']>((last, link) => this.#baselineOf(link) ?? last, undefined);
    const baseline = named && baselineIn(named.path, named.text ?? '', this.root);
    const own = typeof baseline === 'string' || this.overrides.baseline ? this.#given : baseline;
    const config = { ...configOf(layers, this.overrides), baseline: own };
    const verdicts = chain.links.map(verdictsOf);
    // Scopes and overrides hold files, so that they mean something else in each folder.
    const placed = chain.links.filter(({ document: { root } }) => root.at('overrides').exists);
    const others = [
      ...placed.map(link => link.path),
      String(config.target.kubernetes),
      config.scopes && folder,
      named?.path,
    ];
    return { path, text: first.text, chain, named, config, key: this.#keyOf(verdicts, ...others) };
  }

  /** Of a file that is half typed, the last good reading holds. */
  #linkAt(path: string): Omit<Link, 'depth'> | undefined {
    const text = this.textAt(path);
    const good = this.#good.get(path);
    if (text === undefined) this.#good.delete(path);
    if (text === undefined || text === good?.text) return text === undefined ? undefined : good;
    const document = new YamlDocument(text);
    if (checkConfig(document).length > 0) return { path, text, document: good?.document ?? document };
    this.#good.set(path, { path, text, document });
    return { path, text, document };
  }

  #baselineOf({ path: file, document: { root } }: Link): Read['named'] {
    const name = root.at('baseline').string;
    const folder = folderOf(file);
    const path = join(folder, name ?? '..');
    // What a repository brings leads to nothing outside of it.
    if (name === undefined || !isWithin(path, folder)) return undefined;
    return { path, text: this.textAt(path) };
  }

  get #given(): Baseline | undefined {
    const { baseline } = this.overrides;
    return baseline === 'none' ? undefined : baseline;
  }

  #keyOf(verdicts: object, ...others: readonly (string | undefined)[]): string {
    const { kubernetes, rules } = this.overrides;
    return JSON.stringify([verdicts, ...others, kubernetes, rules]);
  }

  /** A path as the globs of a config file mean it: they count from its own folder. */
  #relative(folder: string, path: string): string {
    const full = join(this.root, path);
    return folder !== '' && isWithin(full, folder) ? full.slice(folder.length + 1) : full;
  }
}

const nothing: Chain = { links: [], looked: new Map(), broken: [], invalid: [] };

const namedBy = ({ named }: Pick<Read, 'named'>): [string, string | undefined][] =>
  named ? [[named.path, named.text]] : [];

/** What a config file says of findings: where it lies, and what it leaves out, makes no other verdict. */
function verdictsOf({ document: { root } }: Link): object {
  const { ignore: _, baseline: __, ...verdicts } = Object(root.value ?? {});
  return { ...verdicts, extends: presetIn(root) };
}
