/** An editor at the other end of the server's standard streams, with a clock on the wall and one on the server's CPU. */
import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClientCapabilities,
  type ConfigurationParams,
  createProtocolConnection,
  type Diagnostic,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { type Program, start } from './processes';

const capabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
};

/** What the server told of one file, and when. */
export interface Telling {
  readonly at: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a server wants of its editor beyond what all want. */
export interface Wishes {
  /** Its settings, by section. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Gives what it would fetch from the network. */
  readonly content?: (uri: string) => string;
}

/** So long without work, in milliseconds, the server has nothing left to do. */
const quiet = 1500;
/** The share of a core that counts as no work. */
const idle = 0.03;

export type Editor = Awaited<ReturnType<typeof openEditor>>;

/** Starts a server on a folder, up to the answer of `initialize`. */
export async function openEditor(server: Program, folder: string, { settings = {}, content }: Wishes = {}) {
  const began = performance.now();
  const now = () => performance.now() - began;
  const { child, used } = start(server, 'pipe', true);
  const { stdin, stdout, pid } = child;
  if (!stdin || !stdout || pid === undefined) throw new Error('The server has no standard streams.');
  const client = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  const told = new Map<string, Telling[]>();
  let lastTold = 0;
  let readies = 0;
  let onReady = () => {};
  let onTold = (_uri: string, _version: number | undefined) => {};
  client.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, version, diagnostics }: PublishDiagnosticsParams) => {
      lastTold = now();
      onTold(uri, version);
      told.set(uri, [...(told.get(uri) ?? []), { at: lastTold, diagnostics }]);
    },
  );
  client.onNotification('kube-netlint/status', ({ state }: { state: string }) => {
    if (state !== 'ready') return;
    lastTold = now();
    readies++;
    onReady();
  });
  client.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
    items.map(({ section = '' }) => settings[section] ?? {}),
  );
  client.onRequest('client/registerCapability', () => null);
  client.listen();
  const uri = (file: string) => URI.file(file).toString();
  await client.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri(folder),
    workspaceFolders: [{ uri: uri(folder), name: 'bench' }],
    capabilities,
  });
  const initialized = now();
  await client.sendNotification('initialized', {});
  if (content) {
    client.onRequest('vscode/content', content);
    await client.sendNotification('yaml/registerContentRequest');
  }

  /** Waits until the server has nothing to do for a while, or something else ends the wait. */
  const settled = async (isOver = () => false): Promise<void> => {
    for (let since = now(), cpu = cpuOf(pid); now() - since < quiet && !isOver(); ) {
      await sleep(50);
      const used = cpuOf(pid);
      if (used - cpu < idle * (now() - since) + 5) continue;
      since = now();
      cpu = used;
    }
  };

  return {
    initialized,
    now,
    settled,
    cpu: () => cpuOf(pid),
    lastTold: () => lastTold,
    told: (file: string): readonly Telling[] => told.get(uri(file)) ?? [],
    open: (file: string, text: string) =>
      client.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(file), languageId: 'yaml', version: 1, text },
      }),
    /**
     * Sends an edit; gives what passed until the findings of the file were there, on the wall and of the server's CPU,
     * and of its CPU until those of all files were.
     */
    edit: async (file: string, version: number, contentChanges: TextDocumentContentChangeEvent[]) => {
      const before = readies;
      const ready = new Promise<void>(resolve => {
        onReady = resolve;
      });
      const sent = now();
      const cpu = cpuOf(pid);
      let first: { readonly wall: number; readonly cpu: number } | undefined;
      onTold = (told, of = version) => {
        if (told !== uri(file) || of !== version) return;
        first ??= { wall: now() - sent, cpu: cpuOf(pid) - cpu };
        if (before === 0) onReady(); // a server that has no status has said all
      };
      await client.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(file), version },
        contentChanges,
      });
      // The status that follows ends it. A server that had no news would send none, and be idle.
      await Promise.race([ready, settled(() => readies > before)]);
      const all = cpuOf(pid) - cpu;
      return { wall: first?.wall ?? lastTold - sent, cpu: first?.cpu ?? all, all };
    },
    close: async () => {
      await client.sendRequest('shutdown');
      await client.sendNotification('exit');
      const usage = await used;
      client.dispose();
      return usage;
    },
  };
}

/** Milliseconds of CPU that all threads of a process took so far; Linux counts them by the nanosecond. */
function cpuOf(pid: number): number {
  return fs
    .readdirSync(`/proc/${pid}/task`)
    .map(thread => Number(fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
    .reduce((sum, each) => sum + each, 0);
}
