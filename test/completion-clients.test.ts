import { expect, test } from 'vitest';
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type Hover,
  InsertTextMode,
} from 'vscode-languageserver/node';
import { hasSchemas } from '../server/src/host/far-files';
import { type Editor, open, until } from './editor';

/** What editors say of completions: all of it, snippets that they indent themselves, and nothing. */
const editors = {
  'VS Code': {
    textDocument: {
      completion: {
        completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [InsertTextMode.asIs] } },
      },
    },
  },
  Neovim: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  'one that can do the least': {},
} satisfies Record<string, ClientCapabilities>;

/** The text with a `|` for the cursor, typed into a file, and what is offered there. */
async function complete(
  editor: Editor,
  name: string,
  marked: string,
  uri = editor.uri(name),
): Promise<CompletionItem[]> {
  const lines = marked.slice(0, marked.indexOf('|')).split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const textDocument = { uri, version: 1, languageId: 'yaml', text: marked.replace('|', '') };
  await editor.client.sendNotification('textDocument/didOpen', { textDocument });
  const list: CompletionList | null = await editor.client.sendRequest('textDocument/completion', {
    textDocument: { uri },
    position,
  });
  return list?.items ?? [];
}

const ready = (editor: Editor) => until(() => editor.statuses.some(({ state }) => state === 'ready'));
const policy = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec:\n  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n    - |\n`;
const textOf = ({ textEdit }: CompletionItem = { label: '' }) => textEdit?.newText;

test.each([
  ['VS Code', { insertTextFormat: 2, insertTextMode: 1 }, '\n        - protocol: ${2|TCP,UDP|}\n'],
  ['Neovim', { insertTextFormat: 2 }, '\n    - protocol: ${2|TCP,UDP|}\n'],
  ['one that can do the least', {}, '\n        - protocol: TCP\n'],
] as const)('parts of an object as %s writes them', async (name, shape, line) => {
  const editor = await open(editors[name], {});
  await ready(editor);
  const items = await complete(editor, 'web.yaml', policy);
  const item = items.find(({ label }) => label === 'to pods');
  expect(item).toMatchObject({ kind: 15, ...shape });
  if (!('insertTextFormat' in shape)) expect(item).not.toHaveProperty('insertTextFormat');
  expect(textOf(item)).toContain(line);
});

test('what a snippet writes is shown before it is written', async () => {
  const editor = await open(editors['VS Code'], {});
  await ready(editor);
  const items = await complete(editor, 'new.yaml', 'pdb|');
  const { documentation } = items.find(({ label }) => label === 'pdb') ?? {};
  expect(documentation).toMatchObject({ kind: 'markdown' });
  expect(JSON.stringify(documentation)).toMatch(
    /\w\.\\n\\n```yaml\\napiVersion: policy\/v1\\n.*\\n {2}name: web\\n.*\\n```"/,
  );
});

test('whole objects have places for the cursor only where an editor knows them', async () => {
  const texts = await Promise.all(
    (['VS Code', 'one that can do the least'] as const).map(async name => {
      const editor = await open(editors[name], {});
      await ready(editor);
      const items = await complete(editor, 'new.yaml', 'pdb|');
      return textOf(items.find(({ label }) => label === 'pdb'));
    }),
  );
  expect(texts[0]).toContain('\n  name: ${1:web}\n');
  expect(texts[1]).toContain('\n  name: web\n');
});

test('a document without a name gets them too', async () => {
  const editor = await open(editors['VS Code'], {}, { isFolderless: true });
  const items = await complete(editor, '', '|', 'untitled:Untitled-1');
  expect(items.map(({ label }) => label)).toContain('netpol-default-deny-ingress');
});

test('what schemas say is left to whoever has them', async () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  dnsPolicy: |\n';
  const config = 'rules:\n  dns: |\n';
  const labels = async (options: object) => {
    const editor = await open(editors['VS Code'], {}, { initializationOptions: options });
    await ready(editor);
    const hover = async (): Promise<Hover | null> => {
      const textDocument = { uri: editor.uri('.kube-netlint.yaml') };
      return editor.client.sendRequest('textDocument/hover', { textDocument, position: { line: 1, character: 3 } });
    };
    const [ofPod, ofConfig] = [
      await complete(editor, 'a.yaml', pod),
      await complete(editor, '.kube-netlint.yaml', config),
    ];
    return [ofPod[0]?.label, ofConfig[0]?.label, (await hover())?.contents];
  };
  expect(await labels({ [hasSchemas]: true })).toEqual([undefined, undefined, undefined]);
  expect(await labels({})).toMatchObject(['ClusterFirst', 'error', { value: expect.stringContaining('area dns') }]);
});

test('a comment is offered the rules that are reported below it', async () => {
  const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';
  const editor = await open(editors['VS Code'], { 'a.yaml': faulty });
  await until(() => editor.messages('a.yaml').length === 1);
  const commented = faulty.replace('  verbose', '  # kube-netlint-ignore |\n  verbose');
  const [first, second] = await complete(editor, 'a.yaml', commented);
  expect(first).toMatchObject({ label: 'api/wrong-type', kind: 12 });
  expect(second?.label).toBe('api');
});
