// Uses the page that `kube-netlint map` writes as a person does, in a real browser: selects, filters, folds, reads it with
// keys alone and as a table; and gives it names that would be code.
//
//   node test/e2e/ui/map.mjs      after `node esbuild.mjs`

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser, setUpBrowser } from '../../../scripts/vscode-web/browser.mjs';
import { root } from '../../../scripts/vscode-web/builds.mjs';
import { scratchFolder } from '../../../scripts/vscode-web/cleanup.mjs';

const manifests = `
apiVersion: v1
kind: Namespace
metadata: {name: data}
---
${app('shop', 'web', ['api', 'db.data'])}
${app('shop', 'api', [])}
${app('data', 'db', [])}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: data}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;

function app(namespace, name, calls) {
  const env = calls.map((host, i) => `{name: URL_${i}, value: "http://${host}"}`);
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: app, image: "a:1", env: [${env.join(', ')}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---`;
}

const evil = '<img src=x onerror=alert(1)>';

const checks = [
  ['a call that is blocked is red, bears a cross, and is told with its policy', seeBlocked],
  ['a node is selected, and tells who reaches it and why', selectNode],
  ['keys alone select, move on and let go', useKeys],
  ['a filter leaves what is looked for and what it has to do with', filter],
  ['a namespace is folded into one node and opened again', fold],
  ['a table has the same facts', readTable],
  ['names are text, whatever they are', seeHostileNames],
];

/** Gives how many checks passed and failed. */
export async function testMap() {
  setUpBrowser();
  const browser = await launchBrowser();
  const results = { passed: 0, failed: 0 };
  try {
    for (const [name, check] of checks) {
      const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
      try {
        await check(page);
        results.passed++;
        console.log(`ok      ${name}`);
      } catch (error) {
        results.failed++;
        console.log(`FAILED  ${name}\n${error.message}`);
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return results;
}

async function open(page, text = manifests) {
  const folder = scratchFolder();
  fs.writeFileSync(path.join(folder, 'all.yaml'), text);
  const cli = path.join(root, 'dist', 'cli.js');
  execFileSync(process.execPath, [cli, 'map', 'all.yaml', '-o', 'map.html'], { cwd: folder, stdio: 'ignore' });
  await page.goto(pathToFileURL(path.join(folder, 'map.html')).href);
  await node(page).first().waitFor();
}

const node = (page, label) => page.locator('.node', label === undefined ? {} : { hasText: label });
const details = page => page.locator('.details');

async function seeBlocked(page) {
  await open(page);
  const line = page.locator('path.line.denied');
  assert.equal(await line.count(), 1);
  assert.match(await line.textContent(), /^blocked: TCP 80, by NetworkPolicy 'closed'$/);
  const [red] = await line.evaluate(each => [getComputedStyle(each).stroke]);
  assert.match(red, /rgb\((?:1[5-9]|2)\d+, \d{1,2}, \d{1,2}\)/);
  assert.equal(await page.locator('.mark.denied').textContent(), '×');
}

async function selectNode(page) {
  await open(page);
  await node(page, 'db').click();
  await details(page).getByRole('heading', { name: 'db' }).waitFor();
  const text = await details(page).textContent();
  assert.match(text, /Reached by 1shop\/webblocked: TCP 80as data\/dbNetworkPolicy 'closed' isolates it/);
  await details(page).getByRole('button', { name: 'shop/web' }).click();
  await details(page).getByRole('heading', { name: 'web' }).waitFor();
}

async function useKeys(page) {
  await open(page);
  await node(page, 'web').focus();
  await page.keyboard.press('ArrowRight');
  const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.match(label, /^api, Deployment in shop/);
  await page.keyboard.press('Enter');
  await details(page).getByRole('heading', { name: 'api' }).waitFor();
  await page.keyboard.press('Escape');
  await details(page).waitFor({ state: 'hidden' });
}

async function filter(page) {
  await open(page);
  await page.getByRole('searchbox').fill('api');
  await node(page, 'db').waitFor({ state: 'detached' });
  assert.equal(await node(page).count(), 2);
  await page.getByRole('searchbox').fill('nobody');
  await page.getByText("Nothing is called 'nobody'.").waitFor();
  await page.getByRole('searchbox').fill('');
  await node(page, 'db').waitFor();
}

async function fold(page) {
  await open(page);
  await page.locator('.area[data-area=shop]').dblclick({ position: { x: 20, y: 12 } });
  await node(page, '2 workloads').waitFor();
  assert.equal(await page.locator('path.line.denied').count(), 1);
  await node(page, '2 workloads').dblclick();
  await node(page, 'web').waitFor();
}

async function readTable(page) {
  await open(page);
  await page.getByLabel('table').check();
  const rows = await page.locator('table tbody tr').allTextContents();
  assert.equal(rows.length, 2);
  assert.ok(
    rows.some(row => /^shop\/web.*data\/db.*blockedTCP 80NetworkPolicy 'closed'/.test(row)),
    rows.join('\n'),
  );
}

async function seeHostileNames(page) {
  const said = [];
  page.on('dialog', dialog => {
    said.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', error => said.push(error.message));
  page.on('request', request => !request.url().startsWith('file:') && said.push(request.url()));
  await open(
    page,
    manifests.replaceAll('name: web', `name: "${evil}"`).replace('name: closed', 'name: "</script><b>"'),
  );
  await node(page, '<img').click();
  await details(page).getByRole('heading', { name: evil }).waitFor();
  assert.equal(await page.locator('img, b:not(.details b)').count(), 0);
  assert.deepEqual(said, []);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { failed } = await testMap();
  process.exit(failed > 0 ? 1 : 0);
}
