import { describe, expect, test } from 'vitest';
import type {
  DocumentHighlight,
  DocumentLink,
  Location,
  LocationLink,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { LineIndex } from '../../server/src/text/lines';
import { cursorIn } from '../cursor';
import { type Editor, open, until } from '../editor';
import { shop } from '../shop';
import { type Kind, kinds } from './clients';

const files: Readonly<Record<string, string>> = {
  ...shop,
  'more/kustomization.yaml': 'resources: [one.yaml, nothing.yaml, ../base]\n',
  'more/one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n',
  'base/kustomization.yaml': '{}\n',
};

async function ready(kind: keyof typeof kinds): Promise<Editor> {
  const editor = await open(kinds[kind].capabilities, files, { rules: [] });
  await until(() => editor.statuses.at(-1)?.state === 'ready');
  return editor;
}

function ask<T>(editor: Editor, method: string, name: string, piece: string, more: object = {}): Promise<T> {
  const text = files[name] ?? '';
  return editor.client.sendRequest(method, {
    textDocument: { uri: editor.uri(name) },
    position: new LineIndex(text).positionAt(cursorIn(text, piece)),
    ...more,
  });
}

/** `cart.yaml:20` for a place. */
const shown = (uri: string, { start }: Location['range']) =>
  `${uri.split('/').at(-1)}:${start.line + 1}:${start.character + 1}`;

const backend = ['shop/edge.yaml', 'service: {name: ca|rt'] as const;
const service = ['shop/cart.yaml', 'metadata: {name: ca|rt,'] as const;

describe.each(['VS Code', 'Neovim', 'Eglot', 'minimal'] as const)('in %s', kind => {
  const { capabilities }: Kind = kinds[kind];
  const { definition, rename } = capabilities.textDocument ?? {};

  test('a definition is what the editor takes: the object with its name, or the name', async () => {
    const editor = await ready(kind);
    const found = await ask<(LocationLink | Location)[]>(editor, 'textDocument/definition', ...backend);
    expect(found).toHaveLength(1);
    const [one] = found;
    if (definition?.linkSupport && one && 'targetUri' in one) {
      expect(shown(one.targetUri, one.targetSelectionRange)).toBe('cart.yaml:20:18');
      expect(shown(one.targetUri, one.targetRange)).toBe('cart.yaml:18:1');
      expect(one.originSelectionRange?.start).toEqual({ line: 8, character: 66 });
    } else expect(one && 'uri' in one && shown(one.uri, one.range)).toBe('cart.yaml:20:18');
  });

  test('references come with and without what is named', async () => {
    const editor = await ready(kind);
    const uses = async (includeDeclaration: boolean) => {
      const found = await ask<Location[]>(editor, 'textDocument/references', ...service, {
        context: { includeDeclaration },
      });
      return found.map(({ uri, range }) => shown(uri, range));
    };
    const named = await uses(false);
    expect(named).toEqual([
      'cart.yaml:33:14',
      'cart.yaml:35:25',
      'cart.yaml:36:18',
      'edge.yaml:9:67',
      'edge.yaml:16:33',
      'edge.yaml:22:3',
    ]);
    expect(await uses(true)).toEqual(['cart.yaml:20:18', ...named]);
  });

  test('a rename is one edit of all files, in the form that the editor takes', async () => {
    const editor = await ready(kind);
    await editor.type('shop/edge.yaml', files['shop/edge.yaml'] ?? '', 1);
    const capability = editor.initialized.capabilities.renameProvider;
    expect(capability).toEqual(rename?.prepareSupport ? { prepareProvider: true } : true);
    const edit = await ask<WorkspaceEdit>(editor, 'textDocument/rename', ...service, { newName: 'basket' });
    const edge = editor.uri('shop/edge.yaml');
    if (kind === 'minimal') {
      expect(Object.values(edit.changes ?? {}).map(edits => edits.length)).toEqual([4, 2]);
      return;
    }
    const changes = (edit.documentChanges ?? []).flatMap(change => ('textDocument' in change ? [change] : []));
    expect(changes.map(({ textDocument, edits }) => [textDocument.uri, textDocument.version, edits.length])).toEqual([
      [editor.uri('shop/cart.yaml'), null, 4],
      [edge, 1, 2],
    ]);
    expect(edit.changeAnnotations).toEqual(
      kind === 'VS Code'
        ? {
            names: { label: 'Names (1)', needsConfirmation: false },
            addresses: { label: 'Addresses in settings (3)', needsConfirmation: false },
            backends: { label: 'Backends (2)', needsConfirmation: false },
          }
        : undefined,
    );
  });

  test('what can not be renamed says why, before and after the name is known', async () => {
    const editor = await ready(kind);
    const image = ['shop/cart.yaml', 'image: ca|rt:1'] as const;
    await expect(ask(editor, 'textDocument/prepareRename', ...image)).rejects.toThrow(/^Only names of/);
    await expect(ask(editor, 'textDocument/rename', ...service, { newName: 'A' })).rejects.toThrow(/'A' is no name/);
    expect(await ask(editor, 'textDocument/prepareRename', ...service)).toEqual({
      range: { start: { line: 19, character: 17 }, end: { line: 19, character: 21 } },
      placeholder: 'cart',
    });
  });
});

test('highlights are of the file, links of a kustomization', async () => {
  const editor = await ready('VS Code');
  const marked = await ask<DocumentHighlight[]>(editor, 'textDocument/documentHighlight', ...service);
  expect(marked.map(({ range, kind }) => `${range.start.line + 1} ${kind}`)).toEqual(['20 3', '33 2', '35 2', '36 2']);
  const textDocument = { uri: editor.uri('more/kustomization.yaml') };
  const links: DocumentLink[] = await editor.client.sendRequest('textDocument/documentLink', { textDocument });
  expect(links.map(({ target }) => target)).toEqual([
    editor.uri('more/one.yaml'),
    editor.uri('base/kustomization.yaml'),
  ]);
});
