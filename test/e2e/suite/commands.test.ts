import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileIn, open, until } from './window';

suite('commands', () => {
  test('show the page of a rule', async () => {
    await vscode.commands.executeCommand('kubeNetlint.openRulePage', 'coredns/missing-cache');
    await until('the page', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.match(/missing-cache/)?.[0]);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('show why an object is here', async () => {
    const document = await open(fileIn('fixes', 'web.yaml'));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(5, 0, 5, 0);
    await vscode.commands.executeCommand('kubeNetlint.whyHere');
    const at = editor.selection.active;
    assert.equal(document.getText(new vscode.Range(at.line, 0, at.line, at.character)), 'kind: ');
    const hovers = await until('the hover', async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      return found.flatMap(({ contents }) => contents.map(one => (typeof one === 'string' ? one : one.value)));
    });
    assert.match(hovers.join('\n'), /applies it/);
  });

  test('are offered as a task, where there is a shell', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'kube-netlint' });
    const matchers = tasks.flatMap(({ problemMatchers }) => problemMatchers);
    assert.deepEqual(matchers, vscode.env.shell === '' ? [] : ['$kube-netlint']);
  });
});
