import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { apply, fileIn, finding, fixOf, noFinding, open, until } from './window';

suite('fixes', () => {
  test('change what they name and nothing else, and the finding goes', async () => {
    const document = await open(fileIn('fixes', 'ingress.yaml'));
    const before = document.getText();
    const found = await finding(document.uri, 'ingress/unknown-load-balance');
    const fix = await fixOf(document.uri, found, /ewma/);
    assert.equal(fix.isPreferred, true);
    await apply(fix);
    assert.equal(document.getText(), before.replace('least_conn', 'ewma'));
    await noFinding(document.uri, 'ingress/unknown-load-balance');
  });

  test('can write a new file, and the finding goes', async () => {
    const document = await open(fileIn('fixes', 'namespace.yaml'));
    const before = await namesIn('fixes');
    const found = await finding(document.uri, 'network-policy/missing-default-deny-ingress');
    await apply(await fixOf(document.uri, found, /new file|\.yaml/i));
    await vscode.workspace.saveAll();
    const created = await until('a new file', async () =>
      (await namesIn('fixes')).filter(name => !before.includes(name)),
    );
    assert.equal(created.length, 1);
    const text = await fs.readFile(fileIn('fixes', created[0] ?? '').fsPath, 'utf8');
    assert.match(text, /kind: NetworkPolicy/);
    await noFinding(document.uri, 'network-policy/missing-default-deny-ingress');
  });

  test('can silence a rule here', async () => {
    const document = await open(fileIn('fixes', 'web.yaml'));
    const uri = fileIn('fixes', 'namespace.yaml');
    const found = await finding(uri, 'network-policy/missing-default-deny-egress');
    await open(uri);
    await apply(await fixOf(uri, found, /ignore/i));
    await noFinding(uri, 'network-policy/missing-default-deny-egress');
    assert.equal(document.isDirty, false);
  });
});

async function namesIn(root: string): Promise<string[]> {
  return fs.readdir(fileIn(root, '.').fsPath);
}
