// `npm run pictures`: takes the README's pictures in docs/images/ anew, dark and light, at twice the size that they are
// shown at, and the icon from its drawing.
//
//   npm run pictures                   all of them
//   npm run pictures -- fix snippet    these

import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackages, isDebian } from './debian.mjs';
import { buildExtension } from './packages.mjs';
import { pictures } from './pictures/series.mjs';
import { launchBrowser, setUpBrowser } from './vscode-web/browser.mjs';
import { root } from './vscode-web/builds.mjs';
import { copyOfExamples } from './vscode-web/open.mjs';
import { startServer } from './vscode-web/server.mjs';
import { setUpBuild } from './vscode-web/setup.mjs';
import { workbenchUrl } from './vscode-web/workbench.mjs';

const folder = path.join(root, 'docs', 'images');
const themes = ['dark', 'light'];
const room = 8;
/** Milliseconds that a busy machine has for each thing that is waited for. */
const patience = 120_000;

/** Only what a picture is about. */
const settings = {
  'breadcrumbs.enabled': false,
  'editor.fontSize': 13,
  'editor.scrollbar.vertical': 'hidden',
  'editor.scrollbar.horizontal': 'hidden',
  'editor.hideCursorInOverviewRuler': true,
  'editor.overviewRulerLanes': 0,
  'editor.lightbulb.enabled': 'off',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.overviewRulerBorder': false,
  'editor.renderLineHighlight': 'none',
  'editor.stickyScroll.enabled': false,
  'problems.showCurrentInStatus': false,
  'window.autoDetectColorScheme': true,
  'workbench.activityBar.location': 'hidden',
  'workbench.editor.editorActionsLocation': 'hidden',
  'workbench.panel.showLabels': false,
  'workbench.preferredDarkColorTheme': 'Default Dark Modern',
  'workbench.preferredLightColorTheme': 'Default Light Modern',
};

const wanted = process.argv.slice(2);
const isWanted = name => wanted.length === 0 || wanted.includes(name);
const unknown = wanted.filter(name => pictures[name] === undefined);
if (unknown.length > 0) throw new Error(`There is no picture ${unknown}, only ${Object.keys(pictures).join(', ')}.`);

setUpBrowser();
setUpBuild('latest');
const isSmall = setUpPalettes();
const vsix = await buildExtension();
if (wanted.length === 0) await drawIcon();
for (const theme of themes) fs.mkdirSync(path.join(folder, theme), { recursive: true });
const server = await startServer({ build: 'latest', vsix: [vsix], settings });
const browser = await launchBrowser();
try {
  for (const picture of Object.keys(pictures).filter(isWanted)) await taken(picture);
} finally {
  await browser.close();
  await server.stop();
}
process.exit(0);

/** On a busy machine a page may not come up in time: it is tried again. */
async function taken(name) {
  const { size = { width: 900, height: 640 } } = pictures[name];
  for (let attempt = 1; ; attempt++) {
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: 2 });
    page.setDefaultTimeout(patience);
    try {
      return await take(page, { ...pictures[name], name, size });
    } catch (error) {
      if (attempt === 5) throw error;
      console.log(`${name}, once more: ${error.message.split('\n')[0]}`);
    } finally {
      await page.close();
    }
  }
}

async function take(page, { name, file, size, show }) {
  const shown = copyOfExamples();
  if (!fs.existsSync(path.join(shown, file))) fs.writeFileSync(path.join(shown, file), '');
  await page.emulateMedia({ colorScheme: themes[0] });
  await page.goto(workbenchUrl(server, { folder: shown, openFile: path.join(shown, file) }));
  await page.locator('.editor-instance .monaco-editor .view-line').first().waitFor();
  await page.keyboard.press('Control+KeyB'); // the files go
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  const parts = await show(page);
  const clip = around(await Promise.all(parts.map(part => part.boundingBox())), size);
  for (const theme of themes) {
    // What is shown stays while the colours change.
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`.monaco-workbench.${theme === 'dark' ? 'vs-dark' : 'vs'}`).waitFor();
    await sleep(1000); // animations
    const to = path.join(folder, theme, `${name}.png`);
    await page.screenshot({ path: to, clip });
    if (isSmall) execFileSync('pngquant', ['--force', '--skip-if-larger', '--speed=1', '--output', to, '64', '--', to]);
    const kilobytes = Math.round(fs.statSync(to).size / 1000);
    console.log(`${path.relative(root, to)} ${clip.width} × ${clip.height}, ${kilobytes} kB`);
  }
}

/** A rectangle around some others, with a little room at the sides, and on whole pixels. */
function around(boxes, { width, height }) {
  const x = Math.max(0, Math.floor(Math.min(...boxes.map(box => box.x)) - room));
  const y = Math.max(0, Math.floor(Math.min(...boxes.map(box => box.y))));
  const right = Math.min(width, Math.ceil(Math.max(...boxes.map(box => box.x + box.width)) + room));
  const bottom = Math.min(height, Math.ceil(Math.max(...boxes.map(box => box.y + box.height)) + room / 2));
  return { x, y, width: right - x, height: bottom - y };
}

/** Few colours make a picture of text a third as large, and nobody sees it. */
function setUpPalettes() {
  const isThere = () => spawnSync('pngquant', ['--version']).status === 0;
  if (!isThere() && isDebian()) installPackages('pngquant', ['pngquant']);
  if (isThere()) return true;
  console.log('There is no pngquant: the pictures are larger than they need to be.');
  return false;
}

/** The Marketplace takes no SVG. */
async function drawIcon() {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  const drawing = fs.readFileSync(path.join(folder, 'icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0 }</style>${drawing}`);
  await page.screenshot({ path: path.join(folder, 'icon.png'), omitBackground: true });
  await browser.close();
}
