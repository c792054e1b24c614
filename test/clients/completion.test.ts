import { describe, expect, test } from 'vitest';
import type { CompletionList } from 'vscode-languageserver/node';
import { world } from '../completion-places';
import { type Editor, open, until } from '../editor';
import { everyKind, kinds } from './clients';

const head = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: new\n  namespace: shop\nspec:\n';
const backend = `${head}  defaultBackend:\n    service:\n      name: `;

function ask(editor: Editor, text: string, trigger?: string): Promise<CompletionList | null> {
  const lines = text.split('\n');
  return editor.client.sendRequest('textDocument/completion', {
    textDocument: { uri: editor.uri('new.yaml') },
    position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    context: trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger },
  });
}

async function reading(kind: (typeof everyKind)[number][1], text: string) {
  const editor = await open(kind.capabilities, world, { manners: kind.manners });
  await editor.type('new.yaml', text, 1);
  await until(() => editor.statuses.some(({ state }) => state === 'ready'));
  return editor;
}

describe.each(everyKind)('%s', (_, kind) => {
  test('is offered names that exist, and lines only where it leaves them as they are', async () => {
    const editor = await reading(kind, backend);
    const list = await ask(editor, backend);
    expect(list?.items.map(({ label }) => label).slice(0, 2)).toEqual(['cart', 'web']);
    const [first] = list?.items ?? [];
    const place = { line: 8, character: 12 };
    const isExact = kind.capabilities.textDocument?.completion?.completionItem?.insertTextModeSupport !== undefined;
    const lines = isExact ? '\n      port:\n        number: 80' : '';
    expect(first?.textEdit).toEqual({ range: { start: place, end: place }, newText: `cart${lines}` });
    expect(first?.insertTextMode).toBe(isExact ? 1 : undefined);
    expect(first?.detail).toBe('80 http, pods of cart, cart-canary');
  });
});

test('a text that is typed on is what counts, and places behind its end are nowhere', async () => {
  const editor = await reading(kinds.minimal, head);
  const typed = `${head}  ingressClassName: n`;
  await editor.type('new.yaml', typed, 2);
  expect((await ask(editor, typed))?.items.map(({ label }) => label)).toEqual(['nginx']);
  await editor.type('new.yaml', 'kind: Ingress\n', 3);
  expect(await ask(editor, typed)).toBeNull();
});

test('a space brings up values, and no keys: it indents too', async () => {
  const value = 'apiVersion: v1\nkind: Service\nmetadata: {name: new, namespace: shop}\nspec:\n  selector:\n    app: ';
  const key = value.replace('app: ', '');
  const editor = await reading(kinds['VS Code'], value);
  expect((await ask(editor, value, ' '))?.items).not.toHaveLength(0);
  await editor.type('new.yaml', key, 2);
  expect(await ask(editor, key, ' ')).toBeNull();
  expect((await ask(editor, key))?.items.map(({ label }) => label)).toContain('app: cart');
});
