// The browser that shows VS Code in the tests: one that is installed, else Debian's Chromium.

import * as fs from 'node:fs';
import { chromium } from 'playwright-core';
import { installPackages, isDebian } from '../debian.mjs';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const flags = [
  '--no-sandbox', // Chromium's sandbox refuses to run as root; the page is our own
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** Makes sure that there is a browser. Where that takes rights this user lacks, the error says what to run. */
export function setUpBrowser() {
  if (findBrowser()) return;
  // Ubuntu's package is a stub that asks for snap, and macOS has no apt.
  if (!isDebian()) throw new Error(`No Chromium or Chrome. Run: npx playwright-core install --with-deps chromium`);
  installPackages('Chromium', ['chromium']);
}

/** Starts the browser, without a window. */
export function launchBrowser() {
  return chromium.launch({ executablePath: findBrowser(), headless: true, args: flags });
}

function findBrowser() {
  const candidates = [process.env.CHROMIUM_PATH, ...installed, chromium.executablePath()];
  return candidates.find(file => file && fs.existsSync(file));
}
