/** Whole processes, measured from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { scratch } from './inputs';

export const root = path.resolve(__dirname, '..');

export interface Usage {
  /** Seconds from the start of the process to its end. */
  readonly wall: number;
  /** Megabytes. */
  readonly peak: number;
  /** Milliseconds; only where it was asked for. */
  readonly longestBlock: number;
}

export type Program = readonly [script: string, ...args: string[]];

const programs = path.join(root, 'bench', 'programs');
export const ours = {
  cli: path.join(root, 'dist', 'cli.js'),
  server: path.join(root, 'dist', 'server.js'),
};
export const reader = path.join(programs, 'read.mjs');
export const jsYaml = path.join(programs, 'js-yaml.mjs');
export const yaml = path.join(programs, 'yaml.mjs');
export const emptyServer = path.join(programs, 'initialize.mjs');

/** Starts a program under Node that writes what it used when it ends; `used` waits for that. */
export function start([script, ...args]: Program, stdio: 'pipe' | 'ignore', blocks = false) {
  const file = path.join(scratch(), 'usage.json');
  const before = performance.now();
  const child: ChildProcess = spawn(
    process.execPath,
    ['--require', path.join(programs, 'usage.cjs'), script, ...args],
    {
      stdio: [stdio, stdio, 'inherit'],
      env: { ...process.env, USAGE: file, ...(blocks && { BLOCKS: '1' }) },
    },
  );
  const used = new Promise<Usage>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const wall = (performance.now() - before) / 1000;
      // 1 says that there are findings.
      if (code === 0 || code === 1) resolve({ wall, ...JSON.parse(fs.readFileSync(file, 'utf8')) });
      else reject(new Error(`${script} ${args.join(' ')} ended with ${code ?? signal}`));
    });
  });
  return { child, used };
}

/** A program, and what each run of it took. */
export class Measured {
  readonly walls: number[] = [];
  readonly peaks: number[] = [];

  constructor(readonly program: Program) {}
}

/** Runs each program once in each round, in turn, so that all see the same load of the machine. */
export async function inTurn(rounds: number, all: readonly Measured[]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const { program, walls, peaks } of all) {
      const { wall, peak } = await start(program, 'ignore').used;
      walls.push(wall);
      peaks.push(peak);
    }
  }
}
