import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeAction, CompletionList, DocumentSymbol, Hover, SymbolInformation } from 'vscode-languageserver/node';
import { open, profiles, until, write } from './editor';

const manifest = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  verbose: yes
`;

describe.each(Object.entries(profiles))('%s', (_, capabilities) => {
  test('is told about open and closed files, and about the text it shows rather than the disk', async () => {
    const editor = await open(capabilities, { 'a/closed.yaml': manifest, 'open.yaml': manifest });
    await until(() => editor.messages('a/closed.yaml').length === 1 && editor.messages('open.yaml').length === 1);
    await editor.type('open.yaml', manifest, 1);
    await editor.type('open.yaml', manifest.replace('yes', '"yes"'), 2);
    await until(() => editor.messages('open.yaml').length === 0);
    expect(editor.messages('a/closed.yaml')).toHaveLength(1);
  });

  test('gets fixes that its kind of edit can carry', async () => {
    const editor = await open(capabilities, {});
    await editor.type('open.yaml', manifest, 1);
    await until(() => editor.messages('open.yaml').length === 1);
    const position = { line: 5, character: 12 };
    const range = { start: position, end: position };
    const actions: CodeAction[] = await editor.client.sendRequest('textDocument/codeAction', {
      textDocument: { uri: editor.uri('open.yaml') },
      range,
      context: { diagnostics: [] },
    });
    expect(actions.map(({ title }) => title)).toEqual([
      'Put quotes around yes',
      'Ignore api/wrong-type here',
      'Ignore wrong-type in this file',
      ...(capabilities.workspace?.workspaceEdit?.resourceOperations?.includes('create')
        ? ['Turn off wrong-type in .kube-netlint.yaml']
        : []),
    ]);
    expect(actions[0]?.isPreferred).toBe(true);
    const edit = actions[0]?.edit;
    const asChanges = capabilities.workspace?.workspaceEdit?.documentChanges !== true;
    expect(edit?.changes !== undefined).toBe(asChanges);
    expect(JSON.stringify(edit)).toContain(JSON.stringify('"yes"'));
    if (!asChanges) expect(JSON.stringify(edit)).toContain('"version":1');
  });

  test('follows files that come, change and go', async () => {
    const editor = await open(capabilities, { 'one.yaml': manifest });
    await until(() => editor.messages('one.yaml').length === 1);
    write(editor.folder, 'two.yaml', manifest);
    await editor.changed('two.yaml', 1);
    await until(() => editor.messages('two.yaml').length === 1);
    fs.rmSync(path.join(editor.folder, 'one.yaml'));
    await editor.changed('one.yaml', 3);
    await until(() => editor.messages('one.yaml').length === 0);
    expect(editor.messages('two.yaml')).toHaveLength(1);
  });

  test('sends no request that it did not ask for', async () => {
    const editor = await open(capabilities, { 'one.yaml': manifest });
    await until(() => editor.messages('one.yaml').length === 1);
    if (Object.keys(capabilities).length === 0) expect(editor.requests).toEqual([]);
    else expect(editor.requests).toContain('client/registerCapability');
  });

  test('reports faults of the config file in it, and follows it', async () => {
    const editor = await open(capabilities, { '.kube-netlint.yaml': 'rules:\n  api: hint\n', 'one.yaml': manifest });
    const severity = () => editor.told.get(editor.uri('one.yaml'))?.[0]?.severity;
    await until(() => severity() === 4);
    await editor.type('.kube-netlint.yaml', 'rules:\n  api: loud\n', 1);
    await until(() => editor.messages('.kube-netlint.yaml').length === 1);
    expect(severity()).toBe(4);
    await editor.type('.kube-netlint.yaml', 'rules:\n  api: off\n', 2);
    await until(() => editor.messages('one.yaml').length === 0);
    expect(editor.messages('.kube-netlint.yaml')).toEqual([]);
  });
});

test('settings change severities', async () => {
  const editor = await open(profiles['VS Code'] ?? {}, { 'one.yaml': manifest });
  await until(() => editor.messages('one.yaml').length === 1);
  await editor.configure({ rules: { 'api/wrong-type': 'off' } });
  await until(() => editor.messages('one.yaml').length === 0);
});

test('a file outside of every folder is linted alone, and forgotten when it is closed', async () => {
  const editor = await open(profiles['VS Code'] ?? {}, {});
  const uri = 'untitled:Untitled-1';
  await editor.client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text: manifest },
  });
  await until(() => editor.told.get(uri)?.length === 1);
  await editor.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await until(() => editor.told.get(uri)?.length === 0);
});

const corefile = '.:53 {\n    errors\n    forward . 1.1.1.1 {\n        max_con\n    }\n}\n';
const indented = corefile.replace(/^(?=.)/gm, '    ');

/** What an editor asks for at a place of an open file. */
async function ask(editor: Awaited<ReturnType<typeof open>>, uri: string, line: number, character: number) {
  const params = { textDocument: { uri }, position: { line, character } };
  const completion: CompletionList | null = await editor.client.sendRequest('textDocument/completion', params);
  const hover: Hover | null = await editor.client.sendRequest('textDocument/hover', params);
  const symbols: (DocumentSymbol | SymbolInformation)[] | null = await editor.client.sendRequest(
    'textDocument/documentSymbol',
    { textDocument: { uri } },
  );
  return { completion, hover, symbols };
}

describe.each(Object.entries(profiles))('Corefiles in %s', (_, capabilities) => {
  test('are completed, explained and outlined', async () => {
    const editor = await open(capabilities, { Corefile: '' });
    await editor.type('Corefile', corefile, 1);
    const { completion, symbols } = await ask(editor, editor.uri('Corefile'), 3, 15);
    const range = { start: { line: 3, character: 8 }, end: { line: 3, character: 15 } };
    const item = completion?.items.find(({ label }) => label === 'max_concurrent');
    expect(item).toMatchObject({ detail: 'max_concurrent COUNT', textEdit: { range, newText: 'max_concurrent' } });
    expect(completion?.items.map(({ sortText }) => sortText)).toEqual(
      completion?.items.map(({ sortText }) => sortText).sort(),
    );
    const isTree = capabilities.textDocument?.documentSymbol !== undefined;
    expect(symbols?.map(({ name }) => name)).toEqual(isTree ? ['.:53'] : ['.:53', 'errors', 'forward']);
    if (isTree)
      expect(symbols?.[0]).toMatchObject({ children: [{ name: 'errors' }, { name: 'forward', detail: '. 1.1.1.1' }] });
    const { hover } = await ask(editor, editor.uri('Corefile'), 1, 6);
    expect(JSON.stringify(hover)).toContain('Writes errors');
  });

  test('are known in YAML, which has an outline of its objects', async () => {
    const editor = await open(capabilities, {});
    const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\ndata:\n  Corefile: |\n';
    await editor.type('dns.yaml', head + indented, 1);
    const { completion, symbols } = await ask(editor, editor.uri('dns.yaml'), 9, 19);
    const range = { start: { line: 9, character: 12 }, end: { line: 9, character: 19 } };
    const item = completion?.items.find(({ label }) => label === 'max_concurrent');
    expect(item?.textEdit).toEqual({ range, newText: 'max_concurrent' });
    expect(symbols?.[0]?.name).toBe('ConfigMap coredns');
    const { hover } = await ask(editor, editor.uri('dns.yaml'), 8, 10);
    expect(hover?.range).toEqual({ start: { line: 8, character: 8 }, end: { line: 8, character: 15 } });
    const outside = await ask(editor, editor.uri('dns.yaml'), 3, 8);
    expect(outside.completion).toBeNull();
  });
});

test('deprecated options are tagged for editors that strike them through', async () => {
  for (const [name, capabilities] of Object.entries(profiles)) {
    const editor = await open(capabilities, {});
    await editor.type('Corefile', '. {\n  route53 example.org.:Z1 {\n    \n  }\n}\n', 1);
    const { completion } = await ask(editor, editor.uri('Corefile'), 2, 4);
    const item = completion?.items.find(({ label }) => label === 'aws_access_key');
    expect(item, name).toBeDefined();
    expect(item?.tags, name).toEqual(name === 'VS Code' ? [1] : undefined);
  }
});

test.each([
  ['untitled:Untitled-1', 'corefile'],
  ['file:///elsewhere/Corefile', 'plaintext'],
])('%s outside of every folder is a Corefile', async (uri, languageId) => {
  const editor = await open(profiles['VS Code'] ?? {}, {});
  await editor.client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text: corefile },
  });
  const { completion, symbols } = await ask(editor, uri, 3, 15);
  expect(completion?.items.length).toBeGreaterThan(5);
  expect(symbols).toHaveLength(1);
});
