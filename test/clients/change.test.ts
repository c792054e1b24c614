import { expect, test } from 'vitest';
import type { DifferenceAnswer } from '../../server/src/lsp/differing';
import { commandLine } from '../command-line';
import { open, until } from '../editor';
import { everyKind } from './clients';

const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: c, image: i}]}
`;
const policy = (from: string, port: number) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress: [{from: [{podSelector: {matchLabels: {app: ${from}}}}], ports: [{port: ${port}}]}]
`;
const apps = ['cart', 'web', 'batch'].map(pod).join('---\n');
const was = { 'shop/apps.yaml': apps, 'shop/policy.yaml': policy('web', 8080) };
const is = { 'shop/apps.yaml': apps, 'shop/policy.yaml': `# Mine.\n---\n${policy('batch', 8080)}` };

async function opened(capabilities = everyKind[0]?.[1].capabilities ?? {}, files: Record<string, string> = is) {
  const editor = await open(capabilities, files, { rules: [] });
  for (const [name, text] of Object.entries(files)) await editor.type(name, text, 1);
  await until(() => editor.statuses.some(({ state }) => state === 'ready'));
  const before = (texts: Record<string, string | null>) =>
    Object.entries(texts).map(([name, text]) => ({ uri: editor.uri(name), text }));
  const ask = (name: string, texts: Record<string, string | null>): Promise<DifferenceAnswer | null> =>
    editor.client.sendRequest('kubeNetlint/difference', {
      textDocument: { uri: editor.uri(name) },
      before: before(texts),
    });
  const run = (given: readonly unknown[]): Promise<string> =>
    editor.client.sendRequest('workspace/executeCommand', { command: 'kube-netlint.difference', arguments: given });
  return { editor, ask, run, before };
}

const { write, run: cli } = commandLine();

test('says what the command line says of the two folders', async () => {
  for (const [name, text] of Object.entries(was)) write(`was/${name}`, text);
  for (const [name, text] of Object.entries(is)) write(`is/${name}`, text);
  const [txt, md] = await Promise.all([
    cli('.', 'connectivity', 'diff', 'was', 'is'),
    cli('.', 'connectivity', 'diff', 'was', 'is', '--format', 'md'),
  ]);
  expect(txt.stdout).toContain('- shop/web[Pod] => shop/cart[Pod] : TCP 8080\n');
  expect(txt.stdout).toContain('+ shop/batch[Pod] => shop/cart[Pod] : TCP 8080\n');
  const { ask } = await opened();
  const answer = await ask('shop/policy.yaml', was);
  expect(answer?.text).toBe(txt.stdout);
  expect(answer?.markdown).toBe(
    md.stdout?.replace('### Network connectivity', '# What the changes since the last commit open and close'),
  );
  expect(answer?.summary).toBe('1 connection opened and 1 connection closed.');
}, 30_000);

test.each(everyKind.filter(([, { manners }]) => manners === 'polite'))(
  '%s gets it as text',
  async (_, { capabilities }) => {
    const { editor, run, before } = await opened(capabilities);
    const given = [editor.uri('shop/policy.yaml'), { before: before(was) }];
    expect(await run(given)).toContain('1 connection opened and 1 connection closed.\n');
    await expect(run([given[0], { before: [{ uri: 1 }] }])).rejects.toThrow("can't read");
    await expect(run([given[0], {}])).rejects.toThrow("can't read");
  },
);

test('policies that stand otherwise are named, others not', async () => {
  const { ask } = await opened();
  expect((await ask('shop/policy.yaml', was))?.policies).toEqual([{ line: 2, character: 0 }]);
  expect((await ask('shop/policy.yaml', { 'shop/policy.yaml': null }))?.policies).toHaveLength(1);
  expect((await ask('shop/policy.yaml', { 'shop/policy.yaml': policy('batch', 8080) }))?.policies).toEqual([]);
  expect((await ask('shop/apps.yaml', was))?.policies).toEqual([]);
});

test('what is the same, or of another folder, changes nothing', async () => {
  const { ask } = await opened();
  const nothing = { summary: 'No connection changes.', text: 'No connection changes.\n', policies: [] };
  expect(await ask('shop/policy.yaml', {})).toMatchObject(nothing);
  expect(await ask('shop/policy.yaml', { 'shop/policy.yaml': policy('batch', 8080) })).toMatchObject(nothing);
  expect(await ask('shop/policy.yaml', { '../other/policy.yaml': policy('web', 1) })).toMatchObject(nothing);
});

test('files that came and went count', async () => {
  const { ask } = await opened();
  const gone = await ask('shop/policy.yaml', { 'shop/policy.yaml': null, 'shop/more.yaml': pod('gone') });
  expect(gone?.text).toContain('Only before:\n- shop/gone[Pod]\n');
  expect(gone?.text).toContain('- shop/web[Pod] => shop/cart[Pod] : All Connections\n');
  const moved = await ask('shop/policy.yaml', { 'shop/policy.yaml': null, 'old/policy.yaml': policy('web', 8080) });
  expect(moved?.text).toContain('+ shop/batch[Pod] => shop/cart[Pod] : TCP 8080\n');
});

test('alternatives are told apart where they differ, and once where not', async () => {
  const overlay = (name: string, more = '') => ({ [`${name}/kustomization.yaml`]: `resources: [../shop]\n${more}` });
  const base = { ...is, 'shop/kustomization.yaml': 'resources: [apps.yaml, policy.yaml]\n' };
  const patch =
    "patches: [{target: {kind: Pod, name: web}, patch: '[{op: replace, path: /metadata/labels/app, value: w}]'}]\n";
  const alike = await opened(undefined, { ...base, ...overlay('dev'), ...overlay('prod') });
  const once = await alike.ask('shop/policy.yaml', was);
  expect(once?.summary).toBe('1 connection opened and 1 connection closed.');
  expect(once?.markdown).not.toContain('##');
  const apart = await opened(undefined, { ...base, ...overlay('dev'), ...overlay('prod', patch) });
  const twice = await apart.ask('shop/policy.yaml', was);
  expect(twice?.summary).toBe('Connections change in 2 clusters.');
  expect(twice?.markdown).toMatch(/## In `dev`\n.*## In `prod`\n/s);
  expect(twice?.text).toContain('In prod:\n1 connection opened.\n');
});

test('what several clusters see alike is told once', async () => {
  const patch =
    "patches: [{target: {kind: Pod}, patch: '[{op: replace, path: /metadata/labels/app, value: other}]'}]\n";
  const { ask } = await opened(undefined, {
    ...is,
    'chat/kustomization.yaml': 'resources: [pod.yaml]\n',
    'chat/pod.yaml': pod('chat'),
    'dev/kustomization.yaml': 'resources: [../chat]\n',
    'prod/kustomization.yaml': `resources: [../chat]\n${patch}`,
  });
  const answer = await ask('shop/policy.yaml', was);
  expect(answer?.summary).toBe('1 connection opened and 1 connection closed.');
  expect(answer?.markdown).not.toContain('##');
});

test('half a text before or now is no reason to fail', async () => {
  const { editor, ask } = await opened();
  expect(await ask('shop/policy.yaml', { 'shop/policy.yaml': '{{ x }}\n\0[' })).toHaveProperty('summary');
  await editor.type('shop/policy.yaml', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPol', 2);
  expect(await ask('shop/policy.yaml', was)).toHaveProperty('summary');
  expect(await ask('nowhere.yaml', was)).toBeNull();
});
