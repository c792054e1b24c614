import type { Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import { attempt } from './failures';
import type { Root } from './root';

/** Milliseconds that reading files takes before it lets requests through. */
const slice = 10;
/** Milliseconds after which reading is worth a word. */
const patience = 300;

/** Reads the folders of roots, one after another and in slices, and tells of it where it takes long. */
export class Reader {
  /** The folders that wait to be read; '' for all of a root. */
  readonly #due = new Map<Root, Set<string>>();
  readonly #begun = new WeakSet<Root>();
  #isBusy = false;
  #run: Promise<void> = Promise.resolve();

  constructor(
    readonly connection: Connection,
    /** Whether a root is still there, and wanted. */
    readonly isWanted: (root: Root) => boolean,
    readonly onBusy: (text: string) => void,
    readonly onDone: () => Promise<void>,
  ) {}

  read(root: Root, folder: string): void {
    if (root.loose) return;
    const folders = this.#due.get(root) ?? new Set();
    if (!folders.has('')) this.#due.set(root, folder === '' ? new Set(['']) : folders.add(folder));
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#run = this.#readAll();
  }

  /** Reads all of some roots anew, and ends when what they hold is judged. */
  async allOf(roots: readonly Root[]): Promise<void> {
    for (const root of roots) this.read(root, '');
    for (let last: unknown; last !== this.#run; ) {
      last = this.#run;
      await this.#run;
    }
  }

  /** Reads all of a root once more, unless it has yet to be read at all. */
  readAgain(root: Root): void {
    if (this.#begun.has(root)) this.read(root, '');
  }

  async #readAll(): Promise<void> {
    const progress = new Progress(this.connection);
    const start = Date.now();
    const tell = (text: string) => {
      progress.report(text);
      this.onBusy(text);
    };
    for (let next = this.#next(); next; next = this.#next()) {
      const { root, folder } = next;
      if (!this.isWanted(root)) continue;
      this.#begun.add(root);
      if (!root.isRead) tell('Reading files');
      const onSlice = (count: number) => {
        if (progress.isShown) progress.report(`${count} files`);
        else if (Date.now() - start > patience) tell('Reading files');
      };
      await attempt(this.connection, () => this.#scan(root, folder, onSlice));
    }
    if (progress.isShown) progress.report('Checking');
    // What was told goes out before the files are judged.
    await pause();
    await attempt(this.connection, () => this.onDone());
    progress.end();
    this.#isBusy = false;
    for (const [root, folders] of this.#due) for (const folder of folders) this.read(root, folder);
  }

  #next(): { root: Root; folder: string } | undefined {
    for (const [root, folders] of this.#due) {
      for (const folder of folders) {
        folders.delete(folder);
        return { root, folder };
      }
      this.#due.delete(root);
    }
    return undefined;
  }

  async #scan(root: Root, folder: string, onSlice: (count: number) => void): Promise<void> {
    if (root.source.renew) {
      await root.source.renew(folder);
      if (!this.isWanted(root)) return;
    }
    let until = Date.now() + slice;
    for (const count of root.scan(folder)) {
      if (Date.now() < until) continue;
      onSlice(count);
      await pause();
      if (!this.isWanted(root)) return;
      until = Date.now() + slice;
    }
  }
}

const pause = () => new Promise(resolve => setImmediate(resolve));

/** The bar of an editor that has one. It is asked for when there is something to tell, and nothing waits for it. */
class Progress {
  isShown = false;
  #text = '';
  #reporter: WorkDoneProgressReporter | undefined;
  #isOver = false;

  constructor(readonly connection: Connection) {}

  report(text: string): void {
    this.#text = text;
    this.#reporter?.report(text);
    if (this.isShown) return;
    this.isShown = true;
    this.connection.window.createWorkDoneProgress().then(
      reporter => {
        if (this.#isOver) return;
        this.#reporter = reporter;
        reporter.begin('Kubernetes Network Lint', undefined, this.#text, false);
      },
      error => this.connection.console.warn(`The editor shows no progress: ${String(error)}`),
    );
  }

  end(): void {
    this.#isOver = true;
    this.#reporter?.done();
  }
}
