import { expect, test } from 'vitest';
import type { CodeAction, Hover } from 'vscode-languageserver/node';
import { type AnyRule, defineRule, type Fix } from '../server/src/lint/rule';
import { open, profiles, until, write } from './editor';

// What an editor is spared: each message that it need not have, and each order that it can't undo.

const vscode = profiles['VS Code'] ?? {};
const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';

test('a file is told of only when its findings changed, with the version of its text', async () => {
  const editor = await open(vscode, { 'one.yaml': faulty, 'two.yaml': faulty });
  await until(() => editor.told.size === 2);
  await editor.type('one.yaml', faulty, 1);
  await editor.type('one.yaml', faulty.replace('yes', 'no '), 2);
  await until(() => editor.sent.filter(({ uri }) => uri === editor.uri('one.yaml')).length === 2);
  const last = editor.sent.filter(({ uri }) => uri === editor.uri('one.yaml')).at(-1);
  expect(last?.version).toBe(2);
  expect(editor.sent.filter(({ uri }) => uri === editor.uri('two.yaml'))).toHaveLength(1);
});

/** A rule that says its severity of each ConfigMap's `data.verbose`, with these fixes. */
function ruleThat(id: string, severity: AnyRule['severity'], titles: readonly string[]): AnyRule {
  return defineRule({
    id,
    title: 'A test',
    severity,
    per: 'resource',
    kinds: ['ConfigMap'],
    check: (map, report) => {
      const node = map.at('data', 'verbose');
      const fixes = titles.map((title): Fix => ({ title, safe: false, edit: edits => edits.set(node, title) }));
      report(node, { what: severity }, { fixes });
    },
  });
}

async function actionsOf(editor: Awaited<ReturnType<typeof open>>, name: string): Promise<CodeAction[]> {
  const position = { line: 5, character: 12 };
  return editor.client.sendRequest('textDocument/codeAction', {
    textDocument: { uri: editor.uri(name) },
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
}

test('fixes of the gravest finding come first, and what two findings offer is offered once', async () => {
  const rules = [
    ruleThat('test/a', 'info', ['For the info', 'For both']),
    ruleThat('test/b', 'error', ['For both', 'For the error']),
  ];
  const editor = await open(vscode, { 'one.yaml': faulty }, rules);
  await until(() => editor.messages('one.yaml').length === 2);
  expect((await actionsOf(editor, 'one.yaml')).map(({ title }) => title)).toEqual([
    'For both',
    'For the error',
    'For the info',
    'Ignore test/b here',
    'Ignore b in this file',
    'Turn off b in .kube-netlint.yaml',
    'Ignore test/a here',
    'Ignore a in this file',
    'Turn off a in .kube-netlint.yaml',
  ]);
});

test('a file is created before anything is written into it', async () => {
  const creating = defineRule({
    id: 'test/creating',
    title: 'A test',
    severity: 'error',
    per: 'resource',
    kinds: ['ConfigMap'],
    check: (map, report) => {
      const node = map.at('data', 'verbose');
      const edit: Fix['edit'] = edits => edits.set(node, 'x').createFile('more.yaml', [{ kind: 'ConfigMap' }]);
      report(node, { what: 'a test' }, { fixes: [{ title: 'Write more', safe: false, edit }] });
    },
  });
  const editor = await open(vscode, { 'one.yaml': faulty }, [creating]);
  await until(() => editor.messages('one.yaml').length === 1);
  const [action] = await actionsOf(editor, 'one.yaml');
  const steps = action?.edit?.documentChanges?.map(change =>
    'kind' in change ? `${change.kind}` : `write ${change.textDocument.uri.split('/').at(-1)}`,
  );
  expect(steps).toEqual(['create', 'write more.yaml', 'write one.yaml']);
});

test('twenty keystrokes in a row are judged once', async () => {
  let checks = 0;
  const counting = defineRule({
    id: 'test/counting',
    title: 'A test',
    severity: 'error',
    per: 'resource',
    kinds: ['ConfigMap'],
    check: (map, report) => {
      checks++;
      report(map.name, { what: map.name.text ?? '' });
    },
  });
  const editor = await open(vscode, {}, [counting]);
  for (let i = 1; i <= 20; i++) await editor.type('one.yaml', faulty.replace('settings', `name-${i}`), i);
  await until(() => editor.messages('one.yaml').join() === 'name-20');
  expect(checks).toBeLessThan(5);
});

test('so many changed files that it must be another branch are found by one walk', async () => {
  const names = Array.from({ length: 250 }, (_, i) => `${i}.yaml`);
  const editor = await open(vscode, Object.fromEntries(names.map(name => [name, faulty])));
  await until(() => editor.told.size === 250);
  write(editor.folder, 'unheard-of.yaml', faulty);
  const changes = names.map(name => ({ uri: editor.uri(name), type: 2 as const }));
  await editor.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await until(() => editor.messages('unheard-of.yaml').length === 1);
});

test('a request is answered while files are still being read', async () => {
  const names = Array.from({ length: 1500 }, (_, i) => `${i}.yaml`);
  const order: string[] = [];
  const editor = await open({}, Object.fromEntries(names.map(name => [name, faulty])));
  editor.client.onNotification('textDocument/publishDiagnostics', () => void order.push('findings'));
  editor.client.onNotification('kube-netlint/status', ({ state }: { state: string }) => {
    if (state !== 'scanning') return;
    const position = { line: 1, character: 1 };
    const asked = editor.client.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: editor.uri('0.yaml') },
      position,
    });
    void asked.then(() => order.push('hover'));
  });
  await until(() => order.includes('hover') && order.includes('findings'));
  expect(order[0]).toBe('hover');
});
