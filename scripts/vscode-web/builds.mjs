// The VS Code builds that the tests and `npm start` run. code-server's npm package carries VS Code's own server and
// web workbench, so a real VS Code comes from the npm registry. `oldest` is the version of `engines.vscode`.

import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const cache = process.env.VSCODE_WEB_CACHE ?? path.join(root, '.vscode-web');

// A build runs only on the major version of Node that it was made for; `node` is the version of the npm package
// `node`, which ships the binary and its headers, for machines with another one.
const builds = {
  latest: { codeServer: '4.139.1', vscode: '1.139.1', node: '24.21.0' },
  oldest: { codeServer: '4.100.3', vscode: '1.100.3', node: '20.20.2' },
};

export const buildNames = Object.keys(builds);

/** Where a build lives (or will live), and the Node that runs it. */
export function locateBuild(name) {
  const build = builds[name];
  if (!build) throw new Error(`There is no VS Code build '${name}', only ${buildNames.join(' and ')}.`);
  const folder = path.join(cache, `code-server-${build.codeServer}`);
  const vscodeFolder = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const nodeFolder = path.join(cache, `node-${build.node}`);
  const runsOnThisNode = majorOf(process.versions.node) === majorOf(build.node);
  return {
    ...build,
    name,
    folder,
    vscodeFolder,
    nodeFolder,
    runsOnThisNode,
    nodeBinary: runsOnThisNode ? process.execPath : path.join(nodeFolder, 'node_modules', 'node', 'bin', 'node'),
    serverMain: path.join(vscodeFolder, 'out', 'server-main.js'),
    /** Written last by the set-up: a folder without it is half installed. */
    stamp: path.join(folder, 'ready'),
  };
}

const majorOf = version => Number(version.split('.')[0]);
