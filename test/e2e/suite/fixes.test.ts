import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { apply, fileIn, finding, fixOf, noFinding, open, until } from './window';

suite('fixes', () => {
  test('change what they name and nothing else, and the finding goes', async () => {
    const document = await open(fileIn('fixes', 'ingress.yaml'));
    const before = document.getText();
    const found = await finding(document.uri, 'ingress/unknown-load-balance');
    const fix = await fixOf(document.uri, found, /ewma/);
    assert.notEqual(fix.isPreferred, true, 'it takes effect, so nobody may apply it unseen');
    await apply(fix);
    assert.equal(document.getText(), before.replace('least_conn', 'ewma'));
    await noFinding(document.uri, 'ingress/unknown-load-balance');
  });

  test('can write a new file, and the finding goes', async () => {
    const document = await open(fileIn('fixes', 'namespace.yaml'));
    const before = await namesIn('fixes');
    const found = await finding(document.uri, 'network-policy/missing-default-deny-ingress');
    await apply(await fixOf(document.uri, found, /^Create default-deny-ingress\.yaml/));
    const created = await until('a new file', async () =>
      (await namesIn('fixes')).filter(name => !before.includes(name)),
    );
    assert.equal(created.length, 1);
    const policy = await open(fileIn('fixes', created[0] ?? ''));
    assert.match(policy.getText(), /kind: NetworkPolicy/);
    assert.ok(await policy.save());
    await noFinding(document.uri, 'network-policy/missing-default-deny-ingress');
    // Another root is another cluster: the same namespace there is as open as before.
    await finding(fileIn('diagnostics', 'namespace.yaml'), 'network-policy/missing-default-deny-ingress');
  });

  test('can silence a rule here', async () => {
    const document = await open(fileIn('fixes', 'coredns.yaml'));
    const found = await finding(document.uri, 'coredns/missing-cache');
    await apply(await fixOf(document.uri, found, /ignore/i));
    await noFinding(document.uri, 'coredns/missing-cache');
    assert.match(document.getText(), /# kube-netlint-ignore coredns\/missing-cache/);
  });
});

async function namesIn(root: string): Promise<string[]> {
  return fs.readdir(fileIn(root, '.').fsPath);
}
