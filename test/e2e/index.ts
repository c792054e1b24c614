// What VS Code calls in its extension host: the contract of @vscode/test-electron's `extensionTestsPath`.

import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';

/** Runs every test of suite/; rejects when one failed. The counts go to the file $KUBE_NETLINT_RESULTS. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: Mocha.reporters.Base });
  if (process.env['KUBE_NETLINT_GREP']) mocha.grep(process.env['KUBE_NETLINT_GREP']);
  await openSomeYaml();
  const folder = path.join(__dirname, 'suite');
  for (const file of fs.readdirSync(folder).sort())
    if (file.endsWith('.test.js')) mocha.addFile(path.join(folder, file));
  const stats = await new Promise<Mocha.Stats | undefined>(resolve => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('test end', () => save(runner.stats)); // each time: a run that hangs has said what it did until then
    runner.on('pass', test => print(`ok      ${test.fullTitle()} (${test.duration} ms)`));
    runner.on('fail', (test, error: Error) => print(`FAILED  ${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
  save(stats);
  if (stats?.failures !== 0) throw new Error(`${stats?.failures} tests failed`);
}

function save(stats: Mocha.Stats | undefined): void {
  const file = process.env['KUBE_NETLINT_RESULTS'];
  if (file && stats) fs.writeFileSync(file, JSON.stringify({ passes: stats.passes, failures: stats.failures }));
}

// VS Code's own messages arrive at the driver as well; the mark tells them apart.
function print(text: string): void {
  for (const line of text.split('\n')) console.log(`[test] ${line}`);
}

// The extension starts with the first YAML file that a person opens.
async function openSomeYaml(): Promise<void> {
  const [first] = await vscode.workspace.findFiles('**/coredns.yaml');
  if (!first) throw new Error('The workspace of the tests is empty.');
  await vscode.window.showTextDocument(first);
}
