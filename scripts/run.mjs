// Runs the tools of node_modules from the root of the repository.

import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './vscode-web/builds.mjs';

const packages = { biome: '@biomejs/biome', tsc: 'typescript', tsx: 'tsx', vitest: 'vitest', vsce: '@vscode/vsce' };

/** Runs a tool with its output shown; gives its exit code. */
export function run(tool, args, env = {}) {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } };
    const child = spawn(process.execPath, [scriptOf(tool), ...args], options);
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

/** Builds the bundles and packs them, as they would be published; gives the path of the package. */
export async function buildPackage() {
  const vsix = path.join(root, 'dist', 'kube-netlint.vsix');
  if ((await run('esbuild.mjs', [])) !== 0) throw new Error('The build failed.');
  const args = [scriptOf('vsce'), 'package', '--no-dependencies', '--out', vsix];
  const packing = spawnSync(process.execPath, args, { cwd: root });
  // It lists every file, so it is heard only when something is wrong.
  if (packing.status !== 0) throw new Error(`The extension could not be packed:\n${packing.stdout}${packing.stderr}`);
  console.log(`${path.relative(root, vsix)} ${Math.round(fs.statSync(vsix).size / 1000)} kB`);
  return vsix;
}

// The script that a package names for its command, run by this Node: what lies in .bin is a shell script on Windows. A
// name that is no tool is a script of the repository.
function scriptOf(tool) {
  const name = packages[tool];
  if (name === undefined) return path.join(root, tool);
  const folder = path.join(root, 'node_modules', name);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[tool]);
}
