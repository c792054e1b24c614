// Looks at VS Code for the Web as a person does: at a squiggle, and at the state of the server, which no suite can ask for.

import { pathToFileURL } from 'node:url';
import { launchBrowser, setUpBrowser } from '../../../scripts/vscode-web/browser.mjs';
import { startInBrowser } from '../../../scripts/vscode-web/in-browser.mjs';
import { testWorkspace } from '../../../scripts/vscode-web/run-tests.mjs';
import { quietSettings, startServer } from '../../../scripts/vscode-web/server.mjs';
import { setUpBuild } from '../../../scripts/vscode-web/setup.mjs';
import { firstSquiggle } from '../../../scripts/vscode-web/workbench.mjs';

/** Gives how many checks passed and failed. */
export async function testWebInterface() {
  setUpBuild('latest');
  setUpBrowser();
  const server = await startServer({ build: 'latest' });
  const openFile = 'diagnostics/ingress.yaml';
  const inBrowser = await startInBrowser(server, testWorkspace, { settings: quietSettings, openFile });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
    await page.goto(inBrowser.url);
    await firstSquiggle(page);
    await page.locator('#status\\.languageStatus').hover();
    await page.locator('.hover-language-status', { hasText: /\d+ findings?.*\d+ files read/s }).waitFor();
    return { passed: 1, failed: 0 };
  } finally {
    await browser.close();
    inBrowser.stop();
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed } = await testWebInterface();
  console.log(`${passed} passed`);
  process.exit(0);
}
