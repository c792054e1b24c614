// The licences of what is bundled: what a package may hold, and the texts that go with it.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './vscode-web/builds.mjs';

/** Licences that let code be part of ours, as long as their text goes with it. */
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

/** The libraries that bundles take a file from, by name; `metafiles` are what esbuild tells of the bundles. */
export function bundledLibraries(metafiles) {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []);
  const libraries = new Map([...new Set(folders)].map(libraryIn).map(each => [`${each.name} ${each.version}`, each]));
  return [...libraries.keys()].sort().map(key => libraries.get(key));
}

function libraryIn(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(path.join(root, folder)).find(each => /^licen[cs]e\b/i.test(each));
  if (file === undefined) throw new Error(`'${name}' is bundled, and has no text of its licence.`);
  if (!allowed.includes(license)) throw new Error(`'${name}' is bundled, and its licence '${license}' is not allowed.`);
  const text = fs
    .readFileSync(path.join(root, folder, file), 'utf8')
    .replaceAll('\r\n', '\n')
    .trim();
  return { name, version, license, text, folder };
}

/** The text of a THIRD-PARTY-LICENSES file. */
export function licencesOf(libraries) {
  const head = `kube-netlint contains these libraries, each under its own licence.\n`;
  const line = '-'.repeat(80);
  return [
    head,
    ...libraries.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`),
  ].join(`\n${line}\n\n`);
}
