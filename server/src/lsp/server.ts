import {
  type CodeAction,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AnyRule, Finding } from '../lint/rule';
import { type ActionKey, askedActions, type Judged, resolved } from './actions';
import { type Client, clientOf, greetingFor } from './client';
import { attempt } from './failures';
import { answerAskers, answerReaders } from './features';
import type { Host } from './hosts';
import { Judging } from './judging';
import { inTime, Preferences } from './preferences';
import { Publisher } from './publisher';
import { Reader } from './reader';
import { readingAt } from './readings';
import type { Root } from './root';
import { type Located, Roots } from './roots';
import { Typing } from './typing';
import { sortedOut, watchers } from './watching';

/** Milliseconds without a keystroke after which the findings of the file are made anew. */
const debounce = 30;
/** Milliseconds that an editor has for its settings. */
const patience = 2000;
/** So many file events at once are a branch switch: one walk is cheaper than following each. */
const storm = 200;

/** The language server: holds the current roots, and nothing else that lives longer than a request. */
export class Server {
  readonly #typing = new Typing(() => this.#schedule());
  readonly #documents = new TextDocuments(this.#typing.documents);
  readonly #roots: Roots;
  readonly #publisher: Publisher;
  readonly #reader: Reader;
  readonly #judging: Judging;
  #looking: Promise<void> = Promise.resolve();
  /** What is answered between initialize and shutdown, and only then. */
  #handlers: Disposable[] = [];
  #phase: 'waiting' | 'running' | 'ended' = 'waiting';
  #client: Client = clientOf({});
  #preferences: Preferences;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the editor has said that it tells what happens on the disk. */
  #isWatched = false;

  constructor(
    readonly connection: Connection,
    rules: readonly AnyRule[],
    readonly host: Host,
  ) {
    this.#roots = new Roots(rules, this.#documents, host);
    this.#publisher = new Publisher(connection, this.#roots, this.#typing);
    this.#preferences = new Preferences(connection, this.#client, undefined);
    const isWanted = (root: Root) => this.#phase === 'running' && root.isOn && this.#roots.has(root);
    const onBusy = (text: string) => this.#publisher.status({ state: 'scanning', text });
    this.#reader = new Reader(connection, isWanted, onBusy, async () => void (await this.#judge()));
    const onEarly = (root: Root, found: readonly Finding[]) => this.#publisher.publishEarly(root, found, this.#client);
    this.#judging = new Judging(onEarly, () => this.#publish());
    connection.onInitialize(params => this.initialize(params));
    connection.onInitialized(() => attempt(connection, () => this.#start()));
    connection.onShutdown(() => this.#end());
    // Whatever nobody else answers.
    connection.onRequest((method: string) => {
      if (this.#phase === 'waiting') return new ResponseError(ErrorCodes.ServerNotInitialized, 'not initialized');
      if (this.#phase === 'ended') return new ResponseError(ErrorCodes.InvalidRequest, 'shut down');
      return new ResponseError(ErrorCodes.MethodNotFound, `There is no ${method} here.`);
    });
  }

  initialize(params: InitializeParams): InitializeResult {
    if (this.#phase !== 'waiting') throw new ResponseError(ErrorCodes.InvalidRequest, 'initialized already');
    this.#phase = 'running';
    this.#client = clientOf(params.capabilities, params.initializationOptions);
    this.host.meet(params.initializationOptions);
    this.#preferences = new Preferences(this.connection, this.#client, params.initializationOptions);
    const folders = params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    for (const folder of folders) this.#roots.addFolder(folder)?.configure(this.#preferences.told);
    this.#listen();
    return greetingFor(this.#client);
  }

  #listen(): void {
    const [connection, roots] = [this.connection, this.#roots];
    const readingOf = (uri: string) => readingAt(roots, this.#client, uri);
    this.#documents.onDidOpen(({ document }) => {
      this.#roots.opened(document.uri);
      this.#publisher.forget(document.uri);
      this.#lookAround();
    });
    this.#documents.onDidChangeContent(({ document }) => this.#edit(document));
    this.#documents.onDidSave(({ document }) => {
      this.#typing.leave(document.uri);
      this.#lookAround();
    });
    this.#documents.onDidClose(({ document }) => this.#close(document.uri));
    this.#handlers = [
      this.#documents.listen(connection),
      connection.onDidChangeWatchedFiles(({ changes }) => {
        const uris = changes.map(change => change.uri);
        return this.host.hear(uris, heard => this.#follow(heard));
      }),
      connection.onDidChangeConfiguration(({ settings }) => {
        this.#preferences.push(settings);
        return attempt(connection, () => this.#configure(this.#roots.all));
      }),
      connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }) => {
        this.#typing.visit(this.#documents.get(uri), range.start.line);
        const found = this.#judged(uri);
        return found ? askedActions(found.judged, found.file, range, only) : [];
      }),
      connection.onCodeActionResolve(action => this.#resolve(action)),
      ...answerReaders(connection, readingOf),
      ...answerAskers(connection, { roots, client: this.#client, lookAgain: () => this.#lookAgain() }, readingOf),
    ];
  }

  /** Nothing here waits for an answer but the settings, and they not for long: an editor may refuse, or say nothing. */
  async #start(): Promise<void> {
    if (this.#phase !== 'running') return;
    if (this.#client.configurationEvents) {
      void attempt(this.connection, () =>
        this.connection.client.register(DidChangeConfigurationNotification.type, { section: 'kubeNetlint' }),
      );
    }
    if (this.#client.watchers) {
      void attempt(this.connection, async () => {
        await this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] });
        this.#isWatched = true;
        for (const root of this.#roots.all) this.#reader.readAgain(root); // nobody told what changed until now
      });
    }
    if (this.#client.folders) {
      const { workspace } = this.connection;
      const handler = workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) this.#removeFolder(uri);
        const roots = added.flatMap(({ uri }) => this.#addFolder(uri) ?? []);
        void attempt(this.connection, () => this.#configure(roots));
      });
      this.#handlers.push(handler);
    }
    await this.#configure(this.#roots.all);
  }

  /** Asks for the settings of roots, and reads those that are not read yet. A late answer is taken when it comes. */
  async #configure(roots: readonly Root[]): Promise<void> {
    const asked = roots.map(async root => {
      const scope = root.loose?.uri ?? this.host.uriOf(root.folder);
      const settings = await this.#preferences.of(scope);
      if (!this.#roots.has(root) || !root.configure(settings)) return;
      if (!root.isRead) this.#reader.read(root, '');
      this.#schedule();
    });
    const general = roots.length === 0 ? [this.#preferences.of(undefined)] : [];
    await inTime(Promise.all([...asked, ...general]), patience);
    for (const root of roots) {
      if (root.loose) root.isRead = true;
      else if (!root.isRead) this.#reader.read(root, '');
    }
    this.#schedule();
  }

  #end(): void {
    if (this.#phase === 'waiting') throw new ResponseError(ErrorCodes.ServerNotInitialized, 'not initialized');
    if (this.#phase === 'ended') throw new ResponseError(ErrorCodes.InvalidRequest, 'shut down');
    this.#phase = 'ended';
    clearTimeout(this.#timer);
    this.#judging.stop();
    this.#typing.end();
    for (const handler of this.#handlers) handler.dispose();
  }

  #edit(document: TextDocument): void {
    const { root, file } = this.#roots.find(document.uri) ?? this.#addLoose(document.uri, document.languageId);
    root.edit(file, document.getText());
    this.#schedule();
  }

  #close(uri: string): void {
    const found = this.#roots.find(uri);
    if (found) this.#release(found);
    this.#roots.closed(uri);
    this.#typing.leave(uri);
  }

  /** A document is no longer shown by the root that it was in. */
  #release({ root, file }: Located): void {
    root.edit(file, undefined);
    if (root.loose === undefined) return;
    this.#publisher.clear(root.key);
    this.#roots.remove(root.key);
  }

  #addLoose(uri: string, language: string): Located {
    const found = this.#roots.addLoose(uri, language);
    found.root.configure(this.#preferences.told);
    void attempt(this.connection, () => this.#configure([found.root]));
    return found;
  }

  /** Documents that were open before are its own now. */
  #addFolder(uri: string): Root | undefined {
    const before = new Map(this.#documents.all().map(document => [document, this.#roots.find(document.uri)]));
    const root = this.#roots.addFolder(uri);
    root?.configure(this.#preferences.told);
    for (const [document, located] of before) {
      if (root === undefined || this.#roots.inFolder(document.uri)?.root !== root) continue;
      if (located) this.#release(located);
      this.#edit(document);
    }
    return root;
  }

  #removeFolder(uri: string): void {
    const root = this.#roots.folderAt(uri);
    if (root === undefined) return;
    const own = this.#documents.all().filter(document => this.#roots.find(document.uri)?.root === root);
    this.#publisher.clear(root.key);
    this.#roots.remove(root.key);
    for (const document of own) this.#edit(document);
  }

  /** Follows what the editor tells of: each file, or the folders in which something happened. */
  #follow(uris: readonly string[]): void {
    const { files, others } = sortedOut(uris);
    for (const found of others.flatMap(uri => this.#roots.inFolder(uri) ?? [])) {
      if (found.root.isFolder(found.file)) this.#reader.read(found.root, found.file);
    }
    if (files.length > storm) {
      for (const root of this.#roots.all) this.#reader.read(root, '');
      return;
    }
    for (const { root, file } of files.flatMap(uri => this.#roots.inFolder(uri) ?? [])) {
      if (file.endsWith('.gitignore')) this.#reader.read(root, file.replace(/\/?\.gitignore$/, ''));
      else root.touch(file);
    }
    if (files.length > 0) this.#schedule();
  }

  /** What no editor tells of is looked for when somebody opens or saves something. */
  #lookAround(): void {
    for (const root of this.#roots.all) {
      if (root.lookAround()) this.#schedule();
      if (!this.#isWatched && root.isRead) this.#reader.read(root, '');
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#judging.stop();
    this.#timer = setTimeout(() => void attempt(this.connection, () => this.#judge()), debounce);
  }

  /** Reads all anew, and ends when it is judged, with what somebody changes meanwhile. Two would cut each other short. */
  #lookAgain(): Promise<void> {
    const look = async () => {
      await this.#reader.allOf(this.#roots.all);
      while (!(await this.#judge()));
    };
    this.#looking = this.#looking.then(look, look);
    return this.#looking;
  }

  /** Judges what is read and not judged yet, in slices, and publishes what it finds: whether nothing cut it short. */
  async #judge(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#phase !== 'running') return true;
    return await this.#judging.run(this.#roots.all.filter(({ isOn, isRead }) => isOn && isRead));
  }

  #publish(): void {
    if (this.#phase === 'running') this.#publisher.publish(this.#client, this.#preferences.told.isOn);
  }

  /** The findings around an open file, once they can be relied on. */
  #judged(uri: string): { readonly judged: Judged; readonly file: string } | undefined {
    const found = this.#roots.find(uri);
    if (!found?.root.isOn || !found.root.isRead) return undefined;
    const { root, file } = found;
    const [findings, around] = [root.findingsIn(file), this.#roots.around(root, this.#client)];
    const configOf = (path: string) => root.configOf(path);
    return { judged: { workspace: root.workspace, findings, around, configOf }, file };
  }

  #resolve(action: CodeAction): CodeAction | ResponseError<void> {
    const key: ActionKey = action.data;
    const found = this.#judged(key.uri);
    const whole = found && resolved(found.judged, found.file, action, key);
    return whole ?? new ResponseError(LSPErrorCodes.ContentModified, 'The text is another now.');
  }
}
