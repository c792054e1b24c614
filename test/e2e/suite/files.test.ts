import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileIn, finding, noFinding, writeOutside } from './window';

const rule = 'coredns/missing-cache';

suite('files', () => {
  test('that another program writes are read', async () => {
    const uri = fileIn('files', 'new/coredns.yaml');
    await writeOutside(uri, await corefile());
    await finding(uri, rule);
    await writeOutside(uri, (await corefile()).replace('errors', 'errors\n        cache 30'));
    await noFinding(uri, rule);
  });

  test('that are renamed take their findings with them', async () => {
    const [from, to] = [fileIn('files', 'a.yaml'), fileIn('files', 'b.yaml')];
    await writeOutside(from, await corefile());
    await finding(from, rule);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await finding(to, rule);
    await noFinding(from, rule);
  });

  test('that are deleted leave no finding', async () => {
    const uri = fileIn('files', 'deleted.yaml');
    await writeOutside(uri, await corefile());
    await finding(uri, rule);
    await fs.rm(uri.fsPath);
    await noFinding(uri, rule);
    await finding(fileIn('files', 'coredns.yaml'), rule);
  });

  // VS Code tells of a new or deleted folder as one event, and then not always of the files in it.
  test('of a folder that comes and goes as a whole are followed', async () => {
    const uri = fileIn('files', 'old/below/coredns.yaml');
    await writeOutside(uri, await corefile());
    await finding(uri, rule);
    await fs.rm(fileIn('files', 'old').fsPath, { recursive: true });
    await noFinding(uri, rule);
  });

  test('of a folder that is moved away and back are followed', async () => {
    const [here, there] = [fileIn('files', 'place'), fileIn('files', 'other-place')];
    const [uri, moved] = [
      fileIn('files', 'place/below/coredns.yaml'),
      fileIn('files', 'other-place/below/coredns.yaml'),
    ];
    await writeOutside(uri, await corefile());
    await finding(uri, rule);
    await fs.rename(here.fsPath, there.fsPath);
    await noFinding(uri, rule);
    await finding(moved, rule);
    await fs.rename(there.fsPath, here.fsPath);
    await noFinding(moved, rule);
    await finding(uri, rule);
  });

  test('of a root folder that leaves the workspace and comes back are followed', async () => {
    const uri = fileIn('guest', 'coredns.yaml');
    await finding(uri, rule);
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    assert.ok(folder);
    assert.ok(vscode.workspace.updateWorkspaceFolders(folder.index, 1));
    await noFinding(uri, rule);
    assert.ok(vscode.workspace.updateWorkspaceFolders(folder.index, 0, { uri: folder.uri, name: folder.name }));
    await finding(uri, rule);
  });
});

const corefile = () => fs.readFile(fileIn('files', 'coredns.yaml').fsPath, 'utf8');
