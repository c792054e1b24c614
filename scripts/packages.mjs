// Makes the two packages that are published: the extension, and the command line for npm. The same sources give the same
// bytes, whenever they are built.
//
//   npm run package     dist/kube-netlint.vsix and dist/kube-netlint.tgz

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, run, scriptOf } from './run.mjs';
import { commandLineFolder } from './stage.mjs';
import { root } from './vscode-web/builds.mjs';

/** The moment that npm gives to all files that it packs, in seconds; a zip keeps it as a local time. */
const timeless = { SOURCE_DATE_EPOCH: '499162500', TZ: 'UTC' };

// A zip keeps modes.
process.umask(0o022);

const here = file => path.relative(root, file);

export async function build() {
  if ((await run('esbuild.mjs', [])) !== 0) throw new Error('The build failed.');
}

/** Builds the extension and packs it; gives the path of the package. */
export async function buildExtension() {
  await build();
  return packExtension();
}

/** Packs the extension that was built, as it would be published; gives the path of the package. */
export function packExtension() {
  const file = path.join(root, 'dist', 'kube-netlint.vsix');
  const args = ['package', '--no-dependencies', '--readme-path', 'dist/marketplace.md', '--out', file];
  const options = { cwd: root, env: { ...process.env, ...timeless } };
  return packed(file, spawnSync(process.execPath, [scriptOf('vsce'), ...args], options));
}

/** The same for the command line. */
export function packCommandLine() {
  const dist = path.join(root, 'dist');
  const packing = npm(['pack', '--json', '--pack-destination', dist, commandLineFolder]);
  const file = path.join(dist, 'kube-netlint.tgz');
  if (packing.status === 0) fs.renameSync(path.join(dist, JSON.parse(packing.stdout)[0].filename), file);
  return packed(file, packing);
}

// They list every file, so they are heard only when something is wrong.
function packed(file, { status, stdout, stderr, error }) {
  if (status !== 0) throw new Error(`${here(file)} could not be packed:\n${stdout}${stderr}${error ?? ''}`);
  console.log(`${here(file)} ${Math.round(fs.statSync(file).size / 1000)} kB`);
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build();
  for (const file of [packExtension(), packCommandLine()]) {
    console.log(`${createHash('sha256').update(fs.readFileSync(file)).digest('hex')}  ${here(file)}`);
  }
}
