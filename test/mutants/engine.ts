import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type EngineMutant, engineMutants } from './engine-list';

const root = path.resolve(__dirname, '..', '..');
const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');

/** Breaks a copy of the repository, one way at a time, and runs the tests that are there to notice. */
export function runEngineMutants(): void {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-engine-'));
  try {
    const peers = path.join('bench', 'peers', 'node_modules');
    const left = new Set(['node_modules', '.git', 'dist', 'dist-test', '.vscode-web', peers]);
    fs.cpSync(root, copy, { recursive: true, filter: source => !left.has(path.relative(root, source)) });
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
    const survivors = engineMutants.filter(mutant => survives(copy, mutant));
    console.log(`\n${survivors.length} of ${engineMutants.length} mutants of the engine survive`);
    for (const { name } of survivors) console.log(`  ${name}`);
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}

function survives(copy: string, { name, file, find, replace, tests }: EngineMutant): boolean {
  const full = path.join(copy, 'server', 'src', file);
  const source = fs.readFileSync(full, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${name}: ${file} does not hold its text once.`);
  fs.writeFileSync(
    full,
    source.replace(find, () => replace),
  );
  const args = [vitest, 'run', '--bail=1', ...tests.map(test => `test/${test}.test.ts`)];
  const { status } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  fs.writeFileSync(full, source);
  console.log(`${status === 0 ? 'SURVIVES' : 'noticed '}  ${name}`);
  return status === 0;
}
