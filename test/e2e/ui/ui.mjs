// Uses the packed extension as a person does, with real clicks and keys in a real VS Code: sees a squiggle, opens the
// light bulb's menu, clicks a fix, saves. `npm run pictures` keeps what it saw for the README.
//
//   node test/e2e/ui/ui.mjs      after `npm run package`

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { launchBrowser, setUpBrowser } from '../../../scripts/vscode-web/browser.mjs';
import { root } from '../../../scripts/vscode-web/builds.mjs';
import { openPackage } from '../../../scripts/vscode-web/open.mjs';
import { setUpBuild } from '../../../scripts/vscode-web/setup.mjs';
import { firstSquiggle, squiggles } from '../../../scripts/vscode-web/workbench.mjs';

const vsix = path.join(root, 'dist', 'kube-netlint.vsix');
const failures = path.join(root, 'test-results');

// In this order, in one window: each goes on from where the one before left off.
const checks = [
  ['a squiggle under the value that is wrong', seeSquiggle],
  ['the findings of closed files in the Problems panel', seeProblems],
  ['a hover that says what is wrong', seeHover],
  ['a fix clicked in the menu of the light bulb, and the squiggle goes', clickFix],
  ['a fix that writes a new file', clickFixWithNewFile],
  ['a snippet that is offered and expands', typeSnippet],
  ['the state of the server in the status bar', seeStatus],
];

/** Gives how many checks passed and failed; `pictures` is a folder for pictures of what was seen. */
export async function testUserInterface({ pictures } = {}) {
  setUpBuild('latest');
  setUpBrowser();
  const window = await openPackage(vsix, { settings: { 'editor.minimap.enabled': false } });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
    const picture = async name => {
      if (!pictures) return;
      await sleep(500); // animations
      await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    };
    await page.goto(window.url);
    return await runChecks({ page, folder: window.folder, picture });
  } finally {
    await browser.close();
    await window.stop();
  }
}

async function runChecks(scene) {
  for (const [index, [name, check]] of checks.entries()) {
    try {
      await check(scene);
      console.log(`ok      ${name}`);
    } catch (error) {
      fs.mkdirSync(failures, { recursive: true });
      await scene.page.screenshot({ path: path.join(failures, 'ui.png') });
      console.log(`FAILED  ${name}\n${error.message}\n(picture: test-results/ui.png; the checks after it did not run)`);
      return { passed: index, failed: checks.length - index };
    }
  }
  return { passed: checks.length, failed: 0 };
}

async function seeSquiggle({ page }) {
  await firstSquiggle(page);
  await editor(page).locator('.squiggly-error').waitFor({ state: 'attached' });
}

async function seeProblems({ page, picture }) {
  await page.keyboard.press('Control+Shift+KeyM');
  const row = text => page.locator('.markers-panel .monaco-list-row', { hasText: text });
  await row('ingress/unknown-load-balance').first().waitFor();
  await picture('problems');
  const filter = page.getByPlaceholder(/^Filter/); // the list draws only the rows that fit
  await filter.fill('missing-default-deny-ingress');
  await row('namespace.yaml').first().waitFor();
  await filter.fill('');
  await page.keyboard.press('Control+KeyJ'); // the panel goes
}

async function seeHover({ page, picture }) {
  await word(page, 'least_conn').hover();
  const hover = page.locator('.monaco-hover:visible', { hasText: 'least_conn' }).first();
  await hover.waitFor();
  await picture('finding');
  await page.keyboard.press('Escape');
}

async function clickFix({ page, folder, picture }) {
  await word(page, 'least_conn').click();
  const fix = await menuItem(page, 'ewma');
  await picture('fix');
  await fix.click();
  await editor(page).locator('.view-line', { hasText: 'load-balance: ewma' }).waitFor();
  await editor(page).locator('.squiggly-error').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+KeyS');
  await onDisk(() =>
    /load-balance: ewma # to the/.test(fs.readFileSync(path.join(folder, 'shop', 'ingress.yaml'), 'utf8')),
  );
}

async function clickFixWithNewFile({ page, folder, picture }) {
  const files = () => fs.readdirSync(path.join(folder, 'shop'));
  const before = files();
  await openFile(page, 'namespace.yaml');
  await firstSquiggle(page);
  await word(page, 'shop').click();
  const fix = await menuItem(page, 'Create default-deny.yaml');
  await fix.click();
  await onDisk(() => files().length === before.length + 1);
  const [created] = files().filter(name => !before.includes(name));
  await fileRow(page, created).waitFor();
  await onDisk(() => fs.readFileSync(path.join(folder, 'shop', created), 'utf8').includes('kind: NetworkPolicy'));
  await editor(page).locator(squiggles).first().waitFor({ state: 'detached' });
  await openFile(page, created);
  await picture('new-file');
}

async function typeSnippet({ page, folder, picture }) {
  fs.writeFileSync(path.join(folder, 'shop', 'pooler.yaml'), '');
  await openFile(page, 'pooler.yaml');
  await editor(page).locator('.view-line').first().click();
  await page.keyboard.type('pgbouncer', { delay: 40 });
  const offer = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'pgbouncer' }).first();
  await offer.waitFor();
  await offer.click();
  await editor(page).locator('.view-line', { hasText: 'kind: Deployment' }).first().waitFor();
  await picture('snippet');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+KeyS');
  await onDisk(() => /kind: Deployment/.test(fs.readFileSync(path.join(folder, 'shop', 'pooler.yaml'), 'utf8')));
}

async function seeStatus({ page }) {
  await page.locator('#status\\.languageStatus').hover();
  await page
    .locator('.hover-language-status', { hasText: /problem|finding|file/ })
    .first()
    .waitFor();
}

const editor = page => page.locator('.editor-instance .monaco-editor').first();

const fileRow = (page, name) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();

const word = (page, text) => editor(page).locator('.view-line span span', { hasText: text }).last();

/** The item of the light bulb's menu. A provider that registers meanwhile cancels the request, so it is asked again. */
async function menuItem(page, title) {
  const item = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.keyboard.press('Control+Period');
    const seen = await item.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (seen) return item;
    await page.keyboard.press('Escape');
  }
  throw new Error(`The menu does not offer '${title}'.`);
}

async function openFile(page, name) {
  await fileRow(page, name).dblclick();
  await page.locator('.tab.active', { hasText: name }).waitFor();
}

async function onDisk(holds) {
  for (let attempt = 0; attempt < 50 && !holds(); attempt++) await sleep(100);
  assert.ok(holds(), `not on disk: ${holds}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = await testUserInterface();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
