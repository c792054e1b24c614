import * as path from 'node:path';
import { Disk } from '../host/disk';
import { type Config, type Overrides, readConfig } from '../lint/config';
import { checkConfig } from '../lint/config-check';
import { Linter } from '../lint/linter';
import { locate } from '../lint/place';
import type { AnyRule, Finding } from '../lint/rule';
import { configName, readSource, type SourceFile } from '../workspace/source-file';
import { type Content, Workspace } from '../workspace/workspace';
import { YamlDocument } from '../yaml/document';

/** A workspace folder, or a loose file: the current state of its files and findings. Roots never mix. */
export class Root {
  readonly #disk: Disk;
  readonly #linter: Linter;
  /** Texts of open editors: they count, not what the disk says. */
  readonly #open = new Map<string, string>();
  readonly #pending = new Map<string, Content>();
  #workspace = Workspace.empty;
  #findings: readonly Finding[] = [];
  #config: Config;
  #configText: string | undefined;
  /** behind: files changed since the workspace was made. unjudged: so they did since the findings were. */
  #state: 'behind' | 'unjudged' | 'judged' = 'behind';

  constructor(
    /** Absolute; the folder of a loose file for that. */
    readonly folder: string,
    /** The name of a file outside of every folder, whose only one it is. */
    readonly looseFile: string | undefined,
    rules: readonly AnyRule[],
    public settings: Overrides,
  ) {
    this.#disk = new Disk(folder);
    this.#linter = new Linter(rules);
    this.#config = readConfig('', settings);
  }

  get isLoose(): boolean {
    return this.looseFile !== undefined;
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** The Kubernetes version that the manifests are for. */
  get kubernetes(): string {
    return String(this.#config.target.kubernetes);
  }

  get failures(): readonly string[] {
    return this.#linter.failures;
  }

  /** Reads all files, a few at each step, so that the caller can let others run in between. */
  *scan(): Iterable<number> {
    const seen = new Set<string>(this.#open.keys());
    let count = 0;
    for (const file of this.#disk.list()) {
      seen.add(file);
      if (!this.#open.has(file)) this.#pending.set(file, this.#read(file));
      yield ++count;
    }
    for (const file of this.#workspace.files.keys()) if (!seen.has(file)) this.#pending.set(file, undefined);
    this.#state = 'behind';
  }

  /** The text of an open editor; undefined when it is closed. */
  edit(file: string, text: string | undefined): void {
    if (text === undefined) {
      this.#open.delete(file);
      this.#pending.set(file, this.isLoose || !this.#disk.holds(file) ? undefined : this.#read(file));
    } else {
      this.#open.set(file, text);
      this.#pending.set(file, text);
    }
    this.#state = 'behind';
  }

  /** A file of the disk was written or removed. */
  touch(file: string): void {
    if (this.#open.has(file) || this.isLoose) return;
    if (!this.#disk.holds(file) && !this.#workspace.files.has(file)) return;
    this.#pending.set(file, this.#disk.holds(file) ? this.#read(file) : undefined);
    this.#state = 'behind';
  }

  /** Whether a path is a folder, or was one when its files were read. */
  isFolder(path: string): boolean {
    if (this.isLoose) return false;
    if (this.#disk.isFolder(path)) return true;
    for (const file of this.#workspace.files.keys()) if (file.startsWith(`${path}/`)) return true;
    return false;
  }

  configure(settings: Overrides): void {
    this.settings = settings;
    this.#configText = undefined;
    this.#state = 'behind';
  }

  /** The files as they are now, not judged yet: what a request at each keystroke can afford. */
  refresh(): Workspace {
    if (this.#state !== 'behind') return this.#workspace;
    this.#state = 'unjudged';
    this.#workspace = this.#workspace.update(this.#pending);
    this.#pending.clear();
    this.#settle();
    this.#workspace = this.#workspace.update([], { scopes: this.#config.scopes, isLoose: this.isLoose });
    return this.#workspace;
  }

  /** The findings for the files as they are now. */
  lint(): readonly Finding[] {
    const workspace = this.refresh();
    if (this.#state === 'judged') return this.#findings;
    this.#state = 'judged';
    const ignores = this.#config.ignores;
    this.#findings = this.#linter.lint(workspace, this.#config).filter(finding => !isIn(workspace, finding, ignores));
    return this.#findings;
  }

  /** Takes over the config file, unless it is half typed: then the last good one holds. */
  #settle(): void {
    const text = this.#workspace.files.get(configName)?.text ?? this.#configAbove() ?? '';
    if (text === this.#configText) return;
    if (this.#configText !== undefined && checkConfig(new YamlDocument(text)).length > 0) return;
    this.#configText = text;
    this.#config = readConfig(text, this.settings);
  }

  /** The nearest config file above the folder. */
  #configAbove(): string | undefined {
    for (let folder = path.dirname(this.folder); ; folder = path.dirname(folder)) {
      const found = new Disk(folder).read(configName);
      if (found && 'text' in found) return found.text;
      if (path.dirname(folder) === folder) return undefined;
    }
  }

  #read(file: string): SourceFile | undefined {
    const content = this.#disk.read(file);
    if (content === undefined) return undefined;
    if ('text' in content) {
      const old = this.#workspace.files.get(file);
      return old?.text === content.text ? old : readSource(file, content.text, old);
    }
    return { path: file, text: '', role: 'other', documents: [], resources: [], skipped: content.unreadable };
  }
}

function isIn(workspace: Workspace, finding: Finding, ignores: (path: string) => boolean): boolean {
  const place = workspace.placeOf(locate(finding.at).document);
  return place !== undefined && ignores(place.file.path);
}
