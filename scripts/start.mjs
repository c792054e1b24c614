// `npm start`: builds the extension, packs it, and opens it in a real VS Code in the browser on a copy of examples/larkspur-books/.
//
//   npm start                       prints the address; Ctrl+C ends it
//   npm start -- --folder <path>    on your own manifests: what you change there, stays changed
//   npm start -- --port <number>    on a fixed port
//   npm start -- --shot [file]      no window: waits for the first squiggle, saves a picture, ends

import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtension } from './packages.mjs';
import { root } from './vscode-web/builds.mjs';
import { openInBrowser, openPackage, takeShot } from './vscode-web/open.mjs';
import { setUpBuild } from './vscode-web/setup.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string' }, port: { type: 'string' }, shot: { type: 'boolean' } },
});

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start() {
  const vsix = await buildExtension();
  setUpBuild('latest');
  const port = options.port === undefined ? undefined : Number(options.port);
  const { url, folder, vscode } = await openPackage(vsix, { folder: options.folder, port });
  if (options.shot) {
    const picture = path.resolve(positionals[0] ?? path.join(root, 'test-results', 'start.png'));
    await takeShot(url, picture);
    console.log(`VS Code ${vscode} shows findings: ${picture}`);
    process.exit(0);
  }
  console.log(`\nVS Code ${vscode} with Kubernetes Network Lint on ${folder}:\n\n  ${url}\n\nCtrl+C ends it.`);
  openInBrowser(url);
}
