/**
 * What kube-netlint costs, and what it should. Machines differ and are shared: ratios of one run count, and nothing is
 * asserted.
 *
 *   npm run bench                      everything, some minutes; writes bench/results.md
 *   npm run bench -- keystroke rules   only these parts, shown and not written; `keystroke` and `peers` want Linux
 *   npm run bench -- --folder <path>   on these manifests instead of the shared corpus
 *   npm run bench -- --rounds <n>      of whole processes in turn; 5 unless told otherwise
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { commandLine, folders } from './command-line';
import { growth } from './growth';
import { initialize } from './initialize';
import { corpus } from './inputs';
import { keystroke } from './keystroke';
import { conditions } from './machine';
import { output } from './output';
import { peers } from './peers';
import { root } from './processes';
import { dearestRules } from './rules';
import { markdown, type Table } from './table';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const rounds = Number(options.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1.');
  const input = corpus(options.folder);
  const parts: Record<string, () => Table | Promise<Table>> = {
    'command-line': () => commandLine(input, rounds),
    folders: () => folders(input, rounds),
    keystroke: () => keystroke(input),
    peers: () => peers(rounds),
    initialize: () => initialize(rounds),
    output: () => output(rounds),
    growth,
    rules: dearestRules,
  };
  const unknown = positionals.filter(name => parts[name] === undefined);
  if (unknown.length > 0) throw new Error(`No part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`);
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('The build failed.');

  const texts = [conditions(input, rounds)];
  console.log(texts[0]);
  for (const [name, measure] of Object.entries(parts)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const text = markdown(await measure());
    console.log(text);
    texts.push(text);
  }
  if (positionals.length === 0) fs.writeFileSync(path.join(root, 'bench', 'results.md'), texts.join('\n'));
}
