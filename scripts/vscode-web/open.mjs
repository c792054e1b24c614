// Opens the packed extension in VS Code, as a user has it after installing it.

import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { launchBrowser, setUpBrowser } from './browser.mjs';
import { root } from './builds.mjs';
import { scratchFolder } from './cleanup.mjs';
import { startServer } from './server.mjs';
import { countedProblems, firstSquiggle, workbenchUrl } from './workbench.mjs';

/** Where a new user looks first. */
export const firstFile = path.join('shop', 'ingress.yaml');

/** A copy of examples/larkspur-books/: trying out a fix must not change the repository. */
export function copyOfExamples() {
  const folder = path.join(scratchFolder(), 'larkspur-books');
  fs.cpSync(path.join(root, 'examples', 'larkspur-books'), folder, { recursive: true });
  return folder;
}

/** Starts VS Code with the package installed, on a folder or on a copy of examples/larkspur-books/. */
export async function openPackage(vsix, { build = 'latest', folder, port, settings }) {
  const shown = folder === undefined ? copyOfExamples() : path.resolve(folder);
  const server = await startServer({ build, vsix: [vsix], port, settings });
  const openFile = folder === undefined ? path.join(shown, firstFile) : undefined;
  const url = workbenchUrl(server, { folder: shown, openFile });
  return { url, folder: shown, vscode: server.vscode, stop: server.stop };
}

/** Waits for what is found to stand on the page and saves a picture of it. */
export async function takeShot(url, picture) {
  setUpBrowser();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    await firstSquiggle(page);
    await countedProblems(page);
    fs.mkdirSync(path.dirname(picture), { recursive: true });
    await page.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}

/** Opens the page in the user's browser, where there is a display. */
export function openInBrowser(url) {
  const isMac = process.platform === 'darwin';
  if (!isMac && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const opener = spawn(isMac ? 'open' : 'xdg-open', [url], { detached: true, stdio: 'ignore' });
  opener.once('error', () => {}); // no opener: the address is printed all the same
  opener.unref();
}
