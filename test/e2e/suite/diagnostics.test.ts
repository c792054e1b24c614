import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileIn, finding, findingsOf, noFinding, open } from './window';

suite('findings', () => {
  test('of a file that nobody has opened', async () => {
    const uri = fileIn('diagnostics', 'ingress.yaml');
    const found = await finding(uri, 'ingress/unknown-load-balance');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(vscode.workspace.textDocuments.every(document => document.uri.path !== uri.path));
  });

  test('of an open file, exactly where the fault is', async () => {
    const document = await open(fileIn('diagnostics', 'ingress.yaml'));
    const found = await finding(document.uri, 'ingress/unknown-load-balance');
    assert.equal(document.getText(found.range), 'least_conn');
  });

  test('follow what is typed, before it is saved', async () => {
    const document = await open(fileIn('diagnostics', 'coredns.yaml'));
    await finding(document.uri, 'coredns/missing-cache');
    const line = document.lineAt(8).range.end;
    assert.ok(await vscode.window.activeTextEditor?.edit(edit => edit.insert(line, '\n        cache 30')));
    await noFinding(document.uri, 'coredns/missing-cache');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await finding(document.uri, 'coredns/missing-cache');
  });

  test('stay when the editor is closed', async () => {
    const document = await open(fileIn('diagnostics', 'coredns.yaml'));
    await finding(document.uri, 'coredns/missing-cache');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await finding(document.uri, 'coredns/missing-cache');
  });

  test('of a document that was never saved', async () => {
    const saved = await vscode.workspace.openTextDocument(fileIn('diagnostics', 'ingress.yaml'));
    const untitled = await vscode.workspace.openTextDocument({ language: 'yaml', content: saved.getText() });
    await finding(untitled.uri, 'ingress/unknown-load-balance');
  });

  test('come once each', async () => {
    const document = await open(fileIn('diagnostics', 'coredns.yaml'));
    await finding(document.uri, 'coredns/missing-cache');
    assert.equal(findingsOf(document.uri, 'coredns/missing-cache').length, 1);
  });
});
