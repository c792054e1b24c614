/** The build refuses what may not be bundled, and writes the licences of the rest: here is what package.json says of it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';

const root = path.resolve(__dirname, '..');
const script = (name: string) => import(/* @vite-ignore */ pathToFileURL(path.join(root, 'scripts', name)).href);
const json = (file: string) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

interface Library {
  readonly name: string;
  readonly folder: string;
  readonly license: string;
  readonly text: string;
}
const { published }: { readonly published: Readonly<Record<string, BuildOptions>> } = await script('bundles.mjs');
const { bundledLibraries }: { readonly bundledLibraries: (metafiles: readonly Metafile[]) => readonly Library[] } =
  await script('licences.mjs');

const libraries = bundledLibraries(
  await Promise.all(
    Object.values(published).map(
      async settings => (await build({ ...settings, write: false, metafile: true })).metafile,
    ),
  ),
);

// So that `npm audit --omit=dev` looks at what is shipped, and at nothing else.
test('`dependencies` are what is bundled', () => {
  const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = json('package.json');
  const names = new Set(libraries.map(({ name }) => name));
  expect(Object.keys(dependencies).filter(name => !names.has(name))).toEqual([]);
  const lock: { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> } = json('package-lock.json');
  const ofDevelopment = libraries.filter(({ folder }) => lock.packages[folder]?.dev !== undefined);
  expect(ofDevelopment.map(({ name }) => name)).toEqual([]);
});

test('each library comes with its licence', () => {
  for (const { name, license, text } of libraries)
    expect(text, `${name} (${license})`).toMatch(/licen[cs]e|permission|redistribution/i);
});
