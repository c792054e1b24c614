// Runs the same Mocha suite in a desktop VS Code that is installed here, through @vscode/test-electron.

import { runTests } from '@vscode/test-electron';
import { root } from './vscode-web/builds.mjs';
import { scratchFolder } from './vscode-web/cleanup.mjs';
import { readResults, suite, suiteScratch, testsFailed } from './vscode-web/run-tests.mjs';

/** Runs the suite in the VS Code whose executable this is; without a display it needs xvfb-run around it. */
export async function runInDesktop(vscodeExecutablePath) {
  const { workspace, results } = suiteScratch();
  const trouble = await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    extensionTestsEnv: { KUBE_NETLINT_RESULTS: results },
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', `--user-data-dir=${scratchFolder()}`],
  }).then(
    () => undefined,
    () => testsFailed,
  );
  return readResults(results, trouble);
}
