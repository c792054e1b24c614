// Bundles the extension, the language server and the command line into dist/, and the tests that run inside VS Code
// into dist-test/. Each bundle is a CommonJS file for Node 20 that needs no node_modules.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values: options } = parseArgs({ options: { metafile: { type: 'boolean' } } });

process.chdir(path.dirname(fileURLToPath(import.meta.url)));

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'], // the `main` of jsonc-parser and others is UMD, which can't be bundled
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'silent', // told below, by bundle
};

// Small, but a stack trace in an issue still names its functions.
const small = { ...node, minifyWhitespace: true, minifySyntax: true };

const suite = path.join('test', 'e2e', 'suite');
const tests = fs.readdirSync(suite).filter(file => file.endsWith('.test.ts'));

const bundles = {
  extension: { ...small, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  server: { ...small, entryPoints: ['server/src/lsp/main.node.ts'], outfile: 'dist/server.js' },
  cli: {
    ...small,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  tests: {
    ...node,
    entryPoints: ['test/e2e/index.ts', ...tests.map(file => path.join(suite, file))],
    outdir: 'dist-test',
    outbase: 'test/e2e',
    external: ['vscode', 'mocha'],
  },
};

fs.rmSync('dist-test', { recursive: true, force: true });
const results = await Promise.all(Object.entries(bundles).map(([name, settings]) => bundle(name, settings)));
if (fs.existsSync('dist/cli.js')) fs.chmodSync('dist/cli.js', 0o755);
if (results.includes('failed')) process.exit(1);

async function bundle(name, settings) {
  try {
    const { metafile, warnings } = await build(settings);
    for (const warning of warnings) console.warn(`${name}: ${warning.text}`);
    if (options.metafile) fs.writeFileSync(`dist/${name}.meta.json`, JSON.stringify(metafile));
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
      if (!file.endsWith('.map') && settings.outfile)
        console.log(`${file.padEnd(20)} ${String(Math.round(bytes / 1000)).padStart(5)} kB`);
    }
    return 'built';
  } catch (error) {
    for (const { text, location } of error.errors ?? [{ text: String(error) }]) {
      console.error(`${name}: ${location ? `${location.file}:${location.line}: ` : ''}${text}`);
    }
    return 'failed';
  }
}
