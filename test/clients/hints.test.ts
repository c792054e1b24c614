import { describe, expect, test } from 'vitest';
import type { ClientCapabilities, CodeLens, InlayHint, InlayHintLabelPart } from 'vscode-languageserver/node';
import { hasCommands } from '../../server/src/host/far-files';
import { open, until, write } from '../editor';
import { kinds } from './clients';

const { 'VS Code': vscode, Neovim: neovim, minimal } = kinds;

const withHints: ClientCapabilities = {
  ...vscode.capabilities,
  workspace: {
    ...vscode.capabilities.workspace,
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    ...vscode.capabilities.textDocument,
    inlayHint: { resolveSupport: { properties: ['tooltip', 'label.location', 'label.command'] } },
  },
};

const cart = `apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: c, image: i}]}
`;
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
`;
const files = { 'cart.yaml': cart, 'policy.yaml': policy };

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

async function opened(capabilities: ClientCapabilities, settings: unknown = {}, initializationOptions: unknown = {}) {
  const editor = await open(capabilities, files, { settings, initializationOptions, rules: [] });
  await editor.type('policy.yaml', policy, 1);
  await until(() => editor.statuses.some(({ state }) => state === 'ready'));
  const textDocument = { uri: editor.uri('policy.yaml') };
  const hints = (range = whole): Promise<InlayHint[]> =>
    editor.client.sendRequest('textDocument/inlayHint', { textDocument, range });
  const lenses = async (): Promise<CodeLens[]> => {
    const all: CodeLens[] = await editor.client.sendRequest('textDocument/codeLens', { textDocument });
    return Promise.all(all.map(lens => editor.client.sendRequest<CodeLens>('codeLens/resolve', lens)));
  };
  return { editor, hints, lenses };
}

const textOf = ({ label }: InlayHint) =>
  typeof label === 'string' ? label : label.map(({ value }: InlayHintLabelPart) => value).join('');

const profiles: [string, ClientCapabilities][] = [
  ['VS Code', withHints],
  ['Neovim', neovim.capabilities],
  ['the least', minimal.capabilities],
];

describe.each(profiles)('hints in %s', (_, capabilities) => {
  test('stand where they should, for the part that is seen', async () => {
    const { hints } = await opened(capabilities);
    expect((await hints()).map(hint => [hint.position, textOf(hint)])).toEqual([
      [{ line: 2, character: 36 }, 'isolates 1, lets in nobody'],
      [{ line: 4, character: 41 }, '⟵ pods of cart'],
    ]);
    const line = { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } };
    expect((await hints(line)).map(textOf)).toEqual(['⟵ pods of cart']);
  });

  test('lead to what they name, where the editor can follow', async () => {
    const { editor, hints } = await opened(capabilities);
    const selector = (await hints())[1];
    if (capabilities !== withHints) return expect(typeof selector?.label).toBe('string');
    expect(selector?.label).toEqual([
      { value: '⟵ pods of ' },
      {
        value: 'cart',
        location: {
          uri: editor.uri('cart.yaml'),
          range: { start: { line: 2, character: 17 }, end: { line: 2, character: 21 } },
        },
      },
    ]);
  });

  test('are none where they are switched off, or the server is', async () => {
    const settings = { inlayHints: { enable: false } };
    const off = await opened(capabilities, settings, settings);
    expect(await off.hints()).toEqual([]);
  });

  test('lenses are there for those who ask for them, and then hints say nothing twice', async () => {
    const none = await opened(capabilities);
    expect(await none.lenses()).toEqual([]);
    const settings = { codeLens: { enable: true } };
    const { editor, hints, lenses } = await opened(capabilities, settings, settings);
    expect(await lenses()).toMatchObject([
      {
        range: { start: { line: 0, character: 0 } },
        command: {
          title: 'Isolates 1, lets in nobody',
          arguments: [editor.uri('policy.yaml'), { line: 0, character: 0 }],
        },
      },
    ]);
    expect((await hints()).map(textOf)).toEqual(['⟵ pods of cart']);
  });

  test('are asked for again when another file changes, if that is understood', async () => {
    const { editor, hints } = await opened(capabilities);
    const before = editor.requests.filter(method => method === 'workspace/inlayHint/refresh').length;
    expect(before > 0).toBe(capabilities === withHints);
    write(editor.folder, 'web.yaml', cart.replace('name: cart', 'name: web'));
    await editor.changed('web.yaml', 1);
    await expect.poll(async () => (await hints()).map(textOf).at(-1)).toBe('⟵ pods of cart, web');
    if (capabilities !== withHints) return expect(editor.requests).not.toContain('workspace/inlayHint/refresh');
    await until(() => editor.requests.filter(method => method === 'workspace/inlayHint/refresh').length > before);
    expect(editor.requests).not.toContain('workspace/codeLens/refresh');
  });
});

test('whoever has our commands gets to the view by a click', async () => {
  const { editor, hints } = await opened(withHints, {}, { [hasCommands]: true });
  expect((await hints())[0]?.label).toMatchObject([
    {
      value: 'isolates 1, lets in nobody',
      command: {
        command: 'kubeNetlint.showReach',
        arguments: [editor.uri('policy.yaml'), { line: 2, character: 36 }],
      },
    },
  ]);
});

test('nothing stands in a text that is no YAML, in a file that is none of ours, or before all is read', async () => {
  const { editor, hints } = await opened(withHints);
  await editor.type('policy.yaml', policy.replace('{matchLabels: {app: cart}}', '{matchLabels: {app'), 2);
  expect(await hints()).toEqual([]);
  await editor.type('policy.yaml', policy, 3);
  expect(await hints()).toHaveLength(2);
  for (const uri of ['file:///nowhere/else.yaml', 'untitled:x', 'no uri']) {
    const asked = { textDocument: { uri }, range: whole };
    expect(await editor.client.sendRequest('textDocument/inlayHint', asked)).toEqual([]);
    expect(await editor.client.sendRequest('textDocument/codeLens', asked)).toEqual([]);
  }
});
