import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from './command-line';

const { folder, write, run } = commandLine();
const full = (name: string) => path.join(folder, name);

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';

test('--watch follows config files, and what they extend, outside of what it lints', async () => {
  write('follows/lint/a.yaml', faulty);
  write('follows/lint/.kube-netlint.yaml', 'extends: ../team/all.yaml\n');
  write('follows/team/all.yaml', 'rules: {api: error}\n');
  const args = ['--watch', '--format', 'compact', 'lint'];
  const program = spawn(process.execPath, [full('cli.js'), ...args], { cwd: full('follows') });
  let heard = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', data => (heard += data));
  const after = async (change: () => void, what: RegExp) => {
    heard = '';
    change();
    await expect.poll(() => heard, { timeout: 30_000 }).toMatch(what);
  };
  await after(() => {}, /error: [\s\S]*Waiting for changes/);
  await after(() => write('follows/team/all.yaml', 'rules: {api: hint}\n'), /hint: [\s\S]*Waiting for changes/);
  await after(() => fs.rmSync(full('follows/lint/.kube-netlint.yaml')), /error: [\s\S]*Waiting for changes/);
  await after(() => write('follows/.kube-netlint.yml', 'rules: {api: info}\n'), /info: [\s\S]*Waiting for changes/);
  program.kill();
});

test('--watch lints again when something changes', async () => {
  write('watched/a.yaml', faulty);
  const outputs = ['--format', 'json=out.json', '--format', 'compact'];
  const program = spawn(process.execPath, [full('cli.js'), '--watch', ...outputs, '.'], { cwd: full('watched') });
  let heard = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', data => (heard += data));
  const runs = () => heard.split('Waiting for changes').length - 1;
  await expect.poll(() => heard, { timeout: 30_000 }).toMatch(/a\.yaml:6:12[\s\S]*Waiting for changes/);
  heard = '';
  // Until the watch has begun, a change is not heard.
  await expect
    .poll(
      () => {
        write('watched/b.yaml', faulty);
        return heard;
      },
      { timeout: 30_000, interval: 500 },
    )
    .toMatch(/b\.yaml:6:12[\s\S]*Waiting for changes/);
  const before = runs();
  await new Promise(resolve => setTimeout(resolve, 1500));
  expect(runs() - before).toBeLessThan(3);
  program.kill();
  expect(run('watched', '--watch', '-').status).toBe(2);
});
