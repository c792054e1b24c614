// What esbuild.mjs makes: the extension, the language server and the command line in dist/, and the tests that run
// inside VS Code in dist-test/. Each bundle is a CommonJS file for Node 20 that needs no node_modules.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './vscode-web/builds.mjs';

const node = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'], // the `main` of jsonc-parser and others is UMD, which can't be bundled
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'silent', // esbuild.mjs tells it
};

// Small, but a stack trace in an issue still names its functions.
const small = { ...node, minifyWhitespace: true, minifySyntax: true };

// For VS Code in a browser, where there is no Node: a bundle that needs a module of it can't be built.
const web = { ...small, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

const suite = 'test/e2e/suite';
const tests = fs.readdirSync(path.join(root, suite)).filter(file => file.endsWith('.test.ts'));

/** What is published: its licences count. */
export const published = {
  extension: { ...small, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  // It answers, then loads the engine, which has the library of the protocol from it: errors are told by their class.
  server: {
    ...small,
    entryPoints: ['server/src/lsp/main.node.ts'],
    outfile: 'dist/server.js',
    external: ['./engine'],
    supported: { 'dynamic-import': false }, // a require takes less
  },
  engine: {
    ...small,
    entryPoints: ['server/src/lsp/engine.ts'],
    outfile: 'dist/engine.js',
    alias: { 'vscode-languageserver': './server.js' },
    external: ['./server.js'],
  },
  webExtension: {
    ...web,
    entryPoints: ['client/src/extension.browser.ts'],
    outfile: 'dist/web/extension.js',
    external: ['vscode'],
  },
  webServer: {
    ...web,
    format: 'iife',
    entryPoints: ['server/src/lsp/main.browser.ts'],
    outfile: 'dist/web/server.js',
    define: { setImmediate: 'setTimeout' },
  },
  // The page of a network map, for an editor's view and for a file: in both it is all by itself.
  map: {
    ...web,
    format: 'iife',
    minify: true,
    sourcemap: false,
    entryPoints: ['client/src/map/page.ts'],
    outfile: 'dist/map.js',
  },
  mapStyles: {
    ...small,
    minify: true,
    sourcemap: false,
    entryPoints: ['client/src/map/map.css'],
    outfile: 'dist/map.css',
  },
  // Its package is to be had in a moment, in every run of a pipeline: names of functions are a sixth of it.
  cli: {
    ...small,
    minify: true,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
};

export const bundles = {
  ...published,
  tests: {
    ...node,
    entryPoints: ['test/e2e/index.ts', ...tests.map(file => `${suite}/${file}`)],
    outdir: 'dist-test',
    outbase: 'test/e2e',
    external: ['vscode', 'mocha'],
  },
  webFiles: {
    ...web,
    format: 'cjs',
    entryPoints: ['test/e2e/web/files/extension.ts'],
    outfile: 'dist-test/web/files.js',
    external: ['vscode'],
  },
  webTests: {
    ...web,
    stdin: {
      contents: ['web/index', ...tests.map(file => `suite/${file}`)].map(file => `export * from './${file}';`).join(''),
      resolveDir: path.join(root, 'test/e2e'),
    },
    outfile: 'dist-test/web/index.js',
    external: ['vscode'],
    // Mocha takes `module.exports` for itself.
    format: 'iife',
    globalName: 'suiteInBrowser',
    footer: { js: 'module.exports = { run: suiteInBrowser.runTests };' },
    alias: {
      'node:assert/strict': './test/e2e/web/assert.ts',
      'node:fs/promises': './test/e2e/web/fs.ts',
      'node:timers/promises': './test/e2e/web/timers.ts',
    },
  },
};
