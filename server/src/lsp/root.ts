import type { Folder } from '../host/source';
import { Configs } from '../lint/configs';
import { Judge } from '../lint/judge';
import type { AnyRule, Finding } from '../lint/rule';
import type { Decider } from '../lint/turn-off';
import { ancestorsOf, folderOf, isWithin, join } from '../text/paths';
import { finished, type Steps } from '../text/steps';
import { configName } from '../workspace/config-names';
import { isConfig, readSource, type SourceFile } from '../workspace/source-file';
import { type Content, Workspace } from '../workspace/workspace';
import { readSettings, type Settings } from './settings';

/** A workspace folder, or a loose file: the current state of its files and findings. Roots never mix. */
export class Root {
  readonly #judge: Judge;
  /** Texts of open editors: they count, not what the disk says. */
  readonly #open = new Map<string, string>();
  readonly #pending = new Map<string, Content>();
  /** The files of the disk, as they were when they were read: a walk reads only those that are another since. */
  readonly #stamps = new Map<string, string>();
  /** The folders of these files; undefined when they are to be worked out anew. */
  #folders: ReadonlySet<string> | undefined;
  /** Files that were followed on their own during a walk: what the walk saw of them is older. */
  readonly #followed = new Set<string>();
  /** Files that were edited since all were judged. */
  readonly #edited = new Set<string>();
  #judgedOnce = false;
  #workspace = Workspace.empty;
  #findings: readonly Finding[] = [];
  #settings = readSettings(undefined);
  #configs: Configs;
  /** behind: files changed since the workspace was made. unjudged: so they did since the findings were. */
  #state: 'behind' | 'unjudged' | 'judged' = 'behind';
  /** Whether all of its files were read once, and its settings: before, nothing can be said of what they lack. */
  isRead = false;

  constructor(
    /** Absolute; the folder of a loose file for that. */
    readonly folder: string,
    /** The only file of a root that is no folder. */
    readonly loose: { readonly uri: string; readonly file: string } | undefined,
    rules: readonly AnyRule[],
    readonly source: Folder,
  ) {
    this.#judge = new Judge(rules);
    this.#configs = this.#newConfigs();
  }

  get key(): string {
    return this.loose?.uri ?? this.folder;
  }

  get isOn(): boolean {
    return this.#settings.isOn;
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get failures(): readonly string[] {
    return this.#judge.failures;
  }

  get open(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** The Kubernetes version that the manifests of a file are for. */
  kubernetesOf(file: string): string {
    return String(this.#configs.of(file).target.kubernetes);
  }

  /** The config file that decides for a file, or that could, among its own files. */
  configOf(file: string): Decider | undefined {
    const full = this.#configs.pathOf(file);
    const { top } = this.source;
    if (full === '' ? this.loose : !isWithin(full, top)) return undefined;
    const path = full === '' ? configName : full.slice(top === '' ? 0 : top.length + 1);
    return { path, ...this.#configs.decisionOn(file) };
  }

  /** Why nothing is said of a file, where it is not because there is nothing to say. */
  reasonFor(file: string): string | undefined {
    const skipped = this.#workspace.files.get(file)?.skipped;
    return skipped ?? (this.#configs.ignores(file) ? 'left out by the config file or the settings' : undefined);
  }

  /**
   * Reads what changed in a folder of it, a file at each step, so that the caller can let others run in between. What it
   * finds is taken over at the end: nobody sees a workspace of which a part is missing.
   */
  *scan(within: string): Iterable<number> {
    this.#followed.clear();
    const seen = new Set<string>();
    const read = new Map<string, { readonly content: Content; readonly stamp: string | undefined }>();
    for (const file of this.source.isFolder(within) ? this.source.list(within) : []) {
      seen.add(file);
      const stamp = this.source.stampOf(file);
      if (stamp === undefined || stamp !== this.#stamps.get(file)) read.set(file, { content: this.#read(file), stamp });
      yield seen.size;
    }
    for (const [file, { content, stamp }] of read) if (!this.#followed.has(file)) this.#take(file, content, stamp);
    const known = [...this.#stamps.keys()].filter(file => isWithin(file, within));
    for (const file of known) if (!seen.has(file) && !this.#followed.has(file)) this.touch(file);
    if (within === '') this.isRead = true;
    this.#renewConfigs(() => true);
  }

  /** The text of an open editor; undefined when it is closed. */
  edit(file: string, text: string | undefined): void {
    this.#followed.add(file);
    if (text === undefined) {
      this.#open.delete(file);
      this.#take(file, this.#holds(file) ? this.#read(file) : undefined, this.source.stampOf(file));
    } else {
      this.#open.set(file, text);
      this.#edited.add(file);
      this.#pending.set(file, text);
      this.#state = 'behind';
    }
    this.#follow(file);
  }

  /** A file of the disk was written or removed. */
  touch(file: string): void {
    this.#followed.add(file);
    this.#follow(file);
    const isHeld = this.#holds(file);
    if (isHeld || this.#stamps.has(file))
      this.#take(file, isHeld ? this.#read(file) : undefined, this.source.stampOf(file));
  }

  /** Whether a path is a folder whose files count, or was one when its files were read. */
  isFolder(folder: string): boolean {
    this.#folders ??= new Set(Array.from(this.#stamps.keys(), file => [...ancestorsOf(folderOf(file))]).flat());
    if (this.#folders.has(folder)) return true;
    return this.source.isFolder(folder) && this.source.holds(`${folder}/any.yaml`);
  }

  /** Whether the settings are others than before. */
  configure(settings: Settings): boolean {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return false;
    this.#settings = settings;
    this.#configs = this.#newConfigs();
    this.#state = 'behind';
    return true;
  }

  /** Looks for config files where no event comes from: above the folder, or around a loose file. */
  lookAround(): boolean {
    return this.#renewConfigs(folder => this.loose !== undefined || !isWithin(folder, this.source.top));
  }

  /** The files as they are now, not judged yet: what a request at each keystroke can afford. */
  refresh(): Workspace {
    if (this.#pending.size <= mostAtOnce) finished(this.#refreshing());
    return this.#workspace;
  }

  /** Takes in what changed, in steps; what changes meanwhile, and what somebody leaves half done, waits for the next time. */
  *#refreshing(): Steps<void> {
    if (this.#state !== 'behind') return;
    const { scopes } = this.#configs.of('');
    const before = this.#workspace;
    const pending = new Map(this.#pending);
    const changes = Array.from(pending, ([file, content]): [string, Content] => [
      file,
      typeof content === 'string' ? this.#source(file, content) : content,
    ]);
    const isLoose = this.loose !== undefined || this.source.isPartial === true;
    const workspace = yield* before.updating(changes, { scopes, isLoose });
    if (this.#workspace !== before) return;
    this.#workspace = workspace;
    for (const [file, content] of pending) if (this.#pending.get(file) === content) this.#pending.delete(file);
    if (this.#pending.size === 0) this.#state = 'unjudged';
  }

  /** The findings of all files, as they were when all were judged last. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** What a baseline knows of them, and nobody is told of. */
  get known(): readonly Finding[] {
    return this.#judge.known;
  }

  get isJudged(): boolean {
    return this.#state === 'judged';
  }

  /** Whether all of its files were judged once: since then it is edits that are waited for. */
  get wasJudged(): boolean {
    return this.#judgedOnce;
  }

  /** Files that somebody waits for: edited since all were judged last, or open at the start. */
  get urgent(): ReadonlySet<string> {
    const urgent = this.#judgedOnce ? this.#edited : this.#open.keys();
    return new Set([...urgent].filter(file => this.#workspace.files.has(file)));
  }

  /**
   * Judges the files as they are now in steps, one of which gives the findings in those that are urgent. Whoever has changed a file meanwhile leaves it at that, and begins anew.
   */
  *judging(): Generator<readonly Finding[] | undefined, void> {
    while (this.#state === 'behind') yield* this.#refreshing();
    const workspace = this.#workspace;
    if (this.isJudged) return;
    const findings = yield* this.#judge.steps(workspace, this.#configs, this.urgent);
    // Something may have changed in between that nobody told the one who asks.
    if (this.#state !== 'unjudged' || this.#workspace !== workspace) return;
    this.#findings = findings;
    this.#state = 'judged';
    this.#judgedOnce = true;
    this.#edited.clear();
  }

  /** The findings in one file as it is now, be the others judged or not. */
  findingsIn(file: string): readonly Finding[] {
    const workspace = this.refresh();
    if (this.isJudged || !workspace.files.has(file)) return this.#findings;
    const steps = this.#judge.steps(workspace, this.#configs, new Set([file]));
    for (let step = steps.next(); ; step = steps.next()) if (step.value) return step.value;
  }

  #newConfigs(): Configs {
    const { source } = this;
    const textAt = (file: string) => {
      const open = isWithin(file, source.top) ? this.#open.get(file.slice(source.top.length + 1)) : undefined;
      const content = open === undefined ? source.readFromTop(file) : { text: open };
      return content && 'text' in content ? content.text : undefined;
    };
    return new Configs(this.source.top, textAt, this.#settings.overrides);
  }

  /** A file may decide about others. */
  #follow(file: string): void {
    const path = join(this.source.top, file);
    if (isConfig(file)) this.#renewConfigs(folder => folder === folderOf(path));
    else if (this.#configs.isNamed(path)) this.#renewConfigs(() => true);
  }

  #renewConfigs(isMeant: (folder: string) => boolean): boolean {
    const isOther = this.#configs.renew(isMeant);
    if (isOther) this.#state = 'behind';
    return isOther;
  }

  #holds(file: string): boolean {
    return this.loose === undefined && this.source.holds(file);
  }

  /** The disk is heard only of what no editor shows. */
  #take(file: string, content: Content, stamp: string | undefined): void {
    if (this.#open.has(file)) return;
    const isThere = content !== undefined && stamp !== undefined;
    if (isThere !== this.#stamps.has(file)) this.#folders = undefined;
    if (isThere) this.#stamps.set(file, stamp);
    else this.#stamps.delete(file);
    this.#pending.set(file, content);
    this.#state = 'behind';
  }

  #read(file: string): SourceFile | undefined {
    const content = this.source.read(file);
    if (content === undefined) return undefined;
    return 'text' in content ? this.#source(file, content.text) : unread(file, content.unreadable);
  }

  /** A text that the reader fails on is left out, and nothing else with it. */
  #source(file: string, text: string): SourceFile {
    const old = this.#workspace.files.get(file);
    try {
      return old?.text === text ? old : readSource(file, text, old);
    } catch (error) {
      return unread(file, `reading it failed: ${String(error)}`);
    }
  }
}

function unread(file: string, reason: string): SourceFile {
  return { path: file, text: '', role: 'other', documents: [], resources: [], skipped: reason };
}

/** So many files are taken in at once where somebody waits: more come with the start, and with another branch. */
const mostAtOnce = 50;
