// What the packages hold besides bundles. vsce packs the extension from the root of the repository, by the `files` of its
// package.json. The command line is packed by npm from a folder of its own: npm always takes the `main` and `browser` of
// a package.json, which are the extension's, and would install the libraries that are bundled.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { bundledLibraries, licencesOf } from './licences.mjs';
import { root } from './vscode-web/builds.mjs';

/** Where docs/images/ of this very release is to be had: only the workflow that makes it knows. */
const picturesUrl = process.env.PICTURES_URL;

export const commandLineFolder = path.join(root, 'dist', 'npm');

/** `metafiles`: what esbuild tells of each published bundle, by its name. */
export function stagePackages({ cli, ...extension }) {
  const licences = metafiles => licencesOf(bundledLibraries(metafiles));
  fs.writeFileSync(path.join(root, 'dist', 'THIRD-PARTY-LICENSES'), licences(Object.values(extension)));
  fs.writeFileSync(path.join(root, 'dist', 'marketplace.md'), readme());
  stageCommandLine(licences([cli, extension.map]));
}

// The pages of the Marketplace and of VS Code show pictures of the web alone: without a place for them there are none.
function readme() {
  const text = fs.readFileSync(path.join(root, 'docs', 'marketplace.md'), 'utf8');
  if (picturesUrl === undefined) return text.replace(/\n *!\[.*\n/g, '');
  return text.replaceAll('](images/', `](${picturesUrl}/`);
}

function stageCommandLine(licences) {
  fs.rmSync(commandLineFolder, { recursive: true, force: true });
  fs.mkdirSync(commandLineFolder, { recursive: true });
  const put = (file, text) => fs.writeFileSync(path.join(commandLineFolder, file), text);
  const copy = (from, to = from) => {
    fs.cpSync(path.join(root, from), path.join(commandLineFolder, to), { recursive: true });
  };
  for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'schemas']) copy(file);
  for (const file of ['cli.js', 'map.js', 'map.css']) copy(`dist/${file}`, file);
  for (const folder of ['server/src/rules', 'server/src/lint/pages']) {
    for (const page of pagesIn(folder)) copy(`${folder}/${page}`, `rules/${page}`);
  }
  put('THIRD-PARTY-LICENSES', licences);
  put('package.json', `${JSON.stringify(manifest(), null, 2)}\n`);
}

function pagesIn(folder) {
  const files = fs.readdirSync(path.join(root, folder), { recursive: true });
  return files.map(file => file.replaceAll(path.sep, '/')).filter(file => file.endsWith('.md'));
}

// What is said once in the root's, without what is the extension's or for developers.
function manifest() {
  const { name, version, description, keywords, license, repository, bugs, homepage, engines } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  return {
    name,
    version,
    description,
    keywords,
    license,
    repository,
    bugs,
    homepage,
    type: 'commonjs',
    bin: { [name]: 'cli.js' },
    engines: { node: engines.node },
  };
}
