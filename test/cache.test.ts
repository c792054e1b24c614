import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { cacheOf } from '../server/src/cli/cache';
import { lintCommand } from '../server/src/cli/lint';
import type { LintOptions } from '../server/src/cli/outcome';
import { outputsOf } from '../server/src/cli/outputs';
import { say } from '../server/src/cli/say';
import { rules } from '../server/src/rules';

// A run says what was said before only while all that it would read is the same.

afterEach(() => void vi.restoreAllMocks());

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';
const sound = faulty.replace('yes', '"a"');
const off = 'rules:\n  api: off\n';
const few = ['api/wrong-type', 'yaml/syntax', 'kustomize/unlisted'];
const usual = '.kube-netlint-cache';
const isUnix = process.platform !== 'win32';

/** A repository, in a folder of its own, with files and links. */
class Place {
  readonly #top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-cache-')));
  readonly root = path.join(this.#top, 'repo');
  readonly #output = path.join(this.#top, 'output');

  constructor(files: Readonly<Record<string, string>> = { 'a.yaml': faulty, 'b/b.yaml': sound }) {
    onTestFinished(() => fs.rmSync(this.#top, { recursive: true }));
    fs.mkdirSync(this.root);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  full(name: string): string {
    return path.join(this.root, name);
  }

  read(name: string): string {
    return fs.readFileSync(this.full(name), 'utf8');
  }

  /** `-> target` makes a link. */
  write(name: string, text: string): void {
    fs.mkdirSync(path.dirname(this.full(name)), { recursive: true });
    if (text.startsWith('-> ')) {
      fs.rmSync(this.full(name), { force: true });
      fs.symlinkSync(text.slice(3), this.full(name));
    } else fs.writeFileSync(this.full(name), text);
  }

  /** Writes another text of the same length, and gives the file the time that it had. */
  change(name: string): void {
    const { atime, mtime } = fs.statSync(this.full(name));
    const text = fs.readFileSync(this.full(name), 'utf8');
    this.write(
      name,
      text.replace(/yes|"a"/, word => (word === 'yes' ? '"a"' : 'yes')),
    );
    fs.utimesSync(this.full(name), atime, mtime);
  }

  /** As main.ts does it, some seconds later, so that nothing is young. */
  async run(
    paths: readonly string[] = ['.'],
    options: Partial<LintOptions> = { cache: true },
    later = 10_000,
  ): Promise<string> {
    vi.spyOn(process, 'cwd').mockReturnValue(this.root);
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + later);
    const all: LintOptions = { format: [{ format: 'json' }], outputFile: this.#output, ...options };
    const cache = cacheOf(this.root, paths, all);
    const report = cache?.recall();
    let told = '';
    vi.spyOn(process.stderr, 'write').mockImplementation(text => {
      told += text;
      return true;
    });
    fs.rmSync(this.#output, { force: true });
    const some = rules.filter(({ id }) => few.includes(id));
    const code = report ? await say(report, outputsOf(all)) : await lintCommand(paths, all, some, { cache });
    vi.restoreAllMocks();
    return `${report ? 'kept' : 'linted'} ${code}\n${told}${fs.readFileSync(this.#output, 'utf8')}`;
  }
}

const linted = expect.stringMatching(/^linted/);
const kept = expect.stringMatching(/^kept/);

type Case = [
  what: string,
  files: Readonly<Record<string, string>> | undefined,
  change: (place: Place) => void,
  ...paths: string[],
];

const changes: Case[] = [
  ['a file is another', undefined, place => place.change('b/b.yaml')],
  ['a file is longer', undefined, place => place.write('a.yaml', `${faulty}# more\n`)],
  ['a file is touched', undefined, place => fs.utimesSync(place.full('a.yaml'), 1, 1)],
  ['a file is new', undefined, place => place.write('b/c.yaml', faulty)],
  ['a file is gone', undefined, place => fs.rmSync(place.full('b/b.yaml'))],
  ['a file has another name', undefined, place => fs.renameSync(place.full('a.yaml'), place.full('c.yaml'))],
  ['a file takes the place of another', { 'a.yaml': faulty, 'b.txt': sound }, place => {
    for (const name of ['a.yaml', 'b.txt']) fs.utimesSync(place.full(name), 1, 1);
    fs.renameSync(place.full('b.txt'), place.full('a.yaml'));
  }],
  ['a folder has another name', undefined, place => fs.renameSync(place.full('b'), place.full('c'))],
  ['a folder is a file', { 'a/a.yaml': faulty }, place => {
    fs.rmSync(place.full('a'), { recursive: true });
    place.write('a', faulty);
  }, 'a'],
  ['a .gitignore is new', undefined, place => place.write('.gitignore', 'a.yaml\n')],
  ['a .gitignore of a folder is new', undefined, place => place.write('b/.gitignore', '*\n')],
  ['a .gitignore is another', { '.gitignore': 'b\n', 'a.yaml': faulty, 'b.yaml': sound }, place => place.write('.gitignore', 'b.yaml\n')],
  ['a config file is new', undefined, place => place.write('.kube-netlint.yaml', off)],
  ['a config file is new above', undefined, place => place.write('../.kube-netlint.yaml', off)],
  ['a config file is new below', undefined, place => place.write('b/.kube-netlint.yaml', off)],
  ['a config file is another', { '../.kube-netlint.yaml': off.replace('off', 'hint'), 'a.yaml': faulty }, place => place.write('../.kube-netlint.yaml', off)],
  ['a config file is gone', { '../.kube-netlint.yaml': off, 'a.yaml': faulty }, place => fs.rmSync(place.full('../.kube-netlint.yaml'))],
  ['a config file that is ignored is new', { '.gitignore': '.kube*', 'a.yaml': faulty }, place => place.write('.kube-netlint.yaml', off)],
  ['a config file that is no file is one', { '.kube-netlint.yaml/a': '', 'a.yaml': faulty }, place => {
    fs.rmSync(place.full('.kube-netlint.yaml'), { recursive: true });
    place.write('.kube-netlint.yaml', off);
  }],
  ['a repository begins further down', { '.git/HEAD': '', 'a.yaml': faulty, 'b/b.yaml': sound }, place => place.write('b/.git/HEAD', ''), 'b/b.yaml'],
  ['a neighbour of a single file is another', { '.git/HEAD': '', 'a.yaml': faulty, 'b/b.yaml': sound }, place => place.change('a.yaml'), 'b/b.yaml'],
  ['what is not a text is one', { 'a.yaml': 'a\0' }, place => place.write('a.yaml', 'a:')],
]; // biome-ignore format: a table

const changesOfLinks: Case[] = [
  ['a link leads elsewhere', { 'a.yaml': '-> b.txt', 'b.txt': faulty, 'c.txt': sound }, place => place.write('a.yaml', '-> c.txt')],
  ['a link behind a link leads elsewhere', { 'a.yaml': '-> l', l: '-> b.txt', 'b.txt': faulty, 'c.txt': sound }, place => place.write('l', '-> c.txt')],
  ['what a link leads to is another', { 'a.yaml': '-> b.txt', 'b.txt': faulty }, place => place.change('b.txt')],
  ['what a link leads to is there', { 'a.yaml': '-> b.txt', 'b.yaml': sound }, place => place.write('b.txt', faulty)],
  ['a folder that is named is a link that leads elsewhere', { l: '-> a', 'a/a.yaml': faulty, 'b/a.yaml': sound }, place => place.write('l', '-> b'), 'l'],
  ['a file in a folder that is a link that leads elsewhere', { l: '-> a', 'a/a.txt': faulty, 'b/a.txt': sound }, place => place.write('l', '-> b'), 'l/a.txt'],
  ['a kustomization lists a link', { 'a/a.yaml': faulty, 'b/a.yaml': '-> ../a/a.yaml', 'b/kustomization.yaml': 'resources: []' }, place => place.write('b/kustomization.yaml', 'resources: [a.yaml]')],
  ['the right to read is gone', undefined, place => fs.chmodSync(place.full('a.yaml'), 0)],
]; // biome-ignore format: a table

describe('a run is new when', () => {
  test.each([...changes, ...(isUnix ? changesOfLinks : [])])('%s', async (_, files, change, ...paths) => {
    const place = new Place(files);
    const named = paths.length > 0 ? paths : undefined;
    const before = await place.run(named);
    expect(before).toEqual(linted);
    expect(await place.run(named)).toBe(before.replace('linted', 'kept'));
    change(place);
    const after = await place.run(named);
    expect(after).toEqual(linted);
    expect(await place.run(named, {})).toBe(after);
  });

  test.each<[Partial<LintOptions>]>([
    [{ format: [{ format: 'pretty' }] }],
    [{ severity: 'hint' }],
    [{ maxWarnings: 0 }],
    [{ kubernetes: '1.36' }],
    [{ config: 'c' }],
  ])('it is asked for %j', async options => {
    const place = new Place({ 'a.yaml': faulty, c: off });
    await place.run();
    expect(await place.run(['.'], { ...options, cache: true })).toEqual(linted);
    expect(await place.run(['.'], { ...options, cache: true })).toEqual(kept);
    place.write('c', off.replace('off', 'hint'));
    expect(await place.run(['.'], { ...options, cache: true })).toEqual('config' in options ? linted : kept);
  });

  test('other paths are named, or the same in another order', async () => {
    const place = new Place();
    await place.run(['a.yaml', 'b']);
    expect(await place.run(['a.yaml', 'b'])).toEqual(kept);
    expect(await place.run(['b', 'a.yaml'])).toEqual(linted);
    expect(await place.run(['a.yaml'])).toEqual(linted);
  });
});

test('what is printed in colours, or with links, is another thing', () => {
  const place = new Place();
  const keyOf = (isTTY: boolean, options: Partial<LintOptions> = {}) => {
    Object.defineProperty(process.stdout, 'isTTY', { value: isTTY, configurable: true, writable: true });
    return cacheOf(place.root, ['.'], { cache: true, ...options })?.key;
  };
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
  vi.stubEnv('NO_COLOR', '').stubEnv('FORCE_COLOR', undefined).stubEnv('TERM', 'xterm');
  const { isTTY } = process.stdout;
  expect(keyOf(true)).not.toBe(keyOf(false));
  expect(keyOf(true, { outputFile: 'x' })).toBe(keyOf(false));
  vi.stubEnv('FORCE_HYPERLINK', '1');
  const linked = keyOf(true);
  vi.stubEnv('FORCE_HYPERLINK', '0');
  expect(keyOf(true)).not.toBe(linked);
  process.stdout.isTTY = isTTY;
  vi.unstubAllEnvs();
});

test.runIf(isUnix)('a link that leads out counts, be it to the same file', async () => {
  const place = new Place({ 'a.yaml': '-> l', l: '-> b.txt', 'b.txt': faulty });
  fs.linkSync(place.full('b.txt'), place.full('../b.txt'));
  await place.run();
  place.write('l', '-> ../b.txt');
  expect(await place.run()).toMatch(/^linted 0.*a link that leads out of the folder/s);
});

test('a config file counts that decides for what is named elsewhere alone', async () => {
  const ignore = 'ignore: ["**"]\n';
  const place = new Place({
    'a/.kube-netlint.yaml': ignore,
    'a/kustomization.yaml': 'resources: [../b/b.yaml]\n',
    'b/c': '',
  });
  const before = await place.run(['a']);
  expect(before).toContain('not followed');
  expect(await place.run(['a'])).toBe(before.replace('linted', 'kept'));
  place.write('b/.kube-netlint.yaml', ignore);
  expect(await place.run(['a'])).not.toContain('not followed');
});

test('a run is not new when what is not read is new or another', async () => {
  const place = new Place({ '.gitignore': 'c\n', 'a.yaml': faulty, 'c/c.yaml': sound });
  await place.run();
  place.write('README.md', '# It');
  place.write('c/c.yaml', faulty);
  place.write('c/d.yaml', faulty);
  place.write('node_modules/a.yaml', faulty);
  expect(await place.run()).toEqual(kept);
});

test('what could not be read is tried again', async () => {
  const place = new Place({ 'a.yaml': 'a\0', 'b/b.yaml': sound });
  await place.run();
  const text = place.read(usual);
  expect(text).toContain('"skipped":[{"file":"a.yaml","reason":"not a text file"}]');
  place.write(usual, text.replace('"reason":"not a text file"', '"reason":"EIO"'));
  expect(await place.run()).toEqual(linted);
});

describe('a cache that is none', () => {
  test.each<[string, (text: string) => string]>([
    ['empty', () => ''],
    ['cut off', text => text.slice(0, -20)],
    ['cut off in its key', text => text.slice(0, 20)],
    ['of its key alone', text => text.slice(0, text.indexOf('\n') + 1)],
    ['foreign', () => '[{"results":[]}]\n'],
    ['binary', text => `\0${text}`],
    ['of another version', text => text.replace(/^\[\["[^"]+"/, '[["0.0.1"')],
    ['without a text', text => text.replace(/"texts":\["/, '"texts":1,"other":["')],
    ['with another exit code', text => text.replace(/"code":1/, '"code":"1"')],
    ['with other failures', text => text.replace(/"failures":\[\]/, '"failures":[1]')],
    ['without failures', text => text.replace(/"failures":\[\]/, '"failures":{}')],
    ['with no answers', text => text.replace(/"looked":\[/, '"looked":[1,')],
    ['too large', text => text + ' '.repeat(65 * 1024 * 1024)],
  ])('%s: is made anew', async (_, change) => {
    const place = new Place();
    const before = await place.run();
    const text = place.read(usual);
    expect(change(text)).not.toBe(text);
    place.write(usual, change(text));
    expect(await place.run()).toBe(before);
    expect(await place.run()).toEqual(kept);
    expect(place.read(usual)).toBe(text);
  });
});

describe('a young file', () => {
  test('is not trusted, and then nothing is kept', async () => {
    const place = new Place();
    expect(await place.run(['.'], { cache: true }, -10_000)).toEqual(linted);
    expect(fs.existsSync(place.full(usual))).toBe(false);
    await place.run();
    fs.utimesSync(place.full('a.yaml'), 4e9, 4e9);
    expect(await place.run()).toEqual(linted);
    expect(await place.run()).toEqual(linted);
  });

  test.runIf(isUnix)('may be one that a link leads to', async () => {
    const place = new Place({ 'a.yaml': '-> b.txt', 'b.txt': faulty });
    fs.utimesSync(place.full('b.txt'), 4e9, 4e9);
    await place.run();
    expect(fs.existsSync(place.full(usual))).toBe(false);
  });

  test('may be a config file', async () => {
    const place = new Place({ '../.kube-netlint.yaml': off, 'a.yaml': faulty });
    fs.utimesSync(place.full('../.kube-netlint.yaml'), 4e9, 4e9);
    await place.run();
    expect(await place.run()).toEqual(linted);
  });
});

test('a folder without files has nothing to keep: its key could be guessed', async () => {
  const place = new Place({ 'README.md': '' });
  await place.run();
  expect(fs.existsSync(place.full(usual))).toBe(false);
});
