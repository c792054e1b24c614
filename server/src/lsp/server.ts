import * as path from 'node:path';
import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type FileSystemWatcher,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
  WatchKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { AnyRule } from '../lint/rule';
import { actionsAt, type Surroundings } from './actions';
import { type Client, clientOf } from './client';
import { completionIn, hoverIn, type Reading, symbolsIn } from './language';
import { Publisher } from './publisher';
import { Root } from './root';
import { readSettings } from './settings';

/** Milliseconds without a keystroke after which the findings are made anew. */
const debounce = 120;
/** Milliseconds that the start-up scan works before it lets requests through. */
const slice = 10;
/** So many file events at once are a branch switch: one walk is cheaper than following each. */
const storm = 200;

/** The language server: holds the current roots, and nothing else that lives longer than a request. */
export class Server {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #roots = new Map<string, Root>();
  readonly #publisher: Publisher;
  #client: Client = clientOf({});
  #folders: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #scans = 0;
  #isOn = true;

  constructor(
    readonly connection: Connection,
    readonly rules: readonly AnyRule[],
  ) {
    this.#publisher = new Publisher(connection, this.#documents);
    connection.onInitialize(params => this.#initialize(params));
    connection.onInitialized(() => void this.#start());
    connection.onDidChangeWatchedFiles(({ changes }) => this.#follow(changes.map(change => change.uri)));
    connection.onDidChangeConfiguration(() => void this.#configure());
    connection.onCodeAction(({ textDocument, range, context }) => {
      if (context.only && !context.only.some(kind => CodeActionKind.QuickFix.startsWith(kind))) return [];
      const found = this.#find(textDocument.uri);
      if (found === undefined) return [];
      const findings = found.root.lint();
      return actionsAt(found.root.workspace, findings, found.file, range, this.#around(found.root));
    });
    connection.onHover(({ textDocument, position }) => hoverIn(this.#reading(textDocument.uri), position));
    connection.onCompletion(({ textDocument, position }) => completionIn(this.#reading(textDocument.uri), position));
    connection.onDocumentSymbol(({ textDocument }) => symbolsIn(this.#reading(textDocument.uri)));
    this.#documents.onDidChangeContent(({ document }) => this.#edit(document.uri, document.getText()));
    this.#documents.onDidClose(({ document }) => this.#edit(document.uri, undefined));
    this.#documents.listen(connection);
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = clientOf(params.capabilities);
    const folders = params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#folders = folders.flatMap(folderPath);
    for (const folder of this.#folders) this.#addRoot(folder);
    return {
      serverInfo: { name: 'kube-netlint' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        completionProvider: {},
        documentSymbolProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  async #start(): Promise<void> {
    if (this.#client.configuration) {
      await this.connection.client.register(DidChangeConfigurationNotification.type, { section: 'kubeNetlint' });
    }
    if (this.#client.watchers) {
      const files = ['**/*.{yaml,yml,json,corefile}', '**/{Corefile,Kustomization,.gitignore}'];
      // A folder comes and goes as one event of its own, and then not always with events of its files.
      const folders: FileSystemWatcher = { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete };
      const watchers = [...files.map(globPattern => ({ globPattern })), folders];
      await this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (this.#client.folders) {
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) for (const folder of folderPath(uri)) this.#removeRoot(folder);
        for (const { uri } of added) for (const folder of folderPath(uri)) this.#addRoot(folder);
        void this.#scan();
      });
    }
    await this.#configure();
    await this.#scan();
  }

  async #configure(): Promise<void> {
    const before = this.#isOn;
    for (const root of this.#roots.values()) {
      const scopeUri = URI.file(root.folder).toString();
      const raw: unknown = this.#client.configuration
        ? await this.connection.workspace.getConfiguration({ scopeUri, section: 'kubeNetlint' })
        : undefined;
      const settings = readSettings(raw);
      this.#isOn = settings.isOn;
      root.configure(settings.overrides);
    }
    if (before || this.#isOn) this.#schedule();
  }

  /** Reads the folders in slices, then shows what was found. A later scan ends an earlier one. */
  async #scan(): Promise<void> {
    const scan = ++this.#scans;
    this.#status('scanning', 'Reading files');
    const progress = this.#client.progress ? await this.connection.window.createWorkDoneProgress() : undefined;
    progress?.begin('Kubernetes Network Lint', undefined, 'Reading files', false);
    try {
      for (const root of this.#roots.values()) {
        if (root.isLoose) continue;
        let until = Date.now() + slice;
        for (const count of root.scan()) {
          if (Date.now() < until) continue;
          progress?.report(`${count} files`);
          await new Promise(resolve => setImmediate(resolve));
          if (scan !== this.#scans) return;
          until = Date.now() + slice;
        }
      }
    } finally {
      progress?.done();
    }
    this.#publish();
  }

  #edit(uri: string, text: string | undefined): void {
    const found = this.#find(uri) ?? (text === undefined ? undefined : this.#looseRoot(uri));
    if (found === undefined) return;
    found.root.edit(found.file, text);
    if (text === undefined && found.root.isLoose) {
      this.#publisher.clear(this.#uriOf(found.root, found.file));
      this.#roots.delete(uri);
    }
    this.#schedule();
  }

  #follow(all: readonly string[]): void {
    const uris = all.filter(uri => !/\/(?:node_modules|\.git)(?:\/|$)/.test(uri));
    if (uris.length > storm || uris.some(uri => uri.endsWith('/.gitignore') || this.#isFolder(uri))) {
      void this.#scan();
      return;
    }
    for (const uri of uris) {
      const found = this.#find(uri);
      if (found) found.root.touch(found.file);
    }
    this.#schedule();
  }

  #isFolder(uri: string): boolean {
    const found = this.#find(uri);
    return found?.root.isFolder(found.file) === true;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#publish(), debounce);
  }

  #publish(): void {
    clearTimeout(this.#timer);
    let count = 0;
    for (const [key, root] of this.#roots) {
      try {
        const findings = this.#isOn ? root.lint() : [];
        count += findings.length;
        this.#publisher.publish(root.workspace, findings, this.#around(root), key);
        for (const failure of root.failures) this.connection.console.error(failure);
      } catch (error) {
        this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        this.#status('error', 'Failed', 'See the output for what went wrong.');
        return;
      }
    }
    const files = [...this.#roots.values()].reduce((sum, root) => sum + root.workspace.files.size, 0);
    this.#status('ready', count === 1 ? '1 finding' : `${count} findings`, `${files} files read`);
  }

  #status(state: 'scanning' | 'ready' | 'error', text: string, detail?: string): void {
    void this.connection.sendNotification('kube-netlint/status', { state, text, ...(detail ? { detail } : {}) });
  }

  #around(root: Root): Surroundings {
    return {
      client: this.#client,
      uriOf: file => this.#uriOf(root, file),
      versionOf: file => this.#documents.get(this.#uriOf(root, file))?.version ?? null,
    };
  }

  /** The innermost root that a file lies in. */
  #find(uri: string): { root: Root; file: string } | undefined {
    const loose = this.#roots.get(uri);
    if (loose?.looseFile !== undefined) return { root: loose, file: loose.looseFile };
    const full = URI.parse(uri);
    if (full.scheme !== 'file') return undefined;
    const inside = this.#folders.filter(folder => isInside(full.fsPath, folder)).sort((a, b) => b.length - a.length)[0];
    const root = inside === undefined ? undefined : this.#roots.get(inside);
    if (root === undefined) return undefined;
    return { root, file: path.relative(root.folder, full.fsPath).split(path.sep).join('/') };
  }

  /** An open file as it is typed now; undefined where it isn't read. */
  #reading(uri: string): Reading | undefined {
    const found = this.#isOn ? this.#find(uri) : undefined;
    const workspace = found?.root.refresh();
    const file = found && workspace?.files.get(found.file);
    if (found === undefined || workspace === undefined || file === undefined) return undefined;
    return { workspace, file, kubernetes: found.root.kubernetes, around: this.#around(found.root) };
  }

  /** A file outside of every folder, or without a name yet, is a workspace of its own. */
  #looseRoot(uri: string): { root: Root; file: string } {
    const { scheme, fsPath } = URI.parse(uri);
    const file = looseName(uri, this.#documents.get(uri)?.languageId);
    const root = new Root(scheme === 'file' ? path.dirname(fsPath) : process.cwd(), file, this.rules, {});
    this.#roots.set(uri, root);
    return { root, file };
  }

  #uriOf(root: Root, file: string): string {
    if (root.looseFile === file) for (const [uri, candidate] of this.#roots) if (candidate === root) return uri;
    const uri = URI.file(path.join(root.folder, file)).toString();
    return this.#publisher.openUri(uri);
  }

  #addRoot(folder: string): void {
    if (!this.#folders.includes(folder)) this.#folders.push(folder);
    if (!this.#roots.has(folder)) this.#roots.set(folder, new Root(folder, undefined, this.rules, {}));
    for (const document of this.#documents.all()) {
      const found = this.#find(document.uri);
      if (found?.root.folder === folder) found.root.edit(found.file, document.getText());
    }
  }

  #removeRoot(folder: string): void {
    const root = this.#roots.get(folder);
    this.#folders = this.#folders.filter(other => other !== folder);
    this.#roots.delete(folder);
    if (root) this.#publisher.clearRoot(folder);
  }
}

/** What a loose file is read as: the language that it has in the editor decides where its name doesn't. */
function looseName(uri: string, language: string | undefined): string {
  const name = path.basename(URI.parse(uri).path);
  if (language === 'corefile') return name === 'Corefile' ? name : `${name.replace(/\.corefile$/, '')}.corefile`;
  return name === 'Corefile' || /\.(?:ya?ml|json|corefile)$/i.test(name) ? name : `${name}.yaml`;
}

function folderPath(uri: string): string[] {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? [parsed.fsPath] : [];
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
