import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileIn, finding, findingsOf, noFinding, until, writeOutside } from './window';

const rule = 'coredns/missing-cache';

suite('configuration', () => {
  const manifest = () => fileIn('config', 'coredns.yaml');
  const config = () => fileIn('config', '.kube-netlint.yaml');

  teardown(async () => {
    await fs.rm(config().fsPath, { force: true });
    for (const name of ['rules', 'exclude', 'enable']) await set(name, undefined);
  });

  test('in .kube-netlint.yaml is followed, below its folder only', async () => {
    await finding(manifest(), rule);
    await writeOutside(config(), `rules:\n  ${rule}: off\n`);
    await noFinding(manifest(), rule);
    await finding(fileIn('files', 'coredns.yaml'), rule);
    await fs.rm(config().fsPath);
    await finding(manifest(), rule);
  });

  test('that is wrong is a finding in the file itself', async () => {
    await writeOutside(config(), `rules:\n  ${rule}: loud\n`);
    await until('a finding in the config file', () => vscode.languages.getDiagnostics(config()));
  });

  test('in the settings changes the severity', async () => {
    await finding(manifest(), rule);
    await set('rules', { [rule]: 'error' });
    await until('an error', () =>
      findingsOf(manifest(), rule).find(each => each.severity === vscode.DiagnosticSeverity.Error),
    );
    await set('rules', { coredns: 'off' });
    await noFinding(manifest(), rule);
  });

  test('in the settings leaves files out', async () => {
    await finding(manifest(), rule);
    await set('exclude', ['coredns.yaml']);
    await noFinding(manifest(), rule);
  });

  test('can turn everything off and on', async () => {
    await finding(manifest(), rule);
    await set('enable', false);
    await until('silence', () => (ours().length === 0 ? 'silence' : undefined));
    await set('enable', true);
    await finding(manifest(), rule);
  });

  test('is read again by a restarted server', async () => {
    await finding(manifest(), rule);
    await vscode.commands.executeCommand('kubeNetlint.restart');
    await finding(manifest(), rule);
    assert.equal(findingsOf(manifest(), rule).length, 1);
  });
});

const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('kubeNetlint').update(name, value, vscode.ConfigurationTarget.Workspace);

const ours = () =>
  vscode.languages.getDiagnostics().flatMap(([, list]) => list.filter(each => each.source === 'kube-netlint'));
