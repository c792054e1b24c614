// Runs the Mocha suite of dist-test inside the extension host of a real VS Code, as @vscode/test-electron would: the
// suite is the same, and so is its contract (`run()` resolves, or rejects when a test failed).
//
//   node scripts/vscode-web/run-tests.mjs [--build latest|oldest] [--web] [--grep text] [--verbose]

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser, setUpBrowser } from './browser.mjs';
import { root } from './builds.mjs';
import { scratchFolder } from './cleanup.mjs';
import { startInBrowser } from './in-browser.mjs';
import { quietSettings, startServer, testDriver } from './server.mjs';
import { setUpBuild } from './setup.mjs';
import { workbenchUrl } from './workbench.mjs';

const patience = 240_000;

/** What may have gone wrong when VS Code, or `runTests` of @vscode/test-electron, reports a failure. */
export const testsFailed = 'the suite failed';

/** The folder of the suite, built by `npm run build`. */
export const suite = path.join(root, 'dist-test');

export const testWorkspace = path.join(root, 'test', 'e2e', 'workspace');

/** A copy of the tests' workspace to work in, and the file that the suite writes its results to. */
export function suiteScratch() {
  const folder = scratchFolder();
  fs.cpSync(testWorkspace, folder, { recursive: true });
  commitAll(path.join(folder, 'change'));
  return { workspace: path.join(folder, 'e2e.code-workspace'), results: path.join(folder, 'results.json') };
}

/** Makes a repository of a folder in which everything is committed. */
function commitAll(folder) {
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
}

/** What the suite wrote: how many tests passed and failed. A run that broke (`trouble`) counts as one more failure. */
export function readResults(file, trouble) {
  const stats = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { passes: 0, failures: 0 };
  // The suite rejects when a test failed: an exit code that says so is no news.
  const isExplained = trouble === testsFailed && stats.failures > 0;
  const broken = trouble && !isExplained ? trouble : stats.passes + stats.failures === 0 && 'no test ran';
  if (broken) console.error(`The run broke: ${broken}.`);
  return { passed: stats.passes, failed: stats.failures + (broken ? 1 : 0) };
}

/** Runs the suite in the build of this name. `print` gets its output line by line, `log` VS Code's own. */
export async function runSuite(name, { grep = '', print = console.log, log = () => {} } = {}) {
  setUpBuild(name);
  setUpBrowser();
  const { workspace, results } = suiteScratch();
  // The extension host inherits the environment of the server.
  const env = { KUBE_NETLINT_RESULTS: results, KUBE_NETLINT_GREP: grep };
  const server = await startServer({ build: name, flags: [testDriver], env });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const trouble = await runInPage(
      page,
      workbenchUrl(server, { workspace, extension: root, tests: suite }),
      print,
      log,
    );
    if (trouble) await page.screenshot({ path: failurePicture(name) }).catch(() => {});
    return readResults(results, trouble);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Runs the suite in the extension host for browsers, where there is no disk and the server is a Web Worker. */
export async function runWebSuite(name, { print = console.log, log = () => {} } = {}) {
  setUpBuild(name);
  setUpBrowser();
  const { workspace, results } = suiteScratch();
  const server = await startServer({ build: name, flags: [testDriver] });
  const inBrowser = await startInBrowser(server, path.dirname(workspace), {
    settings: quietSettings,
    tests: '/dist-test/web/index.js',
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const hear = line => {
      if (line.startsWith('RESULTS ')) fs.writeFileSync(results, line.slice('RESULTS '.length));
      else print(line);
    };
    const trouble = await runInPage(page, inBrowser.url, hear, log);
    if (trouble) await page.screenshot({ path: failurePicture(`${name}-web`) }).catch(() => {});
    return readResults(results, trouble);
  } finally {
    await browser.close();
    inBrowser.stop();
    await server.stop();
  }
}

/** Resolves to what went wrong, or to undefined. */
async function runInPage(page, url, print, log) {
  let resolve;
  const finished = new Promise(done => {
    resolve = done;
  });
  const timer = setTimeout(() => resolve(`no result after ${patience / 1000} s`), patience);
  await page.exposeFunction('codeAutomationLog', () => {});
  await page.exposeFunction('codeAutomationExit', code => resolve(code === 0 ? undefined : testsFailed));
  page.on('crash', () => resolve('the page crashed'));
  page.on('console', message => {
    const line = message.text();
    const start = line.indexOf('[test] '); // the suite's own mark; VS Code puts the log level before it
    if (start >= 0) print(line.slice(start + 7));
    else log(line);
  });
  await page.goto(url);
  await page.bringToFront(); // suggestions go with the focus
  const trouble = await finished;
  clearTimeout(timer);
  return trouble;
}

function failurePicture(name) {
  const folder = path.join(root, 'test-results');
  fs.mkdirSync(folder, { recursive: true });
  return path.join(folder, `suite-${name}.png`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      build: { type: 'string', default: 'latest' },
      web: { type: 'boolean' },
      grep: { type: 'string' },
      verbose: { type: 'boolean' },
    },
  });
  const log = values.verbose ? line => console.log(`  ${line}`) : undefined;
  const { passed, failed } = await (values.web ? runWebSuite : runSuite)(values.build, { grep: values.grep, log });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
