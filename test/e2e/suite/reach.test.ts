import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileIn, open, until } from './window';

const shop = 'kubeNetlint';

/** The hints of a document, each behind the line that it stands in. */
async function hintsOf(document: vscode.TextDocument): Promise<readonly string[]> {
  const range = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    range,
  );
  return hints.map(({ position, label }) => {
    const words = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
    return `${document.lineAt(position.line).text.trim()} | ${words}`;
  });
}

async function lensesOf(document: vscode.TextDocument): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    20,
  );
  return lenses.map(({ range, command }) => `${range.start.line}: ${command?.title}`).sort();
}

const set = (key: string, value: unknown) =>
  vscode.workspace.getConfiguration(shop).update(key, value, vscode.ConfigurationTarget.Workspace);

suite('what fields mean', () => {
  test('stands beside them', async () => {
    const document = await open(fileIn('reach', 'cart.yaml'));
    await until('the hints', () => hintsOf(document));
    assert.deepEqual(await hintsOf(document), [
      'selector: | ⟵ pods of cart',
      'targetPort: http | = 8080',
      'name: cart | isolates 1, lets in 1',
      'podSelector: | ⟵ pods of cart',
      '- podSelector: | ⟵ pods of web',
      '- podSelector: | ⟵ none',
      '- port: 8080 | = http',
    ]);
    const apps = await open(fileIn('reach', 'apps.yaml'));
    assert.deepEqual(await hintsOf(apps), [
      'name: cart | reached from 1, reaches anything',
      'name: web | reached from anything, reaches anything',
      'name: batch | reached from anything, reaches 1',
    ]);
  });

  test('and is switched off by a setting', async () => {
    const document = await open(fileIn('reach', 'cart.yaml'));
    await set('inlayHints.enable', false);
    await until('no hints', async () => ((await hintsOf(document)).length === 0 ? true : undefined));
    await set('inlayHints.enable', undefined);
    await until('the hints', () => hintsOf(document));
  });

  test('stands above objects for those who want it there', async () => {
    const document = await open(fileIn('reach', 'apps.yaml'));
    assert.deepEqual(await lensesOf(document), []);
    await set('codeLens.enable', true);
    const lenses = await until('lenses', () => lensesOf(document));
    await set('codeLens.enable', undefined);
    assert.deepEqual(lenses, [
      '0: Reached from 1, reaches anything',
      '21: Reached from anything, reaches anything',
      '42: Reached from anything, reaches 1',
    ]);
  });
});

suite('who can reach this', () => {
  test('is shown in a view, and told as text', async () => {
    const document = await open(fileIn('reach', 'cart.yaml'));
    const text = await until('the answer', async () =>
      vscode.commands.executeCommand<string>('kube-netlint.reach', document.uri.toString(), { line: 3, character: 0 }),
    );
    assert.match(text, /^May reach reach\/cart\[Deployment\]:\n {2}reach\/web\[Deployment\] : TCP 8080, called, by /);
    assert.match(text, /\nCalled, but not allowed:\n {2}reach\/batch\[Deployment\] : TCP 8080, by /);
    await vscode.commands.executeCommand('kubeNetlint.showReach', document.uri.toString(), { line: 14, character: 0 });
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 14);
  });
});

suite('what a change opens and closes', () => {
  test('is told against the last commit, where there is Git', async () => {
    const document = await open(fileIn('change', 'policy.yaml'));
    const run = () => vscode.commands.executeCommand<string>('kubeNetlint.showChange');
    if (vscode.extensions.getExtension('vscode.git') === undefined) {
      assert.equal(await run(), 'There is no Git extension here, which knows what was committed.');
      return;
    }
    assert.equal(await run(), 'The Git extension, which knows what was committed, is switched off.');
    await vscode.workspace.getConfiguration('git').update('enabled', true, vscode.ConfigurationTarget.Workspace);
    const unchanged = await until('the repository', async () => (/connection/.test(await run()) ? run() : undefined));
    assert.equal(unchanged, 'No connection changes.');
    const edit = new vscode.WorkspaceEdit();
    const line = document.lineAt(document.lineCount - 2);
    edit.replace(document.uri, line.range, line.text.replace('web', 'batch'));
    await vscode.window.showTextDocument(document);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(await run(), '1 connection opened and 1 connection closed.');
    await set('codeLens.enable', true);
    const lenses = await until('the lens', async () => {
      const all = await lensesOf(document);
      return all.length > 1 ? all : undefined;
    });
    await set('codeLens.enable', undefined);
    assert.deepEqual(lenses, [
      '0: Isolates 1, lets in 1',
      '0: Since the last commit: 1 connection opened and 1 connection closed.',
    ]);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.workspace.getConfiguration('git').update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
  });
});
