/** Where and when figures were taken. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Input } from './inputs';
import { root } from './processes';

const peers = ['js-yaml', 'yaml'];

export function conditions({ name, isMade }: Input, rounds: number): string {
  const cpus = os.cpus();
  const facts = [
    ['machine', `${cpus[0]?.model.trim() ?? 'unknown'}, ${cpus.length} cores, ${memory()}, ${os.type()} ${os.arch()}`],
    ['load at the start', os.loadavg()[0]?.toFixed(1) ?? ''],
    ['Node', process.version],
    ['peers', peers.map(peer => `${peer} ${versionOf(peer)}`).join(', ')],
    ['commit', commit()],
    ['date', new Date().toISOString().slice(0, 10)],
    ['manifests', isMade ? `${name}: the shared corpus is not here` : name],
    ['rounds', String(rounds)],
  ];
  return [
    '# What kube-netlint costs',
    '',
    '`npm run bench` writes this page. "reached" says which of the two is: `aim`, `must` or `no`. Ratios count: machines differ.',
    '',
    '| | |',
    '| --- | --- |',
    ...facts.map(([fact, value]) => `| ${fact} | ${value} |`),
    '',
  ].join('\n');
}

function memory(): string {
  return `${Math.round(os.totalmem() / 2 ** 30)} GiB`;
}

function versionOf(peer: string): string {
  return JSON.parse(fs.readFileSync(path.join(root, 'node_modules', peer, 'package.json'), 'utf8')).version;
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--', 'server', 'package-lock.json') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ', with changes' : ''}`;
  } catch {
    return 'unknown: not a git repository';
  }
}
