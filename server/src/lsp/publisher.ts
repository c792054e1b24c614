import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Client } from './client';
import { reasonOf } from './failures';
import type { Root } from './root';
import type { Roots } from './roots';
import { capped, diagnosticsOf } from './to-lsp';

/** What the server tells about itself. */
interface Status {
  readonly state: 'scanning' | 'ready' | 'error';
  readonly text: string;
  readonly detail?: string;
  /** Open documents of which nothing is said, and why. */
  readonly notAnalysed?: readonly { readonly uri: string; readonly reason: string }[];
}

/** Sends diagnostics per file, only where the list or the version of the text changed, and clears what is gone. */
export class Publisher {
  /** What each file was last told, by root. */
  readonly #sent = new Map<string, Map<string, string>>();
  #isSilent = true;

  constructor(
    readonly connection: Connection,
    readonly roots: Roots,
  ) {}

  /**
   * Publishes what is known, and nothing of a root whose files are not all read: it would not be true for long. `isOn`
   * counts where there is no root.
   */
  publish(client: Client, isOn: boolean): void {
    const on = this.roots.all.filter(({ isOn }) => isOn);
    for (const root of this.roots.all) if (!root.isOn) this.clear(root.key);
    const read = on.filter(({ isRead }) => isRead);
    let count = 0;
    for (const root of read) {
      try {
        count += this.#publishRoot(root, client);
      } catch (error) {
        this.connection.console.error(reasonOf(error));
        this.status({ state: 'error', text: 'Failed', detail: 'See the output for what went wrong.' });
        return;
      }
    }
    if (read.length < on.length) return;
    if (on.length === 0 && !(isOn && this.roots.all.length === 0)) {
      // Where it was off from the start, there is nothing that this would take back.
      if (!this.#isSilent) this.status({ state: 'ready', text: 'Off' });
      this.#isSilent = true;
      return;
    }
    const files = on.reduce((sum, root) => sum + root.workspace.files.size, 0);
    const notAnalysed = on.flatMap(root => {
      const { uriOf } = this.roots.around(root, client);
      return root.open.flatMap(file => ({ uri: uriOf(file), reason: root.reasonFor(file) ?? '' }));
    });
    this.status({
      state: 'ready',
      text: count === 1 ? '1 finding' : `${count} findings`,
      detail: `${files} files read`,
      notAnalysed: notAnalysed.filter(({ reason }) => reason !== ''),
    });
  }

  status(status: Status): void {
    this.#isSilent = false;
    void this.connection.sendNotification('kube-netlint/status', status);
  }

  /** A file that is opened anew is told anew: some editors forget what they were told of it before. */
  forget(uri: string): void {
    for (const sent of this.#sent.values()) if (sent.has(uri)) sent.set(uri, '');
  }

  clear(root: string): void {
    for (const uri of this.#sent.get(root)?.keys() ?? []) this.#send(uri, []);
    this.#sent.delete(root);
  }

  /** The files that are open are told first, and also that nothing was found: an editor may wait for it. */
  #publishRoot(root: Root, client: Client): number {
    const findings = root.lint();
    const around = this.roots.around(root, client);
    const byFile = diagnosticsOf(root.workspace, findings, around);
    const before = this.#sent.get(root.key) ?? new Map<string, string>();
    const now = new Map<string, string>();
    let count = 0;
    for (const path of new Set([...root.open, ...byFile.keys()])) {
      if (!this.roots.isOwn(root, path)) continue;
      const uri = around.uriOf(path);
      const version = around.versionOf(path) ?? undefined;
      const all = byFile.get(path) ?? [];
      const diagnostics = capped(all);
      const text = JSON.stringify([version, diagnostics]);
      count += all.length;
      now.set(uri, text);
      if (before.get(uri) !== text) this.#send(uri, diagnostics, version);
    }
    for (const uri of before.keys()) if (!now.has(uri)) this.#send(uri, []);
    this.#sent.set(root.key, now);
    for (const failure of root.failures) this.connection.console.error(failure);
    return count;
  }

  #send(uri: string, diagnostics: Diagnostic[], version?: number): void {
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
