import { describe, expect, test } from 'vitest';
import type { ReachAnswer } from '../../server/src/lsp/reaching';
import { commandLine } from '../command-line';
import { open, until } from '../editor';
import { kinds } from './clients';

const { 'VS Code': vscode, Neovim: neovim, minimal } = kinds;

const workload = (name: string, env = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: i${env}}]}
`;
const service = `apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
`;
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from:
        - podSelector: {matchLabels: {app: web}}
      ports: [{port: 8080}]
    - from: [{ipBlock: {cidr: 192.0.2.0/24}}]
`;
const calls = ', env: [{name: CART_URL, value: "http://cart"}]';
const files = {
  'shop/apps.yaml': [workload('cart'), workload('web', calls), workload('batch', calls)].join('---\n'),
  'shop/service.yaml': service,
  'shop/policy.yaml': policy,
};

async function opened(capabilities = vscode.capabilities) {
  const editor = await open(capabilities, files, { rules: [] });
  for (const [name, text] of Object.entries(files)) await editor.type(name, text, 1);
  await until(() => editor.statuses.some(({ state }) => state === 'ready'));
  const reach = (name: string, line: number): Promise<ReachAnswer | null> =>
    editor.client.sendRequest('kubeNetlint/reach', {
      textDocument: { uri: editor.uri(name) },
      position: { line, character: 0 },
    });
  const command = (given: readonly unknown[], name = 'kube-netlint.reach'): Promise<string> =>
    editor.client.sendRequest('workspace/executeCommand', { command: name, arguments: given });
  return { editor, reach, command };
}

/** What a view shows of an answer, as lines. */
const linesOf = (answer: ReachAnswer | null) =>
  answer?.ends.map(({ groups }) =>
    groups.map(({ heading, rows }) => `${heading}\n${rows.map(({ text }) => `  ${text}\n`).join('')}`).join(''),
  );

const { write, run } = commandLine();

test('is the same text as that of the command line', async () => {
  for (const [name, text] of Object.entries(files)) write(name, text);
  const [to, from] = await Promise.all(
    ['--to', '--from'].map(option => run('.', 'connectivity', 'shop', option, 'cart')),
  );
  const expected = `${to?.stdout}${from?.stdout}`;
  expect(expected).toContain(
    "  shop/web[Deployment] : TCP 8080, called, by NetworkPolicy 'cart' (shop/policy.yaml:7)\n",
  );
  expect(expected).toContain('Called, but not allowed:\n  shop/batch[Deployment] : TCP 8080, by');
  expect(expected).toContain('From outside:\n  192.0.2.0-192.0.2.255[External]');
  const { editor, reach, command } = await opened();
  for (const [name, line] of [
    ['shop/apps.yaml', 3],
    ['shop/service.yaml', 2],
    ['shop/policy.yaml', 7],
  ] as const) {
    expect(linesOf(await reach(name, line)), name).toEqual([expected]);
    expect(await command([editor.uri(name), { line, character: 0 }]), name).toBe(expected);
  }
}, 30_000);

test('each row leads to what decides, and to who is meant', async () => {
  const { editor, reach } = await opened();
  const [end] = (await reach('shop/service.yaml', 0))?.ends ?? [];
  expect(end).toMatchObject({ name: 'shop/cart[Deployment]', location: { uri: editor.uri('shop/apps.yaml') } });
  const [allowed, denied] = end?.groups ?? [];
  expect(allowed?.rows[0]).toMatchObject({
    name: 'shop/web[Deployment]',
    connections: 'TCP 8080, called',
    location: { uri: editor.uri('shop/apps.yaml'), range: { start: { line: 14, character: 8 } } },
    decided: [{ location: { uri: editor.uri('shop/policy.yaml'), range: { start: { line: 6, character: 6 } } } }],
  });
  expect(denied).toMatchObject({ kind: 'denied', rows: [{ name: 'shop/batch[Deployment]' }] });
  expect(end?.groups.map(({ kind }) => kind)).toEqual(['allowed', 'denied', 'outside', 'allowed', 'outside']);
});

describe.each([
  ['VS Code', vscode],
  ['Neovim', neovim],
  ['the least', minimal],
])('in %s', (_, { capabilities }) => {
  test('what is typed counts, and where it can not be read nothing is said', async () => {
    const { editor, reach } = await opened(capabilities);
    await editor.type('shop/policy.yaml', policy.replace('app: web', 'app: batch'), 2);
    expect((await reach('shop/policy.yaml', 0))?.ends[0]?.groups[0]?.rows[0]?.name).toBe('shop/batch[Deployment]');
    await editor.type('shop/policy.yaml', policy.replace('{app: web}}', '{app: '), 3);
    expect(await reach('shop/policy.yaml', 0)).toBeNull();
  });

  test('text is answered to whoever runs the command', async () => {
    const { editor, command } = await opened(capabilities);
    expect(editor.initialized.capabilities.executeCommandProvider?.commands).toContain('kube-netlint.reach');
    expect(await command([editor.uri('shop/apps.yaml'), { line: 3, character: 9 }])).toContain('May reach shop/cart');
  });
});

test('of what has no pods it is said that it has none', async () => {
  const { editor, reach, command } = await opened();
  const put = 'Put the cursor into a workload, a Service or a policy to see who can reach it.';
  await editor.type('other.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n', 1);
  expect(await reach('other.yaml', 1)).toEqual({ message: put, ends: [], more: 0 });
  await editor.type('empty.yaml', '', 1);
  expect((await reach('empty.yaml', 0))?.message).toBe(put);
  expect((await reach('nowhere.yaml', 7))?.message).toBe(put);
  await editor.type('shop/service.yaml', service.replace('app: cart', 'app: none'), 2);
  expect((await reach('shop/service.yaml', 0))?.message).toBe('It means no pods of these manifests.');
  for (const given of [[], [1, 2], [editor.uri('other.yaml')], [editor.uri('other.yaml'), { line: 'x' }]]) {
    await expect(command(given)).rejects.toThrow("was given what it can't read");
  }
  expect(await command([], 'kubeNetlint.other')).toEqual({ sentence: "There is no command 'kubeNetlint.other'." });
});

test('names that are hostile are shown as they are', async () => {
  const { editor, reach } = await opened();
  const nasty = workload('cart').replace('name: cart', 'name: "a\\u202e\\n![x](http://e)"');
  await editor.type('shop/apps.yaml', nasty, 2);
  expect((await reach('shop/apps.yaml', 0))?.ends[0]?.name).toBe('shop/a\\u202e\\n![x](http://e)[Deployment]');
});

test('of many pods the first are shown, and how many more there are', async () => {
  const { editor, reach, command } = await opened();
  const many = Array.from({ length: 20 }, (_, i) => workload(`w${i}`, calls)).join('---\n');
  await editor.type('shop/apps.yaml', many, 2);
  await editor.type('shop/policy.yaml', policy.replace('{matchLabels: {app: cart}}', '{}'), 2);
  const answer = await reach('shop/policy.yaml', 0);
  expect(answer?.ends).toHaveLength(12);
  expect(answer?.more).toBe(8);
  expect(await command([editor.uri('shop/policy.yaml'), { line: 0, character: 0 }])).toMatch(/\n… and 8 more\.\n$/);
});
