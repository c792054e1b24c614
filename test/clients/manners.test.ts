import { describe, expect, test, vi } from 'vitest';
import { ErrorCodes, type Hover } from 'vscode-languageserver/node';
import { defineRule } from '../../server/src/lint/rule';
import * as SourceFiles from '../../server/src/workspace/source-file';
import { connect, open, until } from '../editor';
import { everyKind, faulty, kinds } from './clients';

// No answer, and no lack of one, ends the server or keeps the findings from anybody.

describe.each(everyKind)('%s', (name, { capabilities, manners }) => {
  test('is told about closed, open and loose files, and gets fixes', async () => {
    const editor = await open(capabilities, { 'one.yaml': faulty, 'two.yaml': faulty }, { manners });
    await until(() => editor.messages('one.yaml').length === 1 && editor.messages('two.yaml').length === 1);
    await editor.type('one.yaml', faulty, 1);
    expect((await editor.actions('one.yaml', 5, 12)).map(({ title }) => title)).toContain('Put quotes around yes');
    const uri = 'untitled:Untitled-1';
    const textDocument = { uri, languageId: 'yaml', version: 1, text: faulty };
    await editor.client.sendNotification('textDocument/didOpen', { textDocument });
    await until(() => editor.told.get(uri)?.length === 1);
    await editor.type('one.yaml', faulty.replace('yes', '"yes"'), 2);
    await until(() => editor.messages('one.yaml').length === 0);
  });

  test('is asked only for what it said that it can', async () => {
    const registered: string[] = [];
    const editor = await open(capabilities, { 'one.yaml': faulty }, { manners });
    editor.client.onRequest('client/registerCapability', ({ registrations }) => {
      registered.push(...registrations.map(({ method }: { method: string }) => method));
      return null;
    });
    await until(() => editor.messages('one.yaml').length === 1);
    if (name === 'Eglot') expect(registered).toEqual(['workspace/didChangeWatchedFiles']);
    if (name === 'Neovim' || name === 'minimal') expect(registered).toEqual([]);
  });
});

test('a late answer with settings counts when it comes', async () => {
  const { capabilities } = kinds.Neovim;
  let answer = (_: unknown) => {};
  const editor = await open(capabilities, { 'one.yaml': faulty }, { manners: 'silent' });
  editor.client.onRequest(
    'workspace/configuration',
    () =>
      new Promise(resolve => {
        answer = resolve;
      }),
  );
  await editor.configure({});
  await until(() => editor.messages('one.yaml').length === 1);
  answer([{ rules: { api: 'off' } }]);
  await until(() => editor.messages('one.yaml').length === 0);
});

test('a rule that throws, and a request that makes no sense, are told of and end nothing', async () => {
  const throwing = defineRule({
    id: 'test/throwing',
    title: 'A test',
    severity: 'error',
    per: 'resource',
    kinds: ['ConfigMap'],
    check: (map, report) => {
      const node = map.at('data', 'verbose');
      const edit = () => {
        throw new Error('no edit');
      };
      report(node, { what: 'found' }, { fixes: [{ title: 'Fails', safe: true, edit }] });
    },
  });
  const editor = await open({}, { 'one.yaml': faulty }, { rules: [throwing] });
  const logged: string[] = [];
  editor.client.onNotification('window/logMessage', ({ message }) => void logged.push(message));
  await until(() => editor.messages('one.yaml').length === 1);
  await expect(editor.actions('one.yaml', 5, 12)).rejects.toThrow('no edit');
  await expect(editor.client.sendRequest('textDocument/hover', {})).rejects.toThrow();
  await editor.client.sendNotification('textDocument/didOpen', {});
  await editor.client.sendNotification('workspace/didChangeWatchedFiles', {});
  await editor.client.sendNotification('workspace/didChangeConfiguration', {});
  await editor.type('one.yaml', faulty.replace('settings', 'other'), 1);
  await until(() => editor.sent.at(-1)?.version === 1);
  expect(logged.length).toBeGreaterThan(0);
});

test('a file that the reader fails on is left out, open or closed, and nothing else with it', async () => {
  const good = SourceFiles.readSource;
  vi.spyOn(SourceFiles, 'readSource').mockImplementation((file, text, old) => {
    if (file.startsWith('bad')) throw new RangeError('too deep');
    return good(file, text, old);
  });
  const editor = await open({}, { 'one.yaml': faulty, 'bad.yaml': faulty });
  await until(() => editor.messages('one.yaml').length === 1);
  await editor.type('bad.yaml', faulty, 1);
  await editor.type('one.yaml', faulty.replace('yes', 'off'), 1);
  await until(() => editor.messages('one.yaml')[0]?.includes('off') === true);
  await until(() => editor.statuses.at(-1)?.notAnalysed?.[0]?.reason.includes('too deep') === true);
  vi.restoreAllMocks();
});

test('requests before initialize and after shutdown are refused, each in its own way', async () => {
  const { client, told } = connect([]);
  const params = { textDocument: { uri: 'file:///a.yaml' }, position: { line: 0, character: 0 } };
  const hover = () => client.sendRequest<Hover | null>('textDocument/hover', params);
  const codeOf = (request: Promise<unknown>) =>
    request.then(
      () => 0,
      ({ code }: { code: number }) => code,
    );
  expect(await codeOf(hover())).toBe(ErrorCodes.ServerNotInitialized);
  expect(await codeOf(client.sendRequest('shutdown'))).toBe(ErrorCodes.ServerNotInitialized);
  const textDocument = { uri: 'file:///a.yaml', languageId: 'yaml', version: 1, text: faulty };
  await client.sendNotification('textDocument/didOpen', { textDocument });
  const start = { processId: null, rootUri: null, capabilities: {}, workspaceFolders: null };
  await client.sendRequest('initialize', start);
  expect(await hover()).toBeNull();
  expect(await codeOf(client.sendRequest('initialize', start))).toBe(ErrorCodes.InvalidRequest);
  expect(await codeOf(client.sendRequest('no/such'))).toBe(ErrorCodes.MethodNotFound);
  await client.sendRequest('shutdown');
  expect(await codeOf(hover())).toBe(ErrorCodes.InvalidRequest);
  expect(await codeOf(client.sendRequest('shutdown'))).toBe(ErrorCodes.InvalidRequest);
  expect(told.size).toBe(0);
  client.dispose();
});
