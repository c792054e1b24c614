import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decode } from '../server/src/host/decode';
import { Disk } from '../server/src/host/disk';
import type { FarFiles } from '../server/src/host/far-files';
import { Mirror } from '../server/src/host/mirror';
import { write } from './editor';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Files of the disk, as if they were far: with each file that was sent. */
function far() {
  const sent: string[] = [];
  const full = (name: string) => path.join(folder, name);
  const files: FarFiles = {
    list: async folders =>
      folders.map(name => {
        if (!fs.existsSync(full(name)) || !fs.statSync(full(name)).isDirectory()) return null;
        const entries = fs.readdirSync(full(name), { withFileTypes: true });
        return entries.map(entry => ({ name: entry.name, isFolder: entry.isDirectory() }));
      }),
    read: async known =>
      known.map(({ path: name, stamp: before }) => {
        if (!fs.existsSync(full(name))) return {};
        const stamp = String(fs.statSync(full(name)).mtimeMs);
        if (stamp === before) return { stamp };
        sent.push(name);
        return { stamp, content: decode(fs.readFileSync(full(name))) };
      }),
  };
  return { files, sent };
}

const textsOf = (source: { list(): Iterable<string>; read(file: string): unknown }) =>
  Object.fromEntries([...source.list()].sort().map(file => [file, source.read(file)]));

const tree = {
  'a.yaml': 'a: 1\n',
  Corefile: '. {\n}\n',
  'notes.txt': 'no',
  '.gitignore': '/ignored\n*.tmp.yaml\n!kept.tmp.yaml\n',
  'ignored/a.yaml': 'no: 1\n',
  'b/ignored/a.yaml': 'a: 1\n',
  'b/x.tmp.yaml': 'no: 1\n',
  'b/kept.tmp.yaml': 'a: 1\n',
  'b/.gitignore': 'c/\n!d.tmp.yaml\n',
  'b/c/deep/a.yaml': 'no: 1\n',
  'b/d.tmp.yaml': 'a: 1\n',
  'node_modules/x/a.yaml': 'no: 1\n',
  '.git/config.yaml': 'no: 1\n',
  '.hidden/a.yml': 'a: 1\n',
};

test('a mirror has the files that a walk of the disk comes to, and holds no others', async () => {
  for (const [name, text] of Object.entries(tree)) write(folder, name, text);
  const mirror = new Mirror(far().files);
  expect(textsOf(mirror)).toEqual({});
  await mirror.renew('');
  const disk = new Disk(folder);
  expect(textsOf(mirror)).toEqual(textsOf(disk));
  const names = [
    ...Object.keys(tree),
    'new.yaml',
    'b/c/new.yaml',
    'ignored/new.yaml',
    'b/new/new.yaml',
    'b/a.tmp.yaml',
  ];
  expect(names.filter(name => mirror.holds(name))).toEqual(names.filter(name => disk.holds(name)));
  const folders = ['', 'b', 'b/ignored', '.hidden', 'a.yaml', 'node_modules', 'nowhere'];
  expect(folders.filter(name => mirror.isFolder(name))).toEqual(folders.filter(name => disk.isFolder(name)));
});

test('what is as it was is not sent again, and what is gone is gone', async () => {
  for (const [name, text] of Object.entries(tree)) write(folder, name, text);
  const { files, sent } = far();
  const mirror = new Mirror(files);
  await mirror.renew('');
  sent.length = 0;
  write(folder, 'b/e/new.yaml', 'a: 1\n');
  fs.rmSync(path.join(folder, 'a.yaml'));
  fs.rmSync(path.join(folder, '.hidden'), { recursive: true });
  await mirror.renew('');
  expect(sent.filter(name => !name.endsWith('.gitignore'))).toEqual(['b/e/new.yaml']);
  expect(textsOf(mirror)).toEqual(textsOf(new Disk(folder)));
  expect(mirror.isFolder('.hidden')).toBe(false);
});

test('what was heard of is asked for, and nothing else', async () => {
  for (const [name, text] of Object.entries(tree)) write(folder, name, text);
  const { files, sent } = far();
  const mirror = new Mirror(files);
  await mirror.hear(['a.yaml'], []);
  expect(sent).toEqual([]);
  await mirror.renew('');
  sent.length = 0;
  write(folder, 'a.yaml', 'a: 2\n');
  write(folder, 'new/b.yaml', 'b: 2\n');
  fs.rmSync(path.join(folder, 'Corefile'));
  await mirror.hear(['a.yaml', 'Corefile', 'ignored/a.yaml'], ['new', 'notes.txt', 'ignored']);
  expect(sent).toEqual(['a.yaml']);
  expect([mirror.read('a.yaml'), mirror.read('Corefile')]).toEqual([{ text: 'a: 2\n' }, undefined]);
  expect(['new', 'notes.txt'].map(name => mirror.isFolder(name))).toEqual([true, false]);
  await mirror.renew('new');
  expect(textsOf(mirror)).toEqual(textsOf(new Disk(folder)));
});

test('a .gitignore that changes is followed below its folder', async () => {
  for (const [name, text] of Object.entries(tree)) write(folder, name, text);
  const mirror = new Mirror(far().files);
  await mirror.renew('');
  write(folder, 'b/.gitignore', 'ignored/\n');
  await mirror.renew('b');
  expect(textsOf(mirror)).toEqual(textsOf(new Disk(folder)));
  fs.rmSync(path.join(folder, 'b/.gitignore'));
  await mirror.renew('b');
  expect(textsOf(mirror)).toEqual(textsOf(new Disk(folder)));
});

test('an older answer never replaces a newer one', async () => {
  write(folder, 'a.yaml', 'a: 1\n');
  const { files } = far();
  const waiting: (() => void)[] = [];
  const mirror = new Mirror({
    list: files.list,
    read: async known => {
      const answer = await files.read(known);
      if (waiting.length === 0) await new Promise<void>(resolve => waiting.push(resolve));
      return answer;
    },
  });
  const walk = mirror.renew('');
  await expect.poll(() => waiting.length).toBe(1);
  write(folder, 'a.yaml', 'a: 2\n');
  const heard = mirror.hear(['a.yaml'], []);
  await sleep(20);
  waiting[0]?.();
  await Promise.all([walk, heard]);
  expect(mirror.read('a.yaml')).toEqual({ text: 'a: 2\n' });
});

test('a folder that can not be read is named, so that nothing in it is called missing', async () => {
  write(folder, 'a.yaml', 'a: 1\n');
  write(folder, 'closed/b.yaml', 'b: 1\n');
  const { files } = far();
  const mirror = new Mirror({
    ...files,
    list: async all => (await files.list(all)).map((list, i) => (all[i] === 'closed' ? null : list)),
  });
  await mirror.renew('');
  expect(textsOf(mirror)).toEqual({
    'a.yaml': { text: 'a: 1\n' },
    closed: { unreadable: 'the folder can not be read' },
  });
  expect(mirror.isPartial).toBe(true);
});

test('one task that fails does not stop the next', async () => {
  write(folder, 'a.yaml', 'a: 1\n');
  const { files } = far();
  let isBroken = true;
  const mirror = new Mirror({
    ...files,
    list: all => (isBroken ? Promise.reject(new Error('gone')) : files.list(all)),
  });
  await expect(mirror.renew('')).rejects.toThrow('gone');
  expect(mirror.isPartial).toBe(false);
  isBroken = false;
  await mirror.renew('');
  expect(textsOf(mirror)).toEqual({ 'a.yaml': { text: 'a: 1\n' } });
});

test('of a huge folder only so much is fetched, and then nothing is missing for sure', async () => {
  const names = Array.from({ length: 10_001 }, (_, i) => `${i}.yaml`);
  let fetched = 0;
  const mirror = new Mirror({
    list: async () => [names.map(name => ({ name, isFolder: false }))],
    read: async known => {
      fetched += known.length;
      return known.map(() => ({ stamp: '1', content: { text: 'a: 1\n' } }));
    },
  });
  await mirror.renew('');
  expect([fetched, [...mirror.list()].length, mirror.isPartial]).toEqual([10_000, 10_001, true]);
});
