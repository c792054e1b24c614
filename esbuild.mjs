// Makes the bundles that scripts/bundles.mjs describes, and what is packed with them.
//
//   node esbuild.mjs              once; with --metafile also dist/*.meta.json, which esbuild's analysers read
//   node esbuild.mjs --watch      anew after each change, until Ctrl+C; not minified, for a debugger

import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { context } from 'esbuild';
import { bundles, published } from './scripts/bundles.mjs';
import { stagePackages } from './scripts/stage.mjs';
import { root } from './scripts/vscode-web/builds.mjs';

const { values: options } = parseArgs({ options: { metafile: { type: 'boolean' }, watch: { type: 'boolean' } } });

// Bundles share most files, so that one change builds several: together they are a round. An editor that waits for a
// round, or shows what is wrong after it, reads these lines: .vscode/tasks.json knows them.
const begins = '[watch] build started';
const ends = '[watch] build finished';

const unfinished = new Set(Object.keys(bundles));
/** What was said about each bundle when it was last built. */
const messages = new Map();
/** What each bundle is made of. */
const metafiles = {};

process.chdir(root);
fs.rmSync('dist-test', { recursive: true, force: true });
const readable = options.watch ? { minifyWhitespace: false, minifySyntax: false } : {};
const contexts = await Promise.all(
  Object.entries(bundles).map(([name, settings]) => context({ ...settings, ...readable, plugins: [rounds(name)] })),
);
if (options.watch) {
  console.log(begins);
  await Promise.all(contexts.map(each => each.watch()));
} else {
  const builds = await Promise.allSettled(contexts.map(each => each.rebuild()));
  await Promise.all(contexts.map(each => each.dispose()));
  if (builds.some(({ status }) => status === 'rejected')) process.exit(1);
  stagePackages(Object.fromEntries(Object.keys(published).map(name => [name, metafiles[name]])));
}

function rounds(name) {
  return {
    name: 'rounds',
    setup({ onStart, onEnd }) {
      onStart(() => {
        if (unfinished.size === 0) console.log(begins);
        unfinished.add(name);
      });
      onEnd(({ errors, warnings, metafile }) => {
        messages.set(name, [...errors.map(line('error')), ...warnings.map(line('warning'))]);
        if (errors.length === 0) wasBuilt(name, metafile);
        unfinished.delete(name);
        if (unfinished.size === 0) endRound();
      });
    },
  };
}

function wasBuilt(name, metafile) {
  metafiles[name] = metafile;
  if (name === 'cli') fs.chmodSync('dist/cli.js', 0o755);
  if (options.metafile) fs.writeFileSync(`dist/${name}.meta.json`, JSON.stringify(metafile));
  const { outfile } = bundles[name];
  if (options.watch || !outfile) return;
  console.log(`${outfile.padEnd(20)} ${String(Math.round(metafile.outputs[outfile].bytes / 1000)).padStart(5)} kB`);
}

// All that is wrong, each time and once: the editor forgets what it knew when a round begins, and a round may hold only
// some of the bundles.
function endRound() {
  for (const message of new Set([...messages.values()].flat())) console.error(message);
  if (options.watch) console.log(ends);
}

/** As compilers write it; esbuild counts columns from 0. */
function line(severity) {
  return ({ text, location }) =>
    `${location ? `${location.file}:${location.line}:${location.column + 1}: ` : ''}${severity}: ${text}`;
}
