// What VS Code calls in its extension host for browsers: the same suite, with Mocha's bundle for browsers.

import './surroundings';
import 'mocha/mocha';
import * as vscode from 'vscode';
import { fileIn, until } from '../suite/window';

declare const mocha: BrowserMocha;
interface BrowserMocha {
  setup(options: { ui: 'tdd'; timeout: number; reporter: new () => object }): void;
  run(done: () => void): Mocha.Runner;
}

// Before the suite is loaded, which is bundled behind this.
mocha.setup({ ui: 'tdd', timeout: 60_000, reporter: class {} });

/** Rejects when a test failed. The counts are printed: there is no file to write them to. */
export async function runTests(): Promise<void> {
  await until('the workspace', () => vscode.workspace.workspaceFolders?.length === 7 || undefined);
  await vscode.window.showTextDocument(fileIn('diagnostics', 'coredns.yaml'));
  const stats = await new Promise<Mocha.Stats | undefined>(resolve => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('pass', test => print(`ok      ${test.fullTitle()} (${test.duration} ms)`));
    runner.on('fail', (test, error: Error) => print(`FAILED  ${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
  print(`RESULTS ${JSON.stringify({ passes: stats?.passes, failures: stats?.failures })}`);
  if (stats?.failures !== 0) throw new Error(`${stats?.failures} tests failed`);
}

// VS Code's own messages arrive at the driver as well; the mark tells them apart.
function print(text: string): void {
  for (const line of text.split('\n')) console.log(`[test] ${line}`);
}
