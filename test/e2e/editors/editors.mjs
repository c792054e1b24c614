// Uses the language server in editors other than VS Code, without a window. Each runs a script of its own here, on a copy
// of the workspace, with a `kube-netlint` on its path, and prints TAP.
//
//   node test/e2e/editors/editors.mjs [neovim] [emacs]     after `npm run build`

import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../scripts/vscode-web/builds.mjs';
import { scratchFolder } from '../../../scripts/vscode-web/cleanup.mjs';
import { setUpEmacs, setUpNeovim } from './setup.mjs';

const here = path.join(root, 'test', 'e2e', 'editors');
const patience = 150_000;

const editors = {
  neovim: {
    setUp: setUpNeovim,
    args: scratch => ['--headless', '-n', '-u', neovimRecipe(scratch), `+luafile ${path.join(here, 'neovim.lua')}`],
  },
  emacs: { setUp: setUpEmacs, args: () => ['--batch', '--load', path.join(here, 'emacs.el')] },
};

/** Gives how many checks of an editor passed, failed and were skipped, because there is no such editor for this machine. */
export function testEditor(name) {
  const { setUp, args } = editors[name];
  const command = setUp();
  if (command === undefined) {
    console.log(`Skipped: this machine has no ${name} that is new enough, and gets none from its packages.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const { folder, env } = scratchWorkspace();
  const [program, ...before] = command;
  const { stdout, stderr, error, signal } = spawnSync(program, [...before, ...args(path.dirname(folder))], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: patience,
  });
  process.stdout.write(stdout ?? '');
  const results = countsOf(stdout ?? '');
  if (results.failed > 0) console.log(`${error?.message ?? signal ?? ''}\n${stderr ?? ''}`);
  return results;
}

/** A copy of the workspace, which is a repository, and an environment with a home and a `kube-netlint` of its own. */
function scratchWorkspace() {
  const scratch = scratchFolder();
  const folder = path.join(scratch, 'workspace');
  const bin = path.join(scratch, 'bin');
  fs.cpSync(path.join(here, 'workspace'), folder, { recursive: true });
  fs.mkdirSync(bin);
  // Eglot asks git which folders there are to watch.
  execFileSync('git', ['init', '--quiet', folder]);
  fs.symlinkSync(path.join(root, 'dist', 'npm', 'cli.js'), path.join(bin, 'kube-netlint'));
  const paths = [bin, path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  return { folder, env: { ...process.env, PATH: paths, HOME: scratch, LC_ALL: 'C.UTF-8' } };
}

/** The recipe of docs/editors.md, as an init file. */
function neovimRecipe(folder) {
  const page = fs.readFileSync(path.join(root, 'docs', 'editors.md'), 'utf8');
  const recipes = Array.from(page.matchAll(/```lua\n(.*?)```/gs), ([, recipe]) => recipe);
  if (recipes.length === 0) throw new Error('docs/editors.md has no recipe for Neovim.');
  const file = path.join(folder, 'init.lua');
  fs.writeFileSync(file, recipes.join('\n'));
  return file;
}

/** What TAP says; checks that were planned and did not come failed. */
function countsOf(tap) {
  const planned = Number(/^1\.\.(\d+)$/m.exec(tap)?.[1] ?? 1);
  const passed = tap.match(/^ok /gm)?.length ?? 0;
  return { passed, failed: planned - passed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  let failures = 0;
  for (const name of names.length > 0 ? names : Object.keys(editors)) {
    console.log(`── ${name} ──`);
    const { passed, failed, skipped = 0 } = testEditor(name);
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    failures += failed;
  }
  process.exit(failures > 0 ? 1 : 0);
}
