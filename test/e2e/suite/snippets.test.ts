import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './window';

suite('snippets', () => {
  test('are offered by their prefix and expand', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: '' });
    const editor = await vscode.window.showTextDocument(document);
    const item = await until('the snippet', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(0, 0),
      );
      return list.items.find(each => labelOf(each) === 'netpol-default-deny-ingress');
    });
    assert.ok(item.insertText instanceof vscode.SnippetString);
    assert.ok(await editor.insertSnippet(item.insertText));
    assert.match(document.getText(), /^apiVersion: networking.k8s.io\/v1\nkind: NetworkPolicy\n/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

const labelOf = (item: vscode.CompletionItem) => (typeof item.label === 'string' ? item.label : item.label.label);
