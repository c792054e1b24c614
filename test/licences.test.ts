import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { expect, test } from 'vitest';

const root = path.resolve(__dirname, '..');

/** Licences that let code be part of ours, as long as it is named. */
const allowed = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
];

interface Settings {
  readonly published: Readonly<Record<string, BuildOptions>>;
}

/** Every package that a bundle takes a file from, with the licence that its package.json names. */
async function bundledPackages(): Promise<string[]> {
  const { published }: Settings = await import(
    /* @vite-ignore */ pathToFileURL(path.join(root, 'scripts', 'bundles.mjs')).href
  );
  const builds = await Promise.all(
    Object.values(published).map(settings => build({ ...settings, write: false, metafile: true })),
  );
  const files = builds.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = files.flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []);
  return [...new Set([...new Set(folders)].map(packageIn))].sort();
}

function packageIn(folder: string): string {
  const { name, license }: { readonly name: string; readonly license?: unknown } = JSON.parse(
    fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
  );
  return `${name} (${typeof license === 'string' ? license : 'no licence'})`;
}

test('what is bundled may be, and NOTICE names it', async () => {
  const packages = await bundledPackages();
  expect(packages.filter(each => !allowed.some(licence => each.endsWith(` (${licence})`)))).toEqual([]);
  const notice = fs.readFileSync(path.join(root, 'NOTICE'), 'utf8');
  const named = [...notice.matchAll(/[\w.@/-]+ \([\w.-]+\)(?=,|\n)/g)].map(([each]) => each);
  expect(named).toEqual(packages);
});
