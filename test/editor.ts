import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, expect } from 'vitest';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { AnyRule } from '../server/src/lint/rule';
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
      workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true } },
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

/** An editor in memory: remembers what the server told it last about each file. */
export async function open(
  capabilities: ClientCapabilities,
  files: Record<string, string>,
  rules: readonly AnyRule[] = [wrongType, missingDefaultDeny],
) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-'));
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  const up = new PassThrough();
  const down = new PassThrough();
  new Server(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), rules).connection.listen();
  const client: ProtocolConnection = createProtocolConnection(
    new StreamMessageReader(down),
    new StreamMessageWriter(up),
  );
  const told = new Map<string, Diagnostic[]>();
  const sent: PublishDiagnosticsParams[] = [];
  const requests: string[] = [];
  let settings: unknown = {};
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    told.set(params.uri, params.diagnostics);
    sent.push(params);
  });
  client.onRequest('workspace/configuration', () => [settings]);
  for (const method of ['client/registerCapability', 'window/workDoneProgress/create']) {
    client.onRequest(method, () => {
      requests.push(method);
      return null;
    });
  }
  client.listen();
  const uri = (name: string) => URI.file(path.join(folder, name)).toString();
  ends.push(() => {
    client.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const workspaceFolders = [{ uri: URI.file(folder).toString(), name: 'test' }];
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: workspaceFolders[0]?.uri ?? null,
    capabilities,
    workspaceFolders,
  });
  await client.sendNotification('initialized', {});
  return {
    client,
    folder,
    uri,
    requests,
    told,
    /** Every message about findings, in their order. */
    sent,
    messages: (name: string) => (told.get(uri(name)) ?? []).map(({ message }) => message),
    configure: async (value: unknown) => {
      settings = value;
      await client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    changed: (name: string, type: 1 | 2 | 3) =>
      client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(name), type }] }),
    type: async (name: string, text: string, version: number) => {
      const textDocument = { uri: uri(name), version };
      if (version > 1)
        await client.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
      else
        await client.sendNotification('textDocument/didOpen', {
          textDocument: { ...textDocument, languageId: 'yaml', text },
        });
    },
  };
}

export function write(folder: string, name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}

export const until = async (holds: () => boolean) => {
  await expect.poll(holds, { timeout: 20_000, interval: 20 }).toBe(true);
};
