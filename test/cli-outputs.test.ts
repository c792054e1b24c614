import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './command-line';

// Where reports go: several at once, each as a whole or not at all.

const { folder, write, run, runAsNobody, pipe } = commandLine();
const isUnix = process.platform !== 'win32';
const full = (name: string) => path.join(folder, name);
const read = (name: string) => fs.readFileSync(full(name), 'utf8');

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';

beforeAll(() => write('repo/a.yaml', faulty));

test('several formats at once, each to its own place', () => {
  const places = ['--format', 'sarif=out.sarif', '--format', 'compact', '--format', 'junit=deep/er/junit.xml'];
  const { stdout, stderr, status } = run('repo', ...places, 'a.yaml');
  expect({ stdout, stderr, status }).toEqual({
    stdout: run('repo', '--format', 'compact', 'a.yaml').stdout,
    stderr: '',
    status: 1,
  });
  expect(JSON.parse(read('repo/out.sarif')).version).toBe('2.1.0');
  expect(read('repo/deep/er/junit.xml')).toContain('<testsuites');
  fs.rmSync(full('repo/deep'), { recursive: true });
  fs.rmSync(full('repo/out.sarif'));
});

test('a file alone leaves standard output empty', () => {
  expect(run('repo', '--format', 'json=../out.json', '.')).toEqual({ stdout: '', stderr: '', status: 1 });
  expect(run('repo', '--format', 'json', '--output-file', '../same.json', '.').status).toBe(1);
  expect(read('out.json')).toBe(read('same.json'));
});

test('who pipes a file through has it back, and reports go elsewhere', () => {
  const text = `${faulty}  port: 80\n`;
  const { stdout, stderr, status } = pipe(
    'repo',
    text,
    '--fix',
    '--format',
    'json=../piped.json',
    '--format',
    'compact',
    '-',
  );
  expect(stdout).toContain('verbose: "yes"');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(JSON.parse(read('piped.json')).fixing.applied).toHaveLength(2);
});

describe('one sentence and exit code 2 for', () => {
  test.each([
    ['an unknown format', ['--format', 'sarf'], "There is no format 'sarf'. Did you mean 'sarif'?"],
    ['a format that is like none', ['--format', 'x'], "There is no format 'x'. The formats are pretty, compact,"],
    ['a format of an unknown name in a file', ['--format', 'x=a'], "There is no format 'x'."],
    ['a file without a name', ['--format', 'json='], "There is no name of a file behind 'json='."],
    ['two formats to one file', ['--format', 'json=a', '--format', 'sarif=./a'], 'two formats go to ./a'],
    ['two formats to standard output', ['--format', 'json', '--format', 'sarif'], 'two formats go to standard output'],
    [
      'a file for several',
      ['--format', 'json', '--format', 'sarif=b', '--output-file', 'a'],
      '--output-file is for one',
    ],
    ['a file that is linted', ['--format', 'json=a.yaml'], 'a.yaml was not written: it is linted'],
    ['two files for one', ['--format', 'json=b', '--output-file', 'a'], '--output-file is for one format'],
  ])('%s', (_, args, sentence) => {
    const { stdout, stderr, status } = run('repo', ...args, '.');
    expect({ stdout, status, lines: stderr.trimEnd().split('\n').length }).toEqual({ stdout: '', status: 2, lines: 1 });
    expect(stderr).toContain(sentence);
    expect(fs.readdirSync(full('repo'))).toEqual(['a.yaml']);
  });

  test.runIf(isUnix).each([
    ['a folder', 'folder', 'a folder'],
    ['what is below a file', 'file/x.json', 'a file is where its folder would be'],
    ['a place without the right to write', 'closed/x.json', 'no permission'],
  ])('%s, and all else is told', (_, name, reason) => {
    write('places/a.yaml', faulty);
    write('places/file', 'mine');
    fs.mkdirSync(full('places/folder'), { recursive: true });
    if (!fs.existsSync(full('places/closed'))) fs.mkdirSync(full('places/closed'), { mode: 0o555 });
    const { stdout, stderr, status } = runAsNobody('places', '--format', `json=${name}`, '--format', 'compact', '.');
    expect(stdout).toContain('api/wrong-type');
    expect({ stderr, status }).toEqual({ stderr: `${name} was not written: ${reason}\n`, status: 2 });
    expect(fs.readdirSync(full('places')).sort()).toEqual(['a.yaml', 'closed', 'file', 'folder']);
    expect(read('places/file')).toBe('mine');
  });
});

describe.runIf(isUnix)('an output that is no file of its own', () => {
  test('is written where a link leads', () => {
    write('links/real.txt', 'old');
    write('links/a.yaml', faulty);
    fs.symlinkSync('real.txt', full('links/link'));
    expect(run('links', '--format', 'compact', '--output-file', 'link', 'a.yaml').status).toBe(1);
    expect(read('links/real.txt')).toContain('api/wrong-type');
    expect(fs.lstatSync(full('links/link')).isSymbolicLink()).toBe(true);
  });

  test('is a device', () => {
    expect(run('repo', '--output-file', '/dev/null', '.')).toEqual({ stdout: '', stderr: '', status: 1 });
    expect(fs.statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

test.runIf(isUnix)('whoever has read enough is no failure', () => {
  for (let i = 0; i < 300; i++) write(`many/${i}.yaml`, faulty);
  const command = `"${process.execPath}" "${full('cli.js')}" --format json . | head -1`;
  expect(execFileSync('bash', ['-c', `${command} 2>&1`], { cwd: full('many'), encoding: 'utf8' })).toBe('{\n');
});
