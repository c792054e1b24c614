import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MemoryFiles } from './memory';
import { apply, fileIn, finding, findingsOf, fixOf, noFinding, open, until } from './window';

const rule = 'ingress/unknown-load-balance';

suite('files that are on no disk', () => {
  const subscriptions: vscode.Disposable[] = [];
  const at = (path: string, scheme = 'netlint-memory') => vscode.Uri.from({ scheme, path });

  suiteSetup(async () => {
    const bytes = await vscode.workspace.fs.readFile(fileIn('diagnostics', 'ingress.yaml'));
    const ingress = new TextDecoder().decode(bytes);
    const names = ['/far/ingress.yaml', '/far/deep/closed.yaml', '/far/ignored/ingress.yaml', '/loose/ingress.yaml'];
    const files = { ...Object.fromEntries(names.map(name => [name, ingress])), '/far/.gitignore': 'ignored\n' };
    subscriptions.push(
      vscode.workspace.registerFileSystemProvider('netlint-memory', new MemoryFiles(files)),
      vscode.workspace.registerFileSystemProvider('netlint-old', new MemoryFiles(files), { isReadonly: true }),
    );
    await until('the file systems', () => vscode.workspace.fs.isWritableFileSystem('netlint-memory') || undefined);
  });

  suiteTeardown(() => {
    for (const each of subscriptions) each.dispose();
  });

  test('are checked each by itself where they are open, and left alone where nobody can fix them', async () => {
    const old = await open(at('/loose/ingress.yaml', 'netlint-old'));
    const document = await open(at('/loose/ingress.yaml'));
    const found = await finding(document.uri, rule);
    await apply(await fixOf(document.uri, found, /ewma/));
    await noFinding(document.uri, rule);
    assert.equal(findingsOf(old.uri, rule).length, 0);
  });

  test('are all checked where they are a folder of the workspace, and followed', async () => {
    const { workspaceFolders = [] } = vscode.workspace;
    const index = workspaceFolders.length;
    assert.ok(vscode.workspace.updateWorkspaceFolders(index, 0, { uri: at('/far'), name: 'far' }));
    const closed = at('/far/deep/closed.yaml');
    await finding(closed, rule);
    await finding(at('/far/ingress.yaml'), rule);
    assert.equal(findingsOf(at('/far/ignored/ingress.yaml'), rule).length, 0);
    await vscode.workspace.fs.rename(at('/far/deep'), at('/far/moved'));
    await finding(at('/far/moved/closed.yaml'), rule);
    await noFinding(closed, rule);
    assert.ok(vscode.workspace.updateWorkspaceFolders(index, 1));
    await noFinding(at('/far/ingress.yaml'), rule);
  });
});
