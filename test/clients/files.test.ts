import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import {
  type CodeAction,
  createConnection,
  type FileSystemWatcher,
  LSPErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { DiskFolder } from '../../server/src/host/disk-folder';
import { Reader } from '../../server/src/lsp/reader';
import { Root } from '../../server/src/lsp/root';
import { watchers } from '../../server/src/lsp/watching';
import { type Editor, open, until, write } from '../editor';
import { everyKind, faulty, kinds, pod } from './clients';

const { capabilities } = kinds['VS Code'];
const kustomization = 'resources:\n  - pod.yaml\n';

/** The edit of an action, asked for where the editor asks. */
async function editOf(editor: Editor, action: CodeAction | undefined) {
  if (action?.edit || action === undefined) return action?.edit;
  const whole: CodeAction = await editor.client.sendRequest('codeAction/resolve', action);
  return whole.edit;
}

describe.each(everyKind)('%s', (name, { capabilities, manners }) => {
  const creates = !['Eglot', 'minimal'].includes(name);

  test.each([
    ['alone', {}],
    ['beside a kustomization', { 'kustomization.yaml': kustomization }],
  ])('gets an edit that creates a file whole, or not at all: %s', async (_, beside) => {
    const editor = await open(capabilities, { 'pod.yaml': pod, ...beside }, { manners });
    await until(() => editor.messages('pod.yaml').length === 1);
    const actions = await editor.actions('pod.yaml', 4, 14);
    const creating = actions.filter(({ title }) => /^(?:Create|Isolate)/.test(title));
    expect(creating.length > 0).toBe(creates);
    for (const action of creating) {
      const changes = (await editOf(editor, action))?.documentChanges ?? [];
      expect(changes[0]).toMatchObject({ kind: 'create' });
      expect(changes).toHaveLength('kustomization.yaml' in beside ? 3 : 2);
    }
    for (const action of actions) {
      const edit = await editOf(editor, action);
      expect(Object.keys(edit?.changes ?? edit?.documentChanges ?? {})).not.toEqual([]);
    }
    expect(actions.map(({ title }) => title)).toContain('Ignore network-policy/missing-default-deny-ingress here');
  });

  test('is asked for an edit later only if it said that it asks', async () => {
    const editor = await open(capabilities, { 'one.yaml': faulty }, { manners });
    await editor.type('one.yaml', faulty, 1);
    await until(() => editor.messages('one.yaml').length === 1);
    const [action] = await editor.actions('one.yaml', 5, 12);
    expect(action?.edit === undefined).toBe(name !== 'minimal');
    expect(JSON.stringify(await editOf(editor, action))).toContain(JSON.stringify('"yes"'));
  });

  test('sees what changed on the disk when it opens or saves a file, whoever tells of it', async () => {
    const editor = await open(
      capabilities,
      { 'one.yaml': faulty, 'gone.yaml': faulty, 'x.yaml': 'a: b\n' },
      { manners },
    );
    await until(() => editor.messages('one.yaml').length === 1 && editor.messages('gone.yaml').length === 1);
    write(editor.folder, 'one.yaml', faulty.replace('yes', '"yes"'));
    write(editor.folder, 'deep/new.yaml', faulty);
    fs.rmSync(path.join(editor.folder, 'gone.yaml'));
    await editor.type('x.yaml', 'a: b\n', 1);
    const watches = ['VS Code', 'Eglot'].includes(name);
    if (watches) for (const file of ['one.yaml', 'deep/new.yaml', 'gone.yaml']) await editor.changed(file, 2);
    await until(() => editor.messages('one.yaml').length === 0 && editor.messages('gone.yaml').length === 0);
    await until(() => editor.messages('deep/new.yaml').length === 1);
    fs.rmSync(path.join(editor.folder, 'deep'), { recursive: true });
    await editor.save('x.yaml');
    if (watches) await editor.changed('deep', 3);
    await until(() => editor.messages('deep/new.yaml').length === 0);
  });
});

test('an edit for a text that is another now is not made', async () => {
  const editor = await open(capabilities, { 'one.yaml': faulty });
  await editor.type('one.yaml', faulty, 1);
  await until(() => editor.messages('one.yaml').length === 1);
  const [action] = await editor.actions('one.yaml', 5, 12);
  await editor.type('one.yaml', `${faulty}# more\n`, 2);
  await expect(editor.client.sendRequest('codeAction/resolve', action)).rejects.toMatchObject({
    code: LSPErrorCodes.ContentModified,
  });
});

/** What VS Code makes of a glob, as far as ours go. */
function matches({ globPattern }: FileSystemWatcher, file: string): boolean {
  const glob = String(globPattern)
    .replace(/[.]/g, '\\.')
    .replace(/\[!\\\.\]/g, '[^./]')
    .replace(/(?<!\*)\*(?!\*)/g, '[^/]*')
    .replace('**/', '(?:.*/)?')
    .replace(/\{(.*)\}/, (_, list: string) => `(?:${list.replaceAll(',', '|')})`);
  return new RegExp(`^${glob}$`).test(file);
}

test('folders and files that are read are watched, and outputs of builds are not', () => {
  const isWatched = (file: string) => watchers.some(watcher => matches(watcher, file));
  const read = ['a.yaml', 'x/a.yml', 'x/y/z.json', 'Corefile', 'x/dns.corefile', 'x/.gitignore', '.kube-netlint.yaml'];
  const folders = ['shop', 'clusters/prod', 'a/very-long-name-of-a-folder', 'v1.2', 'releases/1.10', '.argocd'];
  expect([...read, ...folders].filter(file => !isWatched(file))).toEqual([]);
  const others = ['target/classes/A1.class', 'dist/main.js', 'src/a.b.ts', 'a/Main.java', 'x/image.png'];
  expect(others.filter(isWatched)).toEqual([]);
});

test('what is to be read is read, also when it is heard of just before the end', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-'));
  write(folder, 'x/one.yaml', faulty);
  const root = new Root(folder, undefined, [], new DiskFolder(folder));
  const connection = createConnection(
    new StreamMessageReader(new PassThrough()),
    new StreamMessageWriter(new PassThrough()),
  );
  let rounds = 0;
  const reader = new Reader(
    connection,
    () => true,
    () => {},
    async () => {
      if (rounds++ > 0) return;
      write(folder, 'x/two.yaml', faulty);
      reader.read(root, 'x');
    },
  );
  connection.listen();
  reader.read(root, '');
  await until(() => rounds === 2);
  expect([...root.refresh().files.keys()].sort()).toEqual(['x/one.yaml', 'x/two.yaml']);
  fs.rmSync(folder, { recursive: true });
});

test('a file that comes before the editor watches is seen when it does', async () => {
  const editor = await open(capabilities, { 'one.yaml': faulty });
  const answers: ((_: null) => void)[] = [];
  editor.client.onRequest('client/registerCapability', () => new Promise(resolve => answers.push(resolve)));
  await until(() => editor.statuses.at(-1)?.state === 'ready' && answers.length > 0);
  write(editor.folder, 'new.yaml', faulty);
  for (const answer of answers) answer(null);
  await until(() => editor.messages('new.yaml').length === 1);
});

test('a storm of files that are never read is no storm', async () => {
  const editor = await open(capabilities, { 'one.yaml': faulty });
  await until(() => editor.statuses.at(-1)?.state === 'ready');
  const before = [editor.statuses.length, editor.requests.length];
  write(editor.folder, 'target/classes/A0.class', '');
  write(editor.folder, 'unheard-of.yaml', faulty);
  const changes = Array.from({ length: 250 }, (_, i) => ({ uri: editor.uri(`target/classes/A${i}.class`), type: 1 }));
  await editor.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await editor.type('two.yaml', faulty, 1);
  await until(() => editor.messages('two.yaml').length === 1 && editor.statuses.length > (before[0] ?? 0));
  expect(editor.messages('unheard-of.yaml')).toEqual([]);
  expect(editor.statuses.slice(before[0]).map(({ state }) => state)).toEqual(['ready']);
  expect(editor.requests).toHaveLength(before[1] ?? 0);
});

test('a folder that goes before anybody has looked at its files is followed too', async () => {
  const editor = await open(capabilities, { 'one.yaml': faulty });
  await until(() => editor.statuses.at(-1)?.state === 'ready');
  write(editor.folder, 'x/two.yaml', faulty);
  await editor.changed('x/two.yaml', 1);
  // An answer says that the server has heard of it, and nothing that it made something of it.
  await expect(editor.client.sendRequest('no/such')).rejects.toThrow();
  fs.rmSync(path.join(editor.folder, 'x'), { recursive: true });
  await editor.changed('x', 3);
  await editor.type('last.yaml', faulty, 1);
  await until(() => editor.messages('last.yaml').length === 1);
  await until(() => editor.messages('x/two.yaml').length === 0);
});

test('a folder that is moved away and back is followed by one event each, and only it is walked', async () => {
  const files = { 'a/shop/one.yaml': faulty, 'a/shop/deep/two.yaml': faulty, 'three.yaml': faulty };
  const ignored = { '.gitignore': 'target\nours.yaml\n', 'a/shop/deep/ours.yaml': faulty };
  const editor = await open(capabilities, { ...files, ...ignored });
  await until(() => editor.told.size === 3);
  const move = (from: string, to: string) =>
    fs.renameSync(path.join(editor.folder, from), path.join(editor.folder, to));
  write(editor.folder, 'unheard-of.yaml', faulty);
  move('a/shop', 'a/elsewhere');
  await editor.changed('a/shop', 3);
  await until(() => editor.messages('a/shop/one.yaml').length + editor.messages('a/shop/deep/two.yaml').length === 0);
  await editor.changed('a/elsewhere', 1);
  await until(() => editor.messages('a/elsewhere/deep/two.yaml').length === 1);
  expect(editor.messages('a/elsewhere/deep/ours.yaml')).toEqual([]);
  move('a/elsewhere', 'a/shop');
  await editor.changed('a/elsewhere', 3);
  await editor.changed('a/shop', 1);
  await until(() => editor.messages('a/shop/deep/two.yaml').length === 1);
  expect(editor.messages('a/elsewhere/deep/two.yaml')).toEqual([]);
  write(editor.folder, 'target/built.yaml', faulty);
  await editor.changed('target', 1);
  await editor.type('four.yaml', faulty, 1);
  await until(() => editor.messages('four.yaml').length === 1);
  expect([editor.messages('unheard-of.yaml'), editor.messages('target/built.yaml')]).toEqual([[], []]);
  write(editor.folder, '.gitignore', '');
  await editor.changed('.gitignore', 2);
  await until(() => editor.messages('target/built.yaml').length === 1);
});
