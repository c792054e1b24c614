import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import {
  createConnection,
  createProtocolConnection,
  type InitializeParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { diskHost } from '../server/src/lsp/disk-host';
import { Reception } from '../server/src/lsp/reception';
import { Server } from '../server/src/lsp/server';

const params: InitializeParams = { processId: null, rootUri: null, capabilities: {} };

/** An editor before a server whose engine comes when it is told to. */
function connect() {
  const up = new PassThrough();
  const down = new PassThrough();
  let bring = () => {};
  const brought = new Promise<void>(resolve => {
    bring = resolve;
  });
  const reception = new Reception(async greeted => {
    await brought;
    const server = new Server(connection, [], diskHost);
    if (greeted) server.initialize(greeted);
  });
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down), {
    messageStrategy: reception,
  });
  reception.attend(connection);
  connection.listen();
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.listen();
  return { client, bring: () => bring() };
}

test('initialize is answered without the engine, and as the engine answers it', async () => {
  const { client, bring } = connect();
  const answer = await client.sendRequest('initialize', params);
  bring();
  const own = createConnection(new StreamMessageReader(new PassThrough()), new StreamMessageWriter(new PassThrough()));
  expect(answer).toMatchObject(new Server(own, [], diskHost).initialize(params));
  await client.sendRequest('shutdown');
});

test('what arrives before the engine is there is answered by it, in its order', async () => {
  const { client, bring } = connect();
  await client.sendRequest('initialize', params);
  await client.sendNotification('initialized', {});
  const uri = 'file:///nowhere/Corefile';
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'corefile', version: 1, text: 'a.org {\n}\n' },
  });
  const change = { textDocument: { uri, version: 2 }, contentChanges: [{ text: 'b.org {\n}\n' }] };
  await client.sendNotification('textDocument/didChange', change);
  const outline = client.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
  bring();
  expect(await outline).toMatchObject([{ name: 'b.org' }]);
  await client.sendRequest('shutdown');
});

test('a client that does not begin with initialize is refused, and may then begin', async () => {
  const { client, bring } = connect();
  const early = client.sendRequest('textDocument/hover', {});
  bring();
  await expect(early).rejects.toMatchObject({ code: -32002 });
  expect(await client.sendRequest('initialize', params)).toMatchObject({ serverInfo: { name: 'kube-netlint' } });
});

test('a second initialize is refused', async () => {
  const { client, bring } = connect();
  await client.sendRequest('initialize', params);
  const second = client.sendRequest('initialize', params);
  bring();
  await expect(second).rejects.toMatchObject({ code: -32600 });
});
