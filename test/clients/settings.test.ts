import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { sectionOf } from '../../server/src/lsp/settings';
import { type Editor, open, until, write } from '../editor';
import { everyKind, faulty, kinds, pod } from './clients';

// Whatever way an editor has to say what a person set, it counts for every file, from the start.

const quiet = { rules: { api: 'off' } };

test('a section has a name, or is bare, or has nothing for us', () => {
  expect(sectionOf({ kubeNetlint: quiet, other: {} })).toEqual(quiet);
  expect(sectionOf(quiet)).toEqual(quiet);
  expect([sectionOf({ other: 1 }), sectionOf({ kubeNetlint: null }), sectionOf([]), sectionOf(null)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

const push = (editor: Editor, settings: unknown) =>
  editor.client.sendNotification('workspace/didChangeConfiguration', { settings });

describe.each([
  ['by name', { kubeNetlint: quiet }],
  ['bare', quiet],
])('settings %s', (_, given) => {
  test('of the initialization count in folders and for loose files', async () => {
    const { capabilities } = kinds.minimal;
    const editor = await open(capabilities, { 'pod.yaml': pod, 'one.yaml': faulty }, { initializationOptions: given });
    await until(() => editor.messages('pod.yaml').length === 1);
    await editor.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri: 'untitled:a', languageId: 'yaml', version: 1, text: faulty },
    });
    await until(() => editor.told.has('untitled:a'));
    expect([editor.messages('one.yaml'), editor.told.get('untitled:a')]).toEqual([[], []]);
  });

  test('that are pushed count until others are', async () => {
    const editor = await open(kinds.minimal.capabilities, { 'one.yaml': faulty });
    await until(() => editor.messages('one.yaml').length === 1);
    await push(editor, given);
    await until(() => editor.messages('one.yaml').length === 0);
    await push(editor, {});
    await until(() => editor.messages('one.yaml').length === 1);
  });
});

test('an event without settings of ours leaves those of the initialization in force', async () => {
  const options = { initializationOptions: quiet };
  const editor = await open(kinds.minimal.capabilities, { 'one.yaml': faulty, 'pod.yaml': pod }, options);
  for (const settings of [{}, { yaml: {} }, null]) await push(editor, settings);
  await until(() => editor.messages('pod.yaml').length === 1);
  expect(editor.messages('one.yaml')).toEqual([]);
});

test('an editor that is asked and has no answer is believed what it pushed', async () => {
  const { capabilities } = kinds.Neovim;
  const editor = await open(capabilities, { 'one.yaml': faulty, 'pod.yaml': pod }, { settings: null });
  await until(() => editor.messages('one.yaml').length === 1);
  await push(editor, { kubeNetlint: quiet });
  await until(() => editor.messages('one.yaml').length === 0);
});

test('settings count in folders that are added, and for files outside of every one', async () => {
  const editor = await open(kinds['VS Code'].capabilities, { 'a.yaml': 'a: b\n' }, { settings: quiet });
  const other = await open({}, {});
  write(other.folder, 'one.yaml', faulty);
  write(other.folder, 'pod.yaml', pod);
  const event = { added: [{ uri: URI.file(other.folder).toString(), name: 'other' }], removed: [] };
  await editor.client.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  await until(() => editor.told.get(other.uri('pod.yaml'))?.length === 1);
  expect(editor.told.get(other.uri('one.yaml')) ?? []).toEqual([]);
  const uri = URI.file(path.join(path.dirname(editor.folder), 'kube-netlint-loose.yaml')).toString();
  const textDocument = { uri, languageId: 'yaml', version: 1, text: faulty };
  await editor.client.sendNotification('textDocument/didOpen', { textDocument });
  await until(() => editor.told.has(uri));
  expect(editor.sent.filter(sent => sent.uri === uri && sent.diagnostics.length > 0)).toEqual([]);
});

const corefile = '.:53 {\n    errors\n    forward . 1.1.1.1\n}\n';

async function everything(editor: Editor, uri: string) {
  const at = { line: 1, character: 6 };
  const params = { textDocument: { uri }, position: at };
  const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const [hover, completion, symbols, actions] = await Promise.all([
    editor.client.sendRequest<Hover | null>('textDocument/hover', params),
    editor.client.sendRequest<object | null>('textDocument/completion', params),
    editor.client.sendRequest<object | null>('textDocument/documentSymbol', params),
    editor.client.sendRequest<object[]>('textDocument/codeAction', {
      ...params,
      range: whole,
      context: { diagnostics: [] },
    }),
  ]);
  return [hover !== null, completion !== null, symbols !== null, actions.length > 0];
}

describe.each(everyKind.filter(([, { manners }]) => manners === 'polite'))('%s', (_, { capabilities }) => {
  test.each([
    ['in a folder', false],
    ['without one', true],
  ])('that is off hears nothing at all %s, and all again when it is on', async (_, isFolderless) => {
    const off = { enable: false };
    const settings = { isFolderless, settings: off, initializationOptions: off };
    const editor = await open(capabilities, { 'one.yaml': faulty }, settings);
    await new Promise(resolve => setTimeout(resolve, 400));
    await editor.type('Corefile', corefile, 1);
    await editor.type('one.yaml', faulty, 1);
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(await everything(editor, editor.uri('Corefile'))).toEqual([false, false, false, false]);
    expect(await everything(editor, editor.uri('one.yaml'))).toEqual([false, false, false, false]);
    const textDocument = { uri: 'untitled:Corefile', languageId: 'corefile', version: 1, text: corefile };
    await editor.client.sendNotification('textDocument/didOpen', { textDocument });
    expect(await everything(editor, textDocument.uri)).toEqual([false, false, false, false]);
    expect([editor.sent, editor.statuses, editor.requests.filter(name => name.startsWith('window'))]).toEqual([
      [],
      [],
      [],
    ]);
    const turn = async (enable: boolean) => {
      if (capabilities.workspace?.configuration) await editor.configure({ enable });
      else await push(editor, { enable });
    };
    await turn(true);
    await until(() => editor.messages('one.yaml').length === 1 && editor.statuses.at(-1)?.state === 'ready');
    expect(await everything(editor, editor.uri('Corefile'))).toEqual([true, true, true, false]);
    expect((await everything(editor, editor.uri('one.yaml')))[3]).toBe(true);
    await turn(false);
    await until(() => editor.messages('one.yaml').length === 0 && editor.statuses.at(-1)?.text === 'Off');
  });
});
