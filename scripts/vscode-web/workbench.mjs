// The address of a VS Code window, and what a test sees in it.

import * as path from 'node:path';

/**
 * The page of VS Code on a folder or a `.code-workspace` file.
 * `openFile`: a file to show; `extension` and `tests`: folders of an extension under development and of its suite.
 */
export function workbenchUrl(server, { folder, workspace, openFile, extension, tests }) {
  const remote = file => `vscode-remote://${server.authority}${path.resolve(file)}`;
  const payload = [['skipWelcome', 'true']];
  if (openFile) payload.push(['openFile', remote(openFile)]);
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder) query.set('folder', path.resolve(folder));
  if (workspace) query.set('workspace', path.resolve(workspace));
  return `${server.origin}/?${query}`;
}

/** The squiggles of findings; VS Code draws dots for a hint. */
export const squiggles = ':is(.squiggly-error, .squiggly-warning, .squiggly-info)';

/** Waits for the squiggle of a finding in the editor. */
export async function firstSquiggle(page) {
  const squiggle = page.locator(`.monaco-editor ${squiggles}`).first();
  await squiggle.waitFor({ state: 'attached', timeout: 60_000 }).catch(() => {
    throw new Error('No finding showed up in the editor within 60 s.');
  });
}

/** Waits until the status bar counts problems and the count stays: those of other files come behind the open one's. */
export async function countedProblems(page) {
  const count = page.locator('#status\\.problems');
  for (let last = '', tries = 0; tries < 60; tries++) {
    const now = await count.innerText();
    if (now === last && /[1-9]/.test(now)) return;
    last = now;
    await page.waitForTimeout(1000);
  }
  throw new Error('The status bar counts no problems, or never the same, for 60 s.');
}
