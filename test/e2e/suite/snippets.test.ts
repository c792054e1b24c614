import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { fileIn, until, writeOutside } from './window';

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
      const found = list.items.filter(each => labelOf(each) === 'netpol-default-deny-ingress');
      // From the server alone: what the extension contributes besides would be offered twice, and everywhere.
      assert.ok(found.length < 2);
      return found[0];
    });
    assert.ok(item.insertText instanceof vscode.SnippetString);
    assert.ok(await editor.insertSnippet(item.insertText));
    assert.match(document.getText(), /^apiVersion: networking.k8s.io\/v1\nkind: NetworkPolicy\n/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('are parts of an object where they fit, further in, and whole objects are not', async () => {
    const head = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\nspec:\n';
    const content = `${head}  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n    - to DNS`;
    const uri = fileIn('files', 'shop/part.yaml');
    await writeOutside(uri, content);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    const labels = await until('the part', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        end,
      );
      const all = list.items.map(labelOf);
      return all.includes('to DNS') ? all : undefined;
    });
    assert.ok(!labels.some(label => label.startsWith('netpol-')));
    await until('the rule', async () => {
      await vscode.commands.executeCommand('editor.action.triggerSuggest');
      await sleep(500);
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return document.getText().includes('k8s-app') ? 'it' : undefined;
    });
    const rule =
      '    - to:\n        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: kube-system\n';
    assert.equal(
      document
        .getText()
        .slice(content.length - '    - to DNS'.length)
        .slice(0, rule.length),
      rule,
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

const labelOf = (item: vscode.CompletionItem) => (typeof item.label === 'string' ? item.label : item.label.label);
