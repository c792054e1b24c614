import { expect, test } from 'vitest';
import { defineRule } from '../../server/src/lint/rule';
import { open, profiles, until } from '../editor';

const capabilities = profiles['VS Code'] ?? {};
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector: {}
  ingress:
`;

const emptyRule = defineRule({
  id: 'test/empty-rule',
  title: 'No rule is empty',
  severity: 'error',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  check(policy, report) {
    for (const rule of policy.at('spec', 'ingress').items()) if (rule.isEmpty) report(rule, { what: 'empty' });
    if (policy.name.string === 'odd') report(policy.name, { what: 'odd' });
  },
});

/** A file as it is typed: the text goes in at its end, key by key as an editor sends it. */
async function typist(text: string) {
  const editor = await open(capabilities, {}, { rules: [emptyRule] });
  await editor.type('policy.yaml', text, 1);
  let now = text;
  let version = 1;
  const insert = (at: number, added: string) => {
    const lines = now.slice(0, at).split('\n');
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    now = now.slice(0, at) + added + now.slice(at);
    return editor.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: editor.uri('policy.yaml'), version: ++version },
      contentChanges: [{ range: { start: position, end: position }, text: added }],
    });
  };
  const first = () => editor.messages('policy.yaml').map(message => message.split('\n')[0] ?? '');
  const versions = () => editor.sent.filter(({ uri }) => uri === editor.uri('policy.yaml')).map(sent => sent.version);
  return { editor, insert, first, versions, text: () => now, last: () => version };
}

test('a value that is empty where the cursor stands is not judged until the cursor leaves', async () => {
  const { editor, insert, first, versions, text, last } = await typist(policy);
  await insert(text().length, '    - ');
  await until(() => versions().includes(last()));
  await new Promise(resolve => setTimeout(resolve, 900));
  expect(first()).toEqual([]);
  await editor.actions('policy.yaml', 3, 8); // the light bulb of another line
  await until(() => first().includes('empty'));
});

test('saving means what is written', async () => {
  const { editor, insert, first, versions, text, last } = await typist(policy);
  await insert(text().length, '    - ');
  await until(() => versions().includes(last()));
  expect(first()).toEqual([]);
  await editor.save('policy.yaml');
  await until(() => first().includes('empty'));
});

test('a text that can not be read keeps its findings until a pause', async () => {
  const { editor, insert, first, text } = await typist(policy.replace('name: web', 'name: odd'));
  await until(() => first().length > 0);
  const before = first();
  const sent = editor.sent.length;
  await insert(text().indexOf('spec:'), 'a: "');
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(editor.sent.length).toBe(sent);
  expect(first()).toEqual(before);
  await until(() => !first().includes('odd') && first().length === 1);
});

test('what the cursor touches is not judged while keys are pressed', async () => {
  const { editor, insert, first, versions, text, last } = await typist(policy.replace('name: web', 'name: od'));
  await until(() => editor.told.has(editor.uri('policy.yaml')));
  await insert(text().indexOf('od') + 2, 'd');
  await until(() => versions().includes(last()));
  const early = editor.sent.find(({ uri, version }) => uri === editor.uri('policy.yaml') && version === last());
  expect(early?.diagnostics).toEqual([]);
  await until(() => first().includes('odd'));
});
