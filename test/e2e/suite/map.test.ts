import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileIn, open, until } from './window';

const mapTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('kubeNetlint.map'));

suite('the network map', () => {
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('opens once beside the editor, which keeps the focus', async () => {
    const document = await open(fileIn('reach', 'cart.yaml'));
    await vscode.commands.executeCommand('kubeNetlint.showMap');
    await until('the map', async () => mapTabs());
    await vscode.commands.executeCommand('kubeNetlint.showMap');
    assert.equal(mapTabs().length, 1);
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });
});
