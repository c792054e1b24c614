// Uses the packed extension as a person does, with real clicks and keys in a real VS Code: sees a squiggle, opens the
// light bulb's menu, clicks a fix, saves.
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
import { countedProblems, firstSquiggle, squiggles } from '../../../scripts/vscode-web/workbench.mjs';

const vsix = path.join(root, 'dist', 'kube-netlint.vsix');
const failures = path.join(root, 'test-results');

// In this order, in one window: each goes on from where the one before left off.
const checks = [
  ['a squiggle under the value that is wrong', seeSquiggle],
  ['the findings of closed files in the Problems panel', seeProblems],
  ['a hover that says what is wrong, and whose link opens the page of the rule', seeHover],
  ['a fix clicked in the menu of the light bulb, and the squiggle goes', clickFix],
  ['a fix that writes a new file', clickFixWithNewFile],
  ['a snippet that is offered and expands', typeSnippet],
  ['the state of the server in the status bar', seeStatus],
  ['hints beside the text, and a view of who can reach what the cursor is in', seeReach],
  ['the network map, which selects what the cursor is in and leads to a line', seeMap],
];

/** Gives how many checks passed and failed. */
export async function testUserInterface() {
  setUpBuild('latest');
  setUpBrowser();
  const window = await openPackage(vsix, { settings: { 'editor.minimap.enabled': false } });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
    await page.goto(window.url);
    return await runChecks({ page, folder: window.folder });
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

async function seeProblems({ page }) {
  await page.keyboard.press('Control+Shift+KeyM');
  const row = text => page.locator('.markers-panel .monaco-list-row', { hasText: text });
  await row('kube-netlint').first().waitFor();
  await countedProblems(page);
  await seeFiltered(page, 'unknown-load-balance', row('ingress.yaml').first());
  await seeFiltered(page, 'missing-default-deny-ingress', row('namespace.yaml').first());
  await page.keyboard.press('Control+KeyJ'); // the panel goes
}

/**
 * The list draws only the rows that fit, so what is looked for is filtered. The box forgets what was typed when the panel
 * is laid out anew in the same moment, so it is asked again.
 */
async function seeFiltered(page, text, row) {
  const filter = page.getByPlaceholder(/^Filter/);
  for (let attempt = 0; attempt < 10; attempt++) {
    await filter.fill('');
    await filter.fill(text);
    const seen = await row.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (seen) return filter.fill('');
  }
  const rows = await page.locator('.markers-panel .monaco-list-row').allInnerTexts();
  throw new Error(`The Problems panel does not show it: '${await filter.inputValue()}' gives ${JSON.stringify(rows)}`);
}

async function seeHover({ page }) {
  await word(page, 'least_conn').hover();
  const hover = page.locator('.monaco-hover:visible', { hasText: 'least_conn' }).first();
  await hover.waitFor();
  await hover.locator('a', { hasText: 'ingress/unknown-load-balance' }).click();
  await page.locator('.tab.active', { hasText: 'unknown-load-balance' }).waitFor();
  await page.locator('.tab', { hasText: 'ingress.yaml' }).click();
  await page.locator('.tab.active', { hasText: 'ingress.yaml' }).waitFor();
}

async function clickFix({ page, folder }) {
  await word(page, 'least_conn').click();
  const fix = await menuItem(page, 'ewma');
  await fix.click();
  await editor(page).locator('.view-line', { hasText: 'load-balance: ewma' }).waitFor();
  await editor(page).locator('.squiggly-error').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+KeyS');
  await onDisk(() =>
    /load-balance: ewma # to the/.test(fs.readFileSync(path.join(folder, 'shop', 'ingress.yaml'), 'utf8')),
  );
}

async function clickFixWithNewFile({ page, folder }) {
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
}

async function typeSnippet({ page, folder }) {
  fs.writeFileSync(path.join(folder, 'shop', 'pooler.yaml'), '');
  await openFile(page, 'pooler.yaml');
  await editor(page).locator('.view-line').first().click();
  await page.keyboard.type('pgbouncer', { delay: 40 });
  const offer = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'pgbouncer' }).first();
  await offer.waitFor();
  await offer.click();
  await editor(page).locator('.view-line', { hasText: 'kind: Deployment' }).first().waitFor();
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

async function seeReach({ page }) {
  await openFile(page, 'cart.yaml');
  const hint = editor(page)
    .locator('.view-line', { hasText: /reached\sfrom/ })
    .first();
  await hint.waitFor();
  await word(page, 'Deployment').click();
  await page.keyboard.press('F1');
  await page.keyboard.type('Show Who Can Reach This', { delay: 20 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Who Can Reach This' }).first().click();
  const row = text => page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  await row('Called, but not allowed').waitFor();
  await row('What it may reach').waitFor();
  await row(/NetworkPolicy/).click();
  await editor(page).locator('.view-line', { hasText: 'NetworkPolicy' }).first().waitFor();
}

async function seeMap({ page }) {
  await page.keyboard.press('F1');
  await page.keyboard.type('Show Network Map', { delay: 20 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Network Map' }).first().click();
  const map = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  const heading = name => map.locator('.details h2', { hasText: name });
  await map.locator('.mark.denied').first().waitFor();
  await openFile(page, 'checkout.yaml');
  await word(page, 'Deployment').click();
  await heading('checkout').waitFor();
  await map.locator('.node', { hasText: 'tickets' }).first().click();
  await heading('tickets').waitFor();
  await map.locator('.details .spot button').click();
  await page.locator('.tab.active', { hasText: 'tickets.yaml' }).waitFor();
}

export const editor = page => page.locator('.editor-instance .monaco-editor').first();

export const fileRow = (page, name) =>
  page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();

export const word = (page, text) => editor(page).locator('.view-line span span', { hasText: text }).last();

/** The item of the light bulb's menu. A provider that registers meanwhile cancels the request, so it is asked again. */
export async function menuItem(page, title, patience = 2000) {
  const item = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.keyboard.press('Control+Period');
    const seen = await item.waitFor({ timeout: patience }).then(
      () => true,
      () => false,
    );
    if (seen) return item;
    await page.keyboard.press('Escape');
  }
  throw new Error(`The menu does not offer '${title}'.`);
}

export async function openFile(page, name) {
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
