import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { until } from './window';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\ndata:\n  Corefile: |\n';

suite('Corefiles', () => {
  teardown(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  test('have a language of their own, with completion, hover and outline', async () => {
    const document = await show('corefile', '. {\n  err\n}\n');
    const labels = await until('completion', () => labelsAt(document.uri, new vscode.Position(1, 5)));
    assert.ok(labels.includes('errors'));
    const hovers = await until('a hover', () =>
      hoversAt(document.uri, new vscode.Position(1, 3), '. {\n  errors\n}\n'),
    );
    assert.match(hovers, /Writes errors/);
    const symbols = await until('the outline', async () =>
      vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri),
    );
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.map(child => child.name)]),
      [['.', ['errors']]],
    );
  });

  test('propose words while one types, in a file and in YAML', async () => {
    for (const [language, text, want] of [
      ['corefile', '. {\n  ', '. {\n  errors'],
      ['yaml', `${head}    . {\n        `, `${head}    . {\n        errors`],
    ] as const) {
      const document = await show(language, text);
      const end = document.lineAt(document.lineCount - 1).range.end;
      if (vscode.window.activeTextEditor) vscode.window.activeTextEditor.selection = new vscode.Selection(end, end);
      await until('completion', () => labelsAt(document.uri, end));
      await sleep(3000); // the grammar is loaded when the file is first shown
      for (const letter of 'erro') {
        await vscode.commands.executeCommand('type', { text: letter });
        await sleep(150);
      }
      await until(`'${want}'`, async () => {
        await sleep(300);
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        return document.getText() === want ? 'it' : undefined;
      });
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });
});

async function show(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

async function labelsAt(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  const ours = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.Function);
  return ours.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function hoversAt(uri: vscode.Uri, position: vscode.Position, text: string): Promise<string | undefined> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, 99, 0), text);
  await vscode.workspace.applyEdit(edit);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  const [first] = hovers.flatMap(({ contents }) => contents);
  return first instanceof vscode.MarkdownString ? first.value : undefined;
}
