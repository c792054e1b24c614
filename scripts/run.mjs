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

/** Runs npm from the root and waits, with its output kept: the npm that runs us, if one does. */
export function npm(args, cwd = root) {
  const script = process.env.npm_execpath;
  const own = script?.endsWith('.js')
    ? { command: process.execPath, before: [script] }
    : { command: 'npm', before: [] };
  return spawnSync(own.command, [...own.before, ...args], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32' && own.command === 'npm',
  });
}

// The script that a package names for its command, run by this Node: what lies in .bin is a shell script on Windows. A
// name that is no tool is a script of the repository.
export function scriptOf(tool) {
  const name = packages[tool];
  if (name === undefined) return path.join(root, tool);
  const folder = path.join(root, 'node_modules', name);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[tool]);
}
