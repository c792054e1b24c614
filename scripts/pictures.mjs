// `npm run pictures`: takes the README's pictures in docs/images/ anew, from the test of the user interface, and the icon
// from its drawing.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { testUserInterface } from '../test/e2e/ui/ui.mjs';
import { buildPackage } from './run.mjs';
import { launchBrowser } from './vscode-web/browser.mjs';
import { root } from './vscode-web/builds.mjs';

const pictures = path.join(root, 'docs', 'images');
fs.mkdirSync(pictures, { recursive: true });
await drawIcon();
await buildPackage();
const { passed, failed } = await testUserInterface({ pictures });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** The Marketplace takes no SVG. */
async function drawIcon() {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  const drawing = fs.readFileSync(path.join(pictures, 'icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0 }</style>${drawing}`);
  await page.screenshot({ path: path.join(pictures, 'icon.png'), omitBackground: true });
  await browser.close();
}
