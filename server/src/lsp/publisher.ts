import type { Connection, Diagnostic } from 'vscode-languageserver';
import { withoutHabits } from '../lint/grouping';
import type { Finding } from '../lint/rule';
import type { Client, Surroundings } from './client';
import { reasonOf } from './failures';
import { isHalfTyped } from './half-typed';
import { Refreshing } from './refreshing';
import type { Root } from './root';
import type { Roots } from './roots';
import { capped, diagnosticsOf, placeIn } from './to-lsp';
import type { Typing } from './typing';

/** What the server tells about itself. */
interface Status {
  readonly state: 'scanning' | 'ready' | 'error';
  readonly text: string;
  readonly detail?: string;
  /** Open documents of which nothing is said, and why. */
  readonly notAnalysed?: readonly { readonly uri: string; readonly reason: string }[];
}

/** What a file was told: its list, and the version of its text. */
interface Told {
  readonly uri: string;
  readonly text: string;
}

/** Sends diagnostics per file, only where the list or the version of the text changed, and clears what is gone. */
export class Publisher {
  /** What each file was last told, by root and path. */
  readonly #sent = new Map<string, Map<string, Told>>();
  #isSilent = true;
  readonly #refreshing: Refreshing;

  constructor(
    readonly connection: Connection,
    readonly roots: Roots,
    readonly typing: Typing,
  ) {
    this.#refreshing = new Refreshing(connection);
  }

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
    this.#refreshing.follow(read, client);
    if (read.length < on.length) return;
    if (on.length === 0 && !(isOn && this.roots.all.length === 0)) {
      // Where it was off from the start, there is nothing that this would take back.
      if (!this.#isSilent) this.status({ state: 'ready', text: 'Off' });
      this.#isSilent = true;
      return;
    }
    const files = on.reduce((sum, root) => sum + root.workspace.files.size, 0);
    const known = on.reduce((sum, root) => sum + this.#knownIn(root), 0);
    const notAnalysed = on.flatMap(root => {
      const { uriOf } = this.roots.around(root, client);
      return root.open.flatMap(file => ({ uri: uriOf(file), reason: root.reasonFor(file) ?? '' }));
    });
    this.status({
      state: 'ready',
      text: count === 1 ? '1 finding' : `${count} findings`,
      detail: known > 0 ? `${files} files read, ${inBaseline(known)}` : `${files} files read`,
      notAnalysed: notAnalysed.filter(({ reason }) => reason !== ''),
    });
  }

  status(status: Status): void {
    this.#isSilent = false;
    void this.connection.sendNotification('kube-netlint/status', status);
  }

  /** A file that is opened anew is told anew: some editors forget what they were told of it before. */
  forget(uri: string): void {
    for (const sent of this.#sent.values()) {
      for (const [path, told] of sent) if (told.uri === uri) sent.set(path, { uri, text: '' });
    }
  }

  clear(root: string): void {
    for (const { uri } of this.#sent.get(root)?.values() ?? []) this.#send(uri, []);
    this.#sent.delete(root);
  }

  /** What is known of the files that are urgent, before all others are judged. */
  publishEarly(root: Root, findings: readonly Finding[], client: Client): void {
    const sent = this.#sent.get(root.key) ?? new Map<string, Told>();
    this.#sent.set(root.key, sent);
    const around = this.roots.around(root, client);
    const byFile = diagnosticsOf(root.workspace, this.#meant(root, findings, around), around);
    for (const path of root.urgent)
      if (this.roots.isOwn(root, path) && !this.#isInterrupted(root, path, around))
        this.#tell(path, byFile.get(path) ?? [], around, sent, sent);
  }

  /** Whether somebody is typing a file that can't be read at this moment: its last findings are the best there are. */
  #isInterrupted(root: Root, path: string, { uriOf }: Surroundings): boolean {
    if (!this.typing.isGoingOn(uriOf(path))) return false;
    return root.workspace.files.get(path)?.documents.some(({ document }) => document.problems.length > 0) ?? false;
  }

  /** Without those about what somebody is about to type. */
  #meant(root: Root, findings: readonly Finding[], { uriOf }: Surroundings): readonly Finding[] {
    const halfTyped = root.open.flatMap(path => {
      const cursor = this.typing.cursorIn(uriOf(path));
      const file = root.workspace.files.get(path);
      const isGoingOn = this.typing.isGoingOn(uriOf(path));
      return file === undefined || cursor === undefined ? [] : isHalfTyped(file, { cursor, isGoingOn });
    });
    return findings.filter(finding => !halfTyped.some(isHeldBack => isHeldBack(finding)));
  }

  /** The files that are open are told first, and also that nothing was found: an editor may wait for it. */
  #publishRoot(root: Root, client: Client): number {
    const around = this.roots.around(root, client);
    const open = new Set(root.open);
    const findings = withoutHabits(root.workspace, root.findings, path => open.has(path));
    const byFile = diagnosticsOf(root.workspace, this.#meant(root, findings, around), around);
    const before = this.#sent.get(root.key) ?? new Map<string, Told>();
    const now = new Map<string, Told>();
    let count = 0;
    for (const path of new Set([...root.open, ...byFile.keys()])) {
      if (!this.roots.isOwn(root, path)) continue;
      const told = before.get(path);
      if (told && this.#isInterrupted(root, path, around)) {
        now.set(path, told);
        continue;
      }
      const all = byFile.get(path) ?? [];
      count += all.length;
      this.#tell(path, all, around, before, now);
    }
    this.#sent.set(root.key, now);
    for (const [path, { uri }] of before) if (!now.has(path) && !this.#isTold(uri)) this.#send(uri, []);
    for (const failure of root.failures) this.connection.console.error(failure);
    return count;
  }

  /** How many findings a baseline silences. */
  #knownIn(root: Root): number {
    const isTold = ({ at }: Finding) => {
      const place = placeIn(root.workspace, at);
      return place !== undefined && this.roots.isOwn(root, place.file.path);
    };
    return root.known.filter(isTold).length;
  }

  /** Sends the list of a file, where it or the version of the text is another than before. */
  #tell(
    path: string,
    all: readonly Diagnostic[],
    { uriOf, versionOf }: Surroundings,
    before: ReadonlyMap<string, Told>,
    now: Map<string, Told>,
  ): void {
    const uri = uriOf(path);
    const version = versionOf(path) ?? undefined;
    const diagnostics = capped(all);
    const text = JSON.stringify([version, diagnostics]);
    const told = before.get(path);
    now.set(path, { uri, text });
    // An editor may spell the name of a file in its own way, once it opens it.
    if (told && told.uri !== uri) this.#send(told.uri, []);
    if (told?.uri !== uri || told.text !== text) this.#send(uri, diagnostics, version);
  }

  /** A root inside of another takes its files over. */
  #isTold(uri: string): boolean {
    return [...this.#sent.values()].some(sent => [...sent.values()].some(told => told.uri === uri));
  }

  #send(uri: string, diagnostics: Diagnostic[], version?: number): void {
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}

const inBaseline = (known: number) =>
  known === 1 ? '1 known finding is in the baseline' : `${known} known findings are in the baseline`;
