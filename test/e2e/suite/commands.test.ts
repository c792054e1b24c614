import * as vscode from 'vscode';
import { until } from './window';

suite('commands', () => {
  test('show the page of a rule', async () => {
    await vscode.commands.executeCommand('kubeNetlint.openRulePage', 'coredns/missing-cache');
    await until('the page', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.match(/missing-cache/)?.[0]);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
