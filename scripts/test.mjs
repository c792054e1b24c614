// Runs every test and says how many passed and failed, in the last line. A failing step does not stop the others, so
// that one run shows all there is to mend.
//
//   npm test                     everything, with the whole set-up of VS Code, its browser, Neovim and Emacs
//   npm test -- --unit           without editors, and the laws on a sample: half a minute on two cores
//   npm test -- --unit --update  first rewrite the messages and diffs in the rules' pages

import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { testEditor } from '../test/e2e/editors/editors.mjs';
import { testMap } from '../test/e2e/ui/map.mjs';
import { testUserInterface } from '../test/e2e/ui/ui.mjs';
import { testWebInterface } from '../test/e2e/ui/web.mjs';
import { build, packCommandLine, packExtension } from './packages.mjs';
import { run } from './run.mjs';
import { runInDesktop } from './vscode-desktop.mjs';
import { scratchFolder } from './vscode-web/cleanup.mjs';
import { runSuite, runWebSuite } from './vscode-web/run-tests.mjs';

const { values: options } = parseArgs({ options: { unit: { type: 'boolean' }, update: { type: 'boolean' } } });

// A step gives `{ passed, failed, skipped }`, or an exit code that counts as one test.
const fast = [
  ['types', () => run('tsc', ['--noEmit'])],
  ['types of the map', () => run('tsc', ['--noEmit', '-p', 'client/src/map'])],
  ['format and lint', () => run('biome', ['check', '.'])],
  ['generated files', () => run('tsx', ['server/scripts/gen.ts', '--check'])],
  ['unit tests', unitTests],
];
const desktop = process.env.VSCODE_PATH;
const inEditors = [
  ['packages', makePackages],
  ...(desktop
    ? [['suite in the VS Code of VSCODE_PATH', () => runInDesktop(desktop)]]
    : ['latest', 'oldest'].flatMap(name => [
        [`suite in VS Code, ${name}`, () => runSuite(name)],
        [`suite in its web host, ${name}`, () => runWebSuite(name)],
      ])),
  ['user interface', () => testUserInterface()],
  ['user interface in the web', () => testWebInterface()],
  ['map in a browser', () => testMap()],
  ['Neovim', () => testEditor('neovim')],
  ['Emacs', () => testEditor('emacs')],
];

const results = [];
for (const [name, step] of options.unit ? fast : [...fast, ...inEditors]) {
  console.log(`\n── ${name} ──`);
  const start = Date.now();
  const result = await outcomeOf(step);
  results.push({ name, ...result, seconds: ((Date.now() - start) / 1000).toFixed(1) });
}

console.log('');
for (const failure of results.flatMap(({ failures = [] }) => failures)) console.log(`FAILED  ${failure}\n`);
for (const { name, passed, failed, skipped = 0, seconds } of results) {
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${String(skipped).padStart(3)} skipped`;
  console.log(`${failed > 0 ? 'FAILED' : 'ok    '}  ${name.padEnd(28)} ${counts}  ${seconds.padStart(6)} s`);
}
const sum = key => results.reduce((total, result) => total + (result[key] ?? 0), 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(sum('failed') > 0 ? 1 : 0);

async function outcomeOf(step) {
  try {
    const result = await step();
    if (typeof result !== 'number') return result;
    return result === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

async function unitTests() {
  const file = path.join(scratchFolder(), 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${file}`];
  const env = { ...(options.update && { UPDATE: '1' }), ...(!options.unit && { THOROUGH: '1' }) };
  const code = await run('vitest', ['run', ...reporters], env);
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report;
  // A file that can't be loaded fails the run without a failed test.
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped, failures: failuresIn(report) };
}

/** The failed tests, with what they said first, as they stand again at the end of a long output. */
function failuresIn({ testResults }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const at = path.relative('.', name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return message ? [`${at}: ${message}`] : [];
    return failed.map(({ fullName, failureMessages: [said = ''] }) => `${at}: ${fullName}\n${said.slice(0, 600)}`);
  });
}

async function makePackages() {
  await build();
  packExtension();
  packCommandLine();
  return 0;
}
