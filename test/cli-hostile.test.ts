import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../server/src/lint/config';
import { commandLine } from './command-line';

// A repository may hold anything, and who lints it did not write it.

const { folder, write, run, runAsNobody } = commandLine();
const isUnix = process.platform !== 'win32';

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';
const fixed = faulty.replace('yes', '"yes"');

const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
const link = (target: string, name: string) => fs.symlinkSync(target, path.join(folder, name));
const fifo = (name: string) => execFileSync('mkfifo', [path.join(folder, name)]);

function json(where: string, ...args: readonly string[]) {
  const { stdout, stderr, status } = run(where, '--format', 'json', ...args);
  const output: { findings: { file: string }[]; skipped: { file: string; reason: string }[] } = JSON.parse(stdout);
  return { files: output.findings.map(({ file }) => file), skipped: output.skipped, stderr, status };
}

describe.runIf(isUnix)('links', () => {
  test('lead nowhere out of the folder, neither to read nor to write', () => {
    const outside = write('out/outside/o.yaml', faulty);
    write('out/repo/b.yaml', faulty);
    link('../outside/o.yaml', 'out/repo/a.yaml');
    link('a.yaml', 'out/repo/chain.yaml');
    link('../outside', 'out/repo/folder');
    link(outside, 'out/repo/absolute.yaml');
    const reason = 'a link that leads out of the folder';
    const skipped = ['a.yaml', 'absolute.yaml', 'chain.yaml'].map(file => ({ file, reason }));
    expect(json('out/repo')).toMatchObject({ files: ['b.yaml'], skipped, status: 1 });
    expect(json('out', 'repo').files).toEqual(['repo/b.yaml']);
    expect(run('out/repo', '--fix', '.').status).toBe(0);
    expect(run('out', '--fix', 'repo', 'repo/a.yaml')).toMatchObject({
      status: 2,
      stderr: `repo/a.yaml was not read: ${reason}\n`,
    });
    expect(read('out/outside/o.yaml')).toBe(faulty);
    expect(read('out/repo/b.yaml')).toBe(fixed);
  });

  test('through a folder lead out as little, where a kustomization names what is behind them', () => {
    write('render/outside/o.yaml', faulty.replace('settings', 'outside'));
    write('render/repo/.git/HEAD', '');
    write('render/repo/kustomization.yaml', 'resources: [folder/o.yaml, a.yaml]\n');
    write('render/repo/a.yaml', faulty);
    link('../outside', 'render/repo/folder');
    const { stdout, stderr } = run('render/repo', 'render', '.');
    expect(stdout).not.toContain('outside');
    expect(stderr).toContain("resources[0] 'folder/o.yaml'");
  });

  test('are other names of one file, which counts once, and is fixed under its own', () => {
    write('twin/x.yaml', faulty);
    link('x.yaml', 'twin/a-twin.yaml');
    link('../twin/x.yaml', 'twin/z-twin.yaml');
    expect(json('twin').files).toEqual(['x.yaml']);
    expect(json('twin', 'x.yaml', '.').files).toEqual(['x.yaml']);
    expect(run('twin', '--fix', '.')).toMatchObject({ status: 0, stderr: '' });
    expect(read('twin/x.yaml')).toBe(fixed);
    expect(fs.lstatSync(path.join(folder, 'twin/a-twin.yaml')).isSymbolicLink()).toBe(true);
  });

  test('to what no walk meets are read, once, and never written through', () => {
    write('hidden/.gitignore', 'real/\n');
    write('hidden/real/x.yaml', faulty);
    link('real/x.yaml', 'hidden/a.yaml');
    link('real/x.yaml', 'hidden/b.yaml');
    expect(json('hidden').files).toEqual(['a.yaml']);
    expect(run('hidden', '--fix', '.').status).toBe(1);
    expect(run('hidden', '--fix', 'a.yaml').status).toBe(1);
    expect(read('hidden/real/x.yaml')).toBe(faulty);
  });

  test('that a kustomization lists are part of its build', () => {
    const ports =
      'apiVersion: v1\nkind: Service\nmetadata: {name: d}\nspec: {selector: {app: d}, ports: [{port: 80},{port: 81}]}\n';
    write('listed/base/x.yaml', ports);
    write('listed/base/kustomization.yaml', 'resources: [x.yaml]\n');
    write('listed/prod/kustomization.yaml', 'resources: [sub/x.yaml]\nnamespace: prod\n');
    fs.mkdirSync(path.join(folder, 'listed/prod/sub'));
    link('../../base/x.yaml', 'listed/prod/sub/x.yaml');
    expect(json('listed').files).toEqual(expect.arrayContaining(['base/x.yaml', 'prod/sub/x.yaml']));
    expect(run('listed').stdout).not.toContain('not followed');
  });
});

describe.runIf(isUnix)('what is no regular file', () => {
  test('is left out, whatever it is called', () => {
    write('fifo/a.yaml', faulty);
    fifo('fifo/b.yaml');
    fifo('fifo/Kustomization');
    fifo('fifo/.gitignore');
    link('/dev/zero', 'fifo/zero.yaml');
    const reason = 'not a regular file';
    expect(json('fifo')).toMatchObject({
      files: ['a.yaml'],
      skipped: [
        { file: '.gitignore', reason },
        { file: 'Kustomization', reason },
        { file: 'b.yaml', reason },
        { file: 'zero.yaml', reason: 'a link that leads out of the folder' },
      ],
      status: 1,
    });
    expect(run('fifo', 'render', '.').status).toBe(2);
  });

  test('is no .gitignore through a link', () => {
    write('zero/a.yaml', faulty);
    link('/dev/zero', 'zero/.gitignore');
    expect(json('zero')).toMatchObject({ files: ['a.yaml'], skipped: [{ file: '.gitignore' }] });
  });

  test.each(['a FIFO', '/dev/zero', 'a folder'])('is no config file: %s', what => {
    const name = what.replaceAll(/\W/g, '');
    write(`config/${name}/sub/a.yaml`, faulty);
    const config = `config/${name}/.kube-netlint.yaml`;
    if (what === 'a FIFO') fifo(config);
    else if (what === 'a folder') fs.mkdirSync(path.join(folder, config));
    else link(what, config);
    const { files, stderr, status } = json(`config/${name}`);
    expect({ files, status }).toEqual({ files: ['sub/a.yaml'], status: 2 });
    expect(stderr).toMatch(/^\S+\/\.kube-netlint\.yaml was not read, so all is as it is by default: /);
    expect(run(`config/${name}`, '--config', '.kube-netlint.yaml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('.kube-netlint.yaml was not read: '),
    });
  });

  test('is refused where it is named', () => {
    write('named/a.yaml', faulty);
    fifo('named/pipe');
    const { files, stderr, status } = json('named', 'pipe', 'a.yaml');
    expect({ files, stderr, status }).toEqual({
      files: ['a.yaml'],
      stderr: 'pipe was not read: not a regular file\n',
      status: 2,
    });
    expect(run('named', '/dev/zero').stderr).toBe('/dev/zero was not read: not a regular file\n');
    expect(run('named', 'connectivity', 'pipe')).toMatchObject({
      status: 2,
      stderr: 'kube-netlint: pipe was not read: not a regular file\n',
    });
  });
});

describe('globs that would take for ever', () => {
  const deep = `globs/${'a/'.repeat(60)}`;

  test('of a .gitignore are left out', () => {
    write(`${deep}a.yaml`, faulty);
    write('globs/b.yaml', faulty);
    write('globs/.gitignore', `${'**/a/'.repeat(12)}b\nb.yaml\n`);
    expect(json('globs').files).toEqual([`${'a/'.repeat(60)}a.yaml`]);
  });

  test.each(['**/a/'.repeat(12), '*a'.repeat(8), '+(+(a))b', '(a+)+b', '{a,a}'.repeat(40), '[a]+'.repeat(9)])(
    'of a config file are named: %s',
    glob => {
      write(`glob/${'a'.repeat(200)}.yaml`, faulty);
      write('glob/.kube-netlint.yaml', `ignore: ["${glob}b"]\nscopes: [{name: s, paths: ["*"]}]\n`);
      const { stderr, status } = run('glob');
      expect({ stderr, status }).toMatchObject({
        stderr: expect.stringContaining('.kube-netlint.yaml:1: This glob could take too long to match. '),
        status: 2,
      });
      expect(readConfig(`ignore: ["${glob}b"]`).ignores('a'.repeat(200))).toBe(false);
    },
  );
});

describe('what can not be read', () => {
  test('is an error where it is named', () => {
    write('large/a.yaml', `# ${'x'.repeat(11 * 1024 * 1024)}\n`);
    expect(run('large', 'a.yaml')).toMatchObject({
      status: 2,
      stderr: 'a.yaml was not read: larger than 10 MB\n',
    });
    expect(run('large')).toMatchObject({ status: 0, stdout: expect.stringContaining('1 file not analysed') });
  });

  test('because it is too much for its reader leaves the others to be linted', () => {
    write('much/a.yaml', faulty);
    write('much/b.yaml', `${fixed}---\n${fixed}...\n${'\n'.repeat(8_400_000)}`);
    expect(json('much').files).toEqual(['a.yaml']);
  });

  test.runIf(isUnix)('for want of a right is named, and an error where it was named', () => {
    fs.chmodSync(write('rights/secret.yaml', faulty), 0);
    write('rights/closed/a.yaml', faulty);
    fs.chmodSync(path.join(folder, 'rights/closed'), 0);
    const reason = 'no permission';
    const { stdout, status } = runAsNobody('rights', '--format', 'json');
    expect(JSON.parse(stdout).skipped).toEqual([
      { file: 'closed', reason },
      { file: 'secret.yaml', reason },
    ]);
    expect(status).toBe(0);
    for (const name of ['closed', 'secret.yaml']) {
      expect(runAsNobody('rights', name)).toMatchObject({ status: 2, stderr: `${name} was not read: ${reason}\n` });
    }
  });

  test.runIf(process.platform === 'linux')('for its name is named', () => {
    write('names/a.yaml', faulty);
    fs.writeFileSync(Buffer.from(`${folder}/names/caf\xe9.yaml`, 'latin1'), faulty);
    fs.mkdirSync(Buffer.from(`${folder}/names/caf\xe9`, 'latin1'));
    const reason = 'its name is not UTF-8';
    expect(json('names')).toMatchObject({
      files: ['a.yaml'],
      skipped: [
        { file: 'caf\uFFFD', reason },
        { file: 'caf\uFFFD.yaml', reason },
      ],
    });
  });

  test.runIf(isUnix)('does not keep the others from being fixed', () => {
    fs.chmodSync(write('readonly/a.yaml', faulty), 0o444);
    fs.chmodSync(write('readonly/b.yaml', faulty), 0o666);
    const { stdout, stderr, status } = runAsNobody('readonly', '--fix', '.');
    expect({ stderr, status }).toEqual({ stderr: 'a.yaml was not fixed: no permission to write it\n', status: 2 });
    expect(stdout).toContain('a.yaml:6:12');
    expect(read('readonly/b.yaml')).toBe(fixed);
  });
});

test.runIf(isUnix)('a name that begins with two dots is inside', () => {
  write('dots/..data/a.yaml', faulty);
  link('..data/a.yaml', 'dots/a.yaml');
  expect(json('dots').files).toEqual(['..data/a.yaml']);
  expect(run('dots', '--fix', '.').status).toBe(0);
  expect(read('dots/..data/a.yaml')).toBe(fixed);
});
