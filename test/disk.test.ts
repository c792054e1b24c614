import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Disk } from '../server/src/host/disk';
import { isYoung } from '../server/src/host/stamp';

type Entry = string | Buffer | { readonly to: string };

/** A disk with these files and links. */
function disk(entries: Readonly<Record<string, Entry>>, named?: readonly string[], limit?: number): Disk {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-disk-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  for (const [name, entry] of Object.entries(entries)) {
    const full = path.join(folder, 'root', name);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    if (typeof entry === 'string' || Buffer.isBuffer(entry)) fs.writeFileSync(full, entry);
    else fs.symlinkSync(entry.to, full);
  }
  return new Disk(path.join(folder, 'root'), named, limit);
}

describe.skipIf(process.platform === 'win32')('a walk and what is asked of one file agree', () => {
  test.each<[string, Readonly<Record<string, Entry>>, readonly string[]]>([
    ['a link to a file', { 'a.yaml': '', 'b.yaml': { to: 'a.yaml' } }, ['a.yaml']],
    ['a link that comes first', { 'b.yaml': '', 'a.yaml': { to: 'b.yaml' } }, ['b.yaml']],
    ['a link to what is ignored', { '.gitignore': 'a', 'a/a.yaml': '', 'b.yaml': { to: 'a/a.yaml' } }, ['b.yaml']],
    ['a link to a file of another name', { 'a.txt': '', 'b.yaml': { to: 'a.txt' } }, ['b.yaml']],
    ['a link to a folder', { 'a/a.yaml': '', 'b.yaml': { to: 'a' }, c: { to: 'a' } }, ['a/a.yaml']],
    ['a link that leads out', { 'a.yaml': { to: '../outside.yaml' }, '../outside.yaml': '' }, ['a.yaml']],
    ['a link that a kustomization names', { 'a.yaml': '', 'b/b.yaml': { to: '../a.yaml' }, 'b/kustomization.yaml': 'resources: [b.yaml]' }, ['a.yaml', 'b/b.yaml', 'b/kustomization.yaml']],
    ['names that begin with dots', { '..data/a.yaml': '', '..a.yaml': '', 'a.yaml': { to: '..data/a.yaml' } }, ['..a.yaml', '..data/a.yaml']],
    ['a .gitignore behind a link', { '.gitignore': { to: 'i' }, i: 'a.yaml', 'a.yaml': '', 'b.yaml': '' }, ['b.yaml']],
  ])('%s', (_, entries, expected) => {
    const made = disk(entries);
    expect([...made.list()].sort()).toEqual(expected);
    const asked = [...Object.keys(entries), 'c/a.yaml'].filter(name => !name.startsWith('../') && made.holds(name));
    // A link to a folder is a file of its name to who can't look; reading it tells.
    expect(asked.filter(name => 'text' in (made.read(name) ?? {}) || expected.includes(name)).sort()).toEqual(expected);
  }); // biome-ignore format: a table
});

describe('a text', () => {
  test.each<[string, string | Buffer, unknown]>([
    ['plain', 'a: b\n', { text: 'a: b\n' }],
    ['empty', '', { text: '' }],
    ['with a byte order mark', '\uFEFFä: b', { text: 'ä: b' }],
    ['with two', '\uFEFF\uFEFFa', { text: '\uFEFFa' }],
    ['not UTF-8', Buffer.from('caf\xe9', 'latin1'), { text: 'caf\uFFFD' }],
    ['UTF-16', Buffer.from('\uFEFFä: b', 'utf16le'), { text: 'ä: b' }],
    ['UTF-16, the other way around', Buffer.from([0xfe, 0xff, 0, 97]), { unreadable: 'UTF-16 with the high byte first' }],
    ['binary', 'a\0b', { unreadable: 'not a text file' }],
    ['as large as may be', 'x'.repeat(100_000), { text: 'x'.repeat(100_000) }],
    ['larger', 'x'.repeat(100_001), { unreadable: expect.stringMatching(/^larger than/) }],
  ])('%s', (_, written, expected) => {
    // What was read before is not seen behind a shorter text.
    const made = disk({ 'long.yaml': 'y'.repeat(90_000), 'a.yaml': written }, ['.'], 100_000);
    expect(made.read('long.yaml')).toEqual({ text: 'y'.repeat(90_000) });
    expect(made.read('a.yaml')).toEqual(expected);
    expect([...made.list()].map(file => made.read(file))[0]).toEqual(expected);
  }); // biome-ignore format: a table

  test.runIf(fs.existsSync('/proc/self/status'))('is read to its end where the disk tells no size', () => {
    expect(new Disk('/proc/self').read('status')).toEqual({ text: expect.stringContaining('Pid:') });
  });
});

test.each([
  [5000.5, 5000.5, 5050, true],
  [1.5, 5000.5, 5050, true],
  [5000.5, 1.5, 5050, true],
  [5000.5, 5000.5, 5200, false],
  [5000, 4000.5, 6500, true],
  [5000, 4000.5, 7500, false],
  [9000.5, 4000.5, 7500, true],
])('a file that was modified at %d and changed at %d is young at %d: %s', (mtimeMs, ctimeMs, now, isIt) => {
  expect(isYoung(Object.assign(fs.statSync(__filename), { mtimeMs, ctimeMs }), now)).toBe(isIt);
});
