// The browser that shows VS Code in the tests: one that is installed, else Debian's Chromium.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { chromium } from 'playwright-core';

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
  const asRoot = process.getuid() === 0 ? [] : ['sudo', '--non-interactive'];
  try {
    console.log('Installing Chromium from Debian; this happens once.');
    run([...asRoot, 'apt-get', 'update', '--quiet=2']);
    run([...asRoot, 'apt-get', 'install', '--yes', '--quiet=2', '--no-install-recommends', 'chromium']);
  } catch {
    throw new Error('No Chromium. Run: sudo apt-get update && sudo apt-get install -y chromium');
  }
}

/** Starts the browser, without a window. */
export function launchBrowser() {
  return chromium.launch({ executablePath: findBrowser(), headless: true, args: flags });
}

function findBrowser() {
  const candidates = [process.env.CHROMIUM_PATH, ...installed, chromium.executablePath()];
  return candidates.find(file => file && fs.existsSync(file));
}

function isDebian() {
  const release = '/etc/os-release';
  return fs.existsSync(release) && /^ID=debian$/m.test(fs.readFileSync(release, 'utf8'));
}

function run([command, ...args]) {
  execFileSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
