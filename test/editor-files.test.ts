/** Files that the server can't read itself: the editor reads them, of whatever scheme they are. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, Connection, ProtocolConnection } from 'vscode-languageserver/node';
import type { Entry, FarFile, Known } from '../server/src/host/far-files';
import { EditorHost } from '../server/src/lsp/editor-host';
import { EitherHost } from '../server/src/lsp/either-host';
import type { Host } from '../server/src/lsp/hosts';
import wrongType from '../server/src/rules/api/wrong-type';
import missingBackend from '../server/src/rules/ingress/missing-backend';
import { connect, profiles, until } from './editor';

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  port: 80\n';
const ingress =
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\nspec:\n  defaultBackend:\n    service:\n      name: web\n      port:\n        number: 80\n';
const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 80\n';

const clients: ProtocolConnection[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

type Files = Map<string, string>;

interface Options {
  readonly isServing?: boolean;
  readonly offers?: boolean;
  readonly makeHost?: (connection: Connection) => Host;
}

/** An editor that has files by their URIs, and answers for them unless it is told not to. */
async function start(
  files: Files,
  folder: string,
  { isServing = true, offers = isServing, makeHost = either }: Options = {},
) {
  const { client, told, statuses } = connect([wrongType, missingBackend], 'polite', {}, makeHost);
  clients.push(client);
  const asked: string[] = [];
  if (isServing) {
    client.onRequest('kube-netlint/listFolders', (folders: readonly string[]) =>
      folders.map((uri): Entry[] | null => {
        const below = [...files.keys()].flatMap(file => (file.startsWith(`${uri}/`) ? file.slice(uri.length + 1) : []));
        const names = new Map(below.map(name => [name.split('/')[0] ?? '', name.includes('/')]));
        return names.size === 0 ? null : Array.from(names, ([name, isFolder]) => ({ name, isFolder }));
      }),
    );
    client.onRequest('kube-netlint/readFiles', (known: readonly Known[]) =>
      known.map(({ path }): FarFile => {
        asked.push(path);
        const text = files.get(path);
        return text === undefined ? {} : { stamp: String(text.length), content: { text } };
      }),
    );
  }
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: folder,
    capabilities: profiles['VS Code'],
    workspaceFolders: [{ uri: folder, name: 'far' }],
    initializationOptions: offers ? { readsFiles: true } : {},
  });
  await client.sendNotification('initialized', {});
  return {
    asked,
    statuses,
    codes: (uri: string) => (told.get(uri) ?? []).map(({ code }) => code),
    open: (uri: string, text: string) =>
      client.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      }),
    close: (uri: string) => client.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    changed: (...uris: string[]) =>
      client.sendNotification('workspace/didChangeWatchedFiles', { changes: uris.map(uri => ({ uri, type: 2 })) }),
    actions: (uri: string, line: number, character: number): Promise<CodeAction[]> =>
      client.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line, character }, end: { line, character } },
        context: { diagnostics: [] },
      }),
  };
}

const either = (connection: Connection) => new EitherHost(connection);
const inBrowser = (connection: Connection) => new EditorHost(connection);
const isReady = ({ statuses }: { readonly statuses: readonly { readonly state: string }[] }) =>
  until(() => statuses.at(-1)?.state === 'ready');

describe.each([
  ['a server with a disk', either, 'vscode-vfs://github/org/repo'],
  ['a server without one', inBrowser, 'vscode-vfs://github/org/repo'],
  // What a browser is let into has this scheme, and the server in it can't read it.
  ['a server without one, for the files of the machine', inBrowser, 'file:///home/me/repo'],
  ['a server with a disk, for a scheme without an authority', either, 'memfs:/repo'],
])('%s', (_, makeHost, folder) => {
  const options = { makeHost };

  test('finds what is in files that nobody has opened', async () => {
    const files: Files = new Map([[`${folder}/shop/a.yaml`, faulty]]);
    const editor = await start(files, folder, options);
    await until(() => editor.codes(`${folder}/shop/a.yaml`).includes('api/wrong-type'));
  });

  test('knows what is in other files of the folder', async () => {
    const files: Files = new Map([
      [`${folder}/a.yaml`, ingress],
      [`${folder}/b.yaml`, service],
      [`${folder}/c.yaml`, service.replace('web', 'other')],
    ]);
    const editor = await start(files, folder, options);
    await editor.open(`${folder}/a.yaml`, ingress);
    await isReady(editor);
    expect(editor.codes(`${folder}/a.yaml`)).toEqual([]);
    files.delete(`${folder}/b.yaml`);
    await editor.changed(`${folder}/b.yaml`);
    await until(() => editor.codes(`${folder}/a.yaml`).includes('ingress/missing-backend'));
  });

  test('follows what is written, heard of by file or by folder', async () => {
    const files: Files = new Map([[`${folder}/x.yaml`, service]]);
    const editor = await start(files, folder, options);
    await isReady(editor);
    files.set(`${folder}/x.yaml`, faulty);
    await editor.changed(`${folder}/x.yaml`);
    await until(() => editor.codes(`${folder}/x.yaml`).length === 1);
    files.set(`${folder}/new/below/y.yaml`, faulty);
    await editor.changed(`${folder}/new`);
    await until(() => editor.codes(`${folder}/new/below/y.yaml`).length === 1);
    files.set(`${folder}/.gitignore`, 'new/\n');
    await editor.changed(`${folder}/.gitignore`);
    await until(() => editor.codes(`${folder}/new/below/y.yaml`).length === 0);
  });

  test('fixes', async () => {
    const uri = `${folder}/a.yaml`;
    const editor = await start(new Map([[uri, faulty]]), folder, options);
    await editor.open(uri, faulty);
    await until(() => editor.codes(uri).length === 1);
    const [fix] = await editor.actions(uri, 5, 9);
    expect(fix?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri }, edits: [{ newText: expect.any(String) }] },
    ]);
  });

  test('reads the config file', async () => {
    const files: Files = new Map([
      [`${folder}/a.yaml`, faulty],
      [`${folder}/b/a.yaml`, faulty],
      [`${folder}/b/.kube-netlint.yaml`, 'rules:\n  api/wrong-type: off\n'],
    ]);
    const editor = await start(files, folder, options);
    await until(() => editor.codes(`${folder}/a.yaml`).length === 1);
    expect(editor.codes(`${folder}/b/a.yaml`)).toEqual([]);
  });

  test('checks a file of another place by itself', async () => {
    const editor = await start(new Map([[`${folder}/a.yaml`, service]]), folder, options);
    const uri = 'other:/somewhere/a.yaml';
    await editor.open(uri, faulty);
    await until(() => editor.codes(uri).length === 1);
    expect(editor.asked.filter(path => !path.startsWith(`${folder}/`))).toEqual([]);
    await editor.close(uri);
    await until(() => editor.codes(uri).length === 0);
  });
});

test('of an editor that reads no files, the open ones are checked each by itself, and it is asked for none', async () => {
  const folder = 'vscode-vfs://github/org/repo';
  const editor = await start(new Map(), folder, { isServing: false });
  await editor.open(`${folder}/a.yaml`, faulty);
  await editor.open(`${folder}/b.yaml`, ingress);
  await editor.open(`${folder}/c.yaml`, service.replace('web', 'other'));
  await until(() => editor.codes(`${folder}/a.yaml`).length === 1);
  expect(editor.codes(`${folder}/b.yaml`)).toEqual([]);
  expect(editor.statuses.at(-1)).toMatchObject({ state: 'ready', detail: '3 files read' });
});

test('an editor that offers to read files, and fails, is not waited for', async () => {
  const folder = 'vscode-vfs://github/org/repo';
  const editor = await start(new Map(), folder, { isServing: false, offers: true });
  await editor.open(`${folder}/a.yaml`, faulty);
  await until(() => editor.codes(`${folder}/a.yaml`).length === 1);
});

test('in a folder that can not be read, nothing is called missing', async () => {
  const folder = 'vscode-vfs://github/org/repo';
  const editor = await start(new Map(), folder);
  await editor.open(`${folder}/c.yaml`, service.replace('web', 'other'));
  await editor.open(`${folder}/a.yaml`, faulty);
  await editor.open(`${folder}/b.yaml`, ingress);
  await until(() => editor.codes(`${folder}/a.yaml`).length === 1);
  expect(editor.codes(`${folder}/b.yaml`)).toEqual([]);
});
