import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './command-line';

// What is kept is of a file that anybody may have written, or nobody can.

const { folder, write, run, runAsNobody } = commandLine();
const isUnix = process.platform !== 'win32';

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';
const usual = '.kube-netlint-cache';
const full = (name: string) => path.join(folder, name);
const read = (name: string) => fs.readFileSync(full(name), 'utf8');

beforeAll(() => {
  for (const name of ['found', 'options', 'broken', 'places', 'program', 'nobody']) write(`${name}/a.yaml`, faulty);
  write('clean/a.yaml', faulty.replace('yes', '"yes"'));
  write('unread/a.yaml', 'a\0');
  write('unread/b.yaml', faulty);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150); // until nothing is young
});

/** Writes a word of ours into the report that is kept: a run that says it did not lint. */
function mark(name: string): void {
  const text = read(name);
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  fs.writeFileSync(full(name), text.slice(0, end) + text.slice(end).replace('"texts":["', '"texts":["KEPT '));
}

const isKept = (where: string, ...args: readonly string[]) => run(where, '--cache', ...args).stdout.startsWith('KEPT');

describe('a second run does not lint, and says the same', () => {
  test.each([
    ['clean', 0, []],
    ['found', 1, []],
    ['unread', 1, []],
    ['unread', 2, ['a.yaml', 'b.yaml']],
  ])('%s, with exit code %d: %j', (where, status, names) => {
    for (const format of ['pretty', 'json']) {
      const plain = run(where, '--format', format, ...names);
      expect(plain.status).toBe(status);
      expect(run(where, '--cache', '--format', format, ...names)).toEqual(plain);
      mark(`${where}/${usual}`);
      const marked = run(where, '--cache', '--format', format, ...names);
      expect(marked).toEqual({ ...plain, stdout: `KEPT ${plain.stdout}` });
    }
  });

  test('to a file too', () => {
    const where = ['--cache', '--output-file', '../output.txt'];
    run('found', ...where);
    mark(`found/${usual}`);
    for (let i = 0; i < 2; i++) {
      fs.rmSync(full('output.txt'));
      expect(run('found', ...where)).toEqual({ stdout: '', stderr: '', status: 1 });
      expect(read('output.txt')).toMatch(/^KEPT .*api\/wrong-type/s);
    }
  });

  test('but by another build of the same version', () => {
    run('program', '--cache');
    mark(`program/${usual}`);
    expect(isKept('program')).toBe(true);
    fs.utimesSync(full('cli.js'), 1, 1);
    expect(isKept('program')).toBe(false);
  });
});

describe('the options', () => {
  test('keep nothing unless they say so', () => {
    run('options');
    run('options', '--cache', '--diff', '.');
    run('options', '--cache', '-');
    expect(fs.readdirSync(full('options'))).toEqual(['a.yaml']);
    run('options', '--cache-file', 'deep/below/kept');
    expect(fs.readdirSync(full('options/deep/below'))).toEqual(['kept']);
    mark('options/deep/below/kept');
    expect(isKept('options', '--cache-file', 'deep/below/kept')).toBe(true);
    expect(isKept('options')).toBe(false);
  });

  test('change what is printed of a diff as little as what is fixed', () => {
    run('options', '--cache');
    mark(`options/${usual}`);
    expect(run('options', '--cache', '--diff').stdout).toContain('+  verbose: "yes"');
    expect(run('options', '--cache', '--fix')).toMatchObject({
      stdout: expect.stringContaining('No findings'),
      status: 0,
    });
    expect(read('options/a.yaml')).toContain('"yes"');
    write('options/a.yaml', faulty);
  });

  test.each(['a.yaml', 'cache.json', 'below/Corefile'])('refuse the name of a manifest: %s', name => {
    const { stderr, status } = run('options', '--cache-file', name);
    expect({ stderr, status }).toMatchObject({
      stderr: expect.stringContaining('a file of that name is linted'),
      status: 2,
    });
    expect(read('options/a.yaml')).toBe(faulty);
  });

  test('refuse what is not there with and without it', () => {
    for (const args of [['gone'], ['--config', 'gone'], ['--kubernetes', 'x']]) {
      expect(run('options', '--cache', ...args)).toEqual(run('options', ...args));
    }
  });
});

test('a cache of another folder with the same files is none, and is made anew', () => {
  run('broken', '--cache');
  mark(`broken/${usual}`);
  fs.cpSync(full('broken'), full('copied'), { recursive: true, preserveTimestamps: true });
  expect(isKept('broken')).toBe(true);
  const { stdout } = run('copied', '--cache');
  expect(stdout).toMatch(/^a\.yaml:6:12/);
  expect(run('copied', '--cache').stdout).toBe(stdout);
  fs.writeFileSync(full(`copied/${usual}`), 'a\0');
  expect(run('copied', '--cache')).toEqual({ stdout, stderr: '', status: 1 });
});

describe.runIf(isUnix)('a place where none can be', () => {
  const plain = () => run('places');
  const refused = (name: string, reason: string) => {
    expect(run('places', '--cache-file', name)).toEqual({ ...plain(), stderr: `${name} was not written: ${reason}\n` });
  };

  test('is said, and all else is as ever', () => {
    write('places/other', 'other');
    fs.symlinkSync('other', full('places/link'));
    refused('link', 'it is a link');
    expect(read('places/other')).toBe('other');
    fs.symlinkSync('nowhere', full('places/dangling'));
    refused('dangling', 'it is a link');
    fs.mkdirSync(full('places/folder'));
    refused('folder', 'not a regular file');
    execFileSync('mkfifo', [full('places/pipe')]);
    refused('pipe', 'not a regular file');
    refused('/dev/null', 'not a regular file');
    expect(fs.readdirSync(full('places')).sort()).toEqual(['a.yaml', 'dangling', 'folder', 'link', 'other', 'pipe']);
  });

  test('is a link to what was kept, too', () => {
    run('places', '--cache-file', 'other');
    mark('places/other');
    expect(isKept('places', '--cache-file', 'other')).toBe(true);
    refused('link', 'it is a link');
  });

  test('is one without the right to write', () => {
    fs.chmodSync(full('nobody'), 0o555);
    expect(runAsNobody('nobody', '--cache')).toMatchObject({
      stdout: expect.stringContaining('api/wrong-type'),
      stderr: `${usual} was not written: no permission\n`,
      status: 1,
    });
  });

  test.runIf(process.getuid?.() === 0)('is one where somebody else keeps theirs, and nothing is left there', () => {
    write(`nobody/${usual}`, 'of somebody else');
    fs.chmodSync(full('nobody'), 0o1777);
    expect(runAsNobody('nobody', '--cache').stderr).toBe(`${usual} was not written: no permission\n`);
    expect(fs.readdirSync(full('nobody'))).toEqual([usual, 'a.yaml']);
  });
});
