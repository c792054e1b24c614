// Runs the tools of node_modules from the root of the repository.

import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './vscode-web/builds.mjs';

const tools = path.join(root, 'node_modules', '.bin');

/** Runs a tool with its output shown; gives its exit code. */
export function run(tool, args, env = {}) {
  const PATH = `${tools}${path.delimiter}${process.env.PATH}`;
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH, ...env } });
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

/** Builds the bundles and packs them, as they would be published; gives the path of the package. */
export async function buildPackage() {
  const vsix = path.join(root, 'dist', 'kube-netlint.vsix');
  if ((await run('node', ['esbuild.mjs'])) !== 0) throw new Error('The build failed.');
  const packing = spawnSync(path.join(tools, 'vsce'), ['package', '--no-dependencies', '--out', vsix], { cwd: root });
  // It lists every file, so it is heard only when something is wrong.
  if (packing.status !== 0) throw new Error(`The extension could not be packed:\n${packing.stdout}${packing.stderr}`);
  console.log(`${path.relative(root, vsix)} ${Math.round(fs.statSync(vsix).size / 1000)} kB`);
  return vsix;
}
