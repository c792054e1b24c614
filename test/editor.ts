import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, expect } from 'vitest';
import {
  type ClientCapabilities,
  type CodeAction,
  type Connection,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  ErrorCodes,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { AnyRule } from '../server/src/lint/rule';
import { diskHost } from '../server/src/lsp/disk-host';
import type { Host } from '../server/src/lsp/hosts';
import { Server } from '../server/src/lsp/server';
import wrongType from '../server/src/rules/api/wrong-type';
import missingDefaultDeny from '../server/src/rules/network-policy/missing-default-deny-ingress';

/** What some editors say of themselves. */
export const profiles: Record<string, ClientCapabilities> = {
  'VS Code': {
    workspace: {
      configuration: true,
      workspaceFolders: true,
      didChangeWatchedFiles: { dynamicRegistration: true },
      workspaceEdit: {
        documentChanges: true,
        resourceOperations: ['create', 'rename', 'delete'],
        changeAnnotationSupport: { groupsOnLabel: true },
      },
    },
    textDocument: {
      publishDiagnostics: { relatedInformation: true },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      completion: { completionItem: { tagSupport: { valueSet: [1] } } },
    },
    window: { workDoneProgress: true },
  },
  'an editor that can do the least': {},
};

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** How an editor answers what it is asked: as it should, always with an error, or not at all. */
export type Manners = 'polite' | 'refusing' | 'silent';

export interface Opening {
  readonly rules?: readonly AnyRule[];
  readonly manners?: Manners;
  readonly initializationOptions?: unknown;
  readonly settings?: unknown;
  /** Opens no folder: the files lie outside of every one. */
  readonly isFolderless?: boolean;
  /** One that is there already, and stays. */
  readonly folder?: string;
}

/** What the server tells about itself. */
export interface Told {
  readonly state: string;
  readonly text: string;
  readonly detail?: string;
  readonly notAnalysed?: readonly { readonly uri: string; readonly reason: string }[];
}

/** An editor in memory: remembers what the server told it last about each file. */
export async function open(
  capabilities: ClientCapabilities,
  files: Record<string, string>,
  given: readonly AnyRule[] | Opening = {},
) {
  const opening: Opening = 'length' in given ? { rules: given } : given;
  const { rules = [wrongType, missingDefaultDeny], manners = 'polite' } = opening;
  const folder = opening.folder ?? fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-')));
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  const { client, requests, told, sent, statuses, order, answer } = connect(rules, manners, opening.settings ?? {});
  const uri = (name: string) => URI.file(path.join(folder, name)).toString();
  ends.push(() => {
    client.dispose();
    if (opening.folder === undefined) fs.rmSync(folder, { recursive: true, force: true });
  });
  const root = URI.file(folder).toString();
  const workspaceFolders = opening.isFolderless ? null : [{ uri: root, name: 'test' }];
  const { initializationOptions } = opening;
  const initialized: InitializeResult = await client.sendRequest('initialize', {
    processId: null,
    rootUri: opening.isFolderless ? null : root,
    capabilities,
    workspaceFolders,
    initializationOptions,
  });
  await client.sendNotification('initialized', {});
  const type = async (name: string, text: string, version: number) => {
    const textDocument = { uri: uri(name), version };
    if (version > 1)
      await client.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
    else
      await client.sendNotification('textDocument/didOpen', {
        textDocument: { ...textDocument, languageId: 'yaml', text },
      });
  };
  return {
    client,
    folder,
    initialized,
    uri,
    requests,
    told,
    /** Every message about findings, in their order. */
    sent,
    statuses,
    order,
    messages: (name: string) => (told.get(uri(name)) ?? []).map(({ message }) => String(message)),
    configure: async (value: unknown) => {
      answer(value);
      await client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    changed: (name: string, type: 1 | 2 | 3) =>
      client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(name), type }] }),
    type,
    close: (name: string) => client.sendNotification('textDocument/didClose', { textDocument: { uri: uri(name) } }),
    save: (name: string) => client.sendNotification('textDocument/didSave', { textDocument: { uri: uri(name) } }),
    actions: (name: string, line: number, character: number): Promise<CodeAction[]> => {
      const position = { line, character };
      return client.sendRequest('textDocument/codeAction', {
        textDocument: { uri: uri(name) },
        range: { start: position, end: position },
        context: { diagnostics: [] },
      });
    },
  };
}

export type Editor = Awaited<ReturnType<typeof open>>;

/** A server and what an editor hears of it. */
export function connect(
  rules: readonly AnyRule[],
  manners: Manners = 'polite',
  settings: unknown = {},
  hostOf: (connection: Connection) => Host = () => diskHost,
) {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  new Server(connection, rules, hostOf(connection)).connection.listen();
  const client: ProtocolConnection = createProtocolConnection(
    new StreamMessageReader(down),
    new StreamMessageWriter(up),
  );
  const told = new Map<string, Diagnostic[]>();
  const sent: PublishDiagnosticsParams[] = [];
  const statuses: Told[] = [];
  const requests: string[] = [];
  /** Findings, states and steps of progress, in the order in which they came. */
  const order: string[] = [];
  let current = settings;
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    told.set(params.uri, params.diagnostics);
    sent.push(params);
    order.push(params.diagnostics.length > 0 ? 'findings' : 'none');
  });
  client.onNotification('kube-netlint/status', (status: Told) => {
    statuses.push(status);
    order.push(status.state);
  });
  const answers: Record<string, () => unknown> = {
    'workspace/configuration': () => [current],
    'client/registerCapability': () => null,
    'window/workDoneProgress/create': () => null,
    'workspace/inlayHint/refresh': () => null,
    'workspace/codeLens/refresh': () => null,
  };
  for (const [method, result] of Object.entries(answers)) {
    client.onRequest(method, (asked?: { token?: string }) => {
      const token = asked?.token;
      if (token !== undefined) client.onProgress(WorkDoneProgress.type, token, ({ kind }) => void order.push(kind));
      if (method !== 'workspace/configuration') requests.push(method);
      if (manners === 'refusing') return new ResponseError(ErrorCodes.MethodNotFound, 'not here');
      return manners === 'silent' ? new Promise(() => {}) : result();
    });
  }
  client.listen();
  const answer = (value: unknown) => {
    current = value;
  };
  return { client, told, sent, statuses, requests, order, answer };
}

export function write(folder: string, name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}

export const until = async (holds: () => boolean) => {
  await expect.poll(holds, { timeout: 20_000, interval: 20 }).toBe(true);
};
