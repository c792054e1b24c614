import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lintCommand } from '../server/src/cli/lint';
import type { LintOptions } from '../server/src/cli/outcome';
import { rules } from '../server/src/rules';
import { open, profiles, until, write } from './editor';

// What was known when a baseline was written is not told again, on either face, and what is new is.

const usual = '.kube-netlint-baseline.json';
const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';
const other = faulty.replace('settings', 'others');
const broken = 'apiVersion: v1\nkind: "Service\n';

let root = '';
beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-baseline-')));
  write(root, '.git/HEAD', '');
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(root, { recursive: true });
});

const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');
const few = rules.filter(({ id }) => id === 'api/wrong-type');

/** A run in a folder: what it prints, says beside it, and ends with. */
async function run(options: LintOptions = {}, paths: readonly string[] = ['.'], within = '') {
  vi.spyOn(process, 'cwd').mockReturnValue(path.join(root, within));
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text, ...more: unknown[]) => {
      said[stream] += text;
      for (const done of more) if (typeof done === 'function') done();
      return true;
    });
  }
  try {
    const code = await lintCommand(paths, { format: [{ format: 'compact' }], ...options }, few);
    return { ...said, code };
  } catch (error) {
    return { ...said, stderr: String(error), code: 2 };
  } finally {
    vi.restoreAllMocks();
  }
}

const silent = { stdout: '', stderr: '', code: 0 };
const with1 = { baseline: usual };

describe('a baseline', () => {
  beforeEach(async () => {
    write(root, 'app/a.yaml', faulty);
    write(root, 'app/broken.yaml', broken);
    expect((await run()).code).toBe(1);
    const said = `Wrote 2 known findings to ${usual}: name it in the config file (baseline: ${usual}), or with --baseline.\n`;
    expect(await run({ writeBaseline: true })).toEqual({ ...silent, stdout: said });
  });

  test('is known again from anywhere, whatever moves', async () => {
    expect(await run(with1)).toEqual(silent);
    write(root, '.kube-netlint.yaml', `baseline: ${usual}\n`);
    for (const within of ['', 'app']) expect(await run({}, ['.'], within)).toEqual(silent);
    expect(await run({}, ['app/a.yaml'])).toEqual(silent);
    write(root, 'app/a.yaml', `# more\n\n${faulty}`);
    write(root, 'app/broken.yaml', `# more\n${broken}`);
    expect(await run()).toEqual(silent);
    write(root, 'elsewhere/b.yaml', faulty);
    fs.rmSync(path.join(root, 'app/a.yaml'));
    expect(await run()).toEqual(silent);
    expect(JSON.parse((await run({ format: [{ format: 'json' }] })).stdout)).toMatchObject({ findings: [], known: 2 });
  });

  test('knows nothing that is new', async () => {
    write(root, 'app/b.yaml', other);
    write(root, 'broken.yaml', broken);
    const { stdout, code } = await run(with1);
    expect({ code, files: stdout.match(/^[^:]+/gm) }).toEqual({ code: 1, files: ['app/b.yaml', 'broken.yaml'] });
  });

  test('is written anew in its own place, what it knew included', async () => {
    write(root, 'app/b.yaml', other);
    expect((await run({ writeBaseline: true, ...with1 })).stdout).toBe(`Wrote 3 known findings to ${usual}.\n`);
    expect(await run(with1)).toEqual(silent);
    expect(read(usual).match(/^ {4}\{"file":"app\/.*\},?$/gm)).toHaveLength(3);
  });

  test('tells of entries that nothing is found for any more, and takes them out', async () => {
    write(root, 'app/a.yaml', faulty.replace('yes', '"yes"'));
    const { stderr, code } = await run(with1);
    expect({ stderr, code }).toEqual({
      stderr: `${usual}: nothing is found any more for 1 entry; --prune-baseline takes what is stale out\n`,
      code: 0,
    });
    const before = read(usual);
    // Of what was not looked at, nothing can be said.
    expect(await run({ ...with1, pruneBaseline: true }, ['app/broken.yaml'])).toEqual(silent);
    expect(await run({ ...with1, pruneBaseline: true, select: ['yaml'] })).toEqual(silent);
    expect(read(usual)).toBe(before);
    expect((await run({ ...with1, pruneBaseline: true })).stderr).toBe(`1 entry taken out of ${usual}\n`);
    expect(read(usual)).not.toContain('api/wrong-type');
    expect(await run(with1)).toEqual(silent);
    fs.rmSync(path.join(root, 'app/broken.yaml'));
    expect((await run(with1, ['app/a.yaml'])).stderr).toContain('1 entry;');
  });

  test('keeps --fix from what it knows', async () => {
    write(root, 'app/b.yaml', other);
    await run({ ...with1, fix: true });
    expect(read('app/a.yaml')).toBe(faulty);
    expect(read('app/b.yaml')).toContain('"yes"');
  });
});

describe('one sentence and exit code 2 for', () => {
  test.each([
    ['none', undefined, 'there is no such file'],
    ['one of another version', '{"baseline": 2, "known": []}', 'it is a baseline of version 2, and this reads 1'],
    ['what is none', '{"version": 1, "findings": []}', 'it is no baseline'],
    ['what is no JSON', 'known: []', 'it is no baseline'],
    ['an entry that is none', '{"baseline": 1, "known": [{"rule": "x"}]}', 'an entry of it lacks its rule,'],
    ['what is no text', '\0', 'not a text file'],
  ])('%s', async (_, text, reason) => {
    write(root, 'a.yaml', faulty);
    if (text !== undefined) write(root, usual, text);
    const named = await run(with1);
    expect(named).toMatchObject({
      stdout: '',
      code: 2,
      stderr: expect.stringContaining(`${usual} was not read: ${reason}`),
    });
    write(root, '.kube-netlint.yaml', `baseline: ${usual}\n`);
    const inConfig = await run();
    expect(inConfig).toMatchObject({ stdout: '', code: 2 });
    for (const { stderr } of [named, inConfig]) expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each([
    ['a manifest', 'a.yaml'],
    ['another JSON file', 'package.json'],
    ['a folder', 'app'],
  ])('writing over %s', async (_, name) => {
    write(root, 'a.yaml', faulty);
    write(root, 'package.json', '{"name": "x"}');
    write(root, 'app/b.yaml', other);
    const { stdout, code, stderr } = await run({ writeBaseline: name });
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toContain(`${name} was not written: `);
    expect([read('a.yaml'), read('package.json')]).toEqual([faulty, '{"name": "x"}']);
  });
});

test('one that is empty, or of another version, may be written over, and one in a folder of its own', async () => {
  write(root, 'a.yaml', faulty);
  for (const text of ['', '{"baseline": 7}']) {
    write(root, 'ci/known.json', text);
    expect(await run({ writeBaseline: 'ci/known.json' })).toMatchObject({ code: 0, stderr: '' });
  }
  expect(read('ci/known.json')).toContain('"file":"../a.yaml"');
  expect(await run({ baseline: 'ci/known.json' })).toEqual(silent);
});

test('objects of one name in other namespaces are other objects, numbers are not', async () => {
  const port = (namespace: string, number: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: ${namespace}}\ndata: {port: ${number}}\n`;
  write(root, 'a.yaml', port('shop', '80'));
  await run({ writeBaseline: true });
  write(root, 'a.yaml', port('shop', '8080'));
  expect(await run(with1)).toEqual(silent);
  write(root, 'a.yaml', port('bank', '80'));
  expect((await run(with1)).code).toBe(1);
});

test('an editor is silent about what is known, and follows the baseline', async () => {
  write(root, 'a.yaml', faulty);
  await run({ writeBaseline: true });
  const text = read(usual);
  fs.rmSync(path.join(root, usual));
  write(root, '.kube-netlint.yaml', `baseline: ${usual}\n`);
  write(root, 'b.yaml', other);
  const editor = await open(profiles['VS Code'] ?? {}, {}, { rules: few, folder: root });
  const isTold = (name: string, count: number) => () => editor.messages(name).length === count;
  await until(() => isTold('a.yaml', 1)() && isTold('b.yaml', 1)());
  write(root, usual, text);
  await editor.changed(usual, 1);
  await until(isTold('a.yaml', 0));
  expect(editor.messages('b.yaml')).toHaveLength(1);
  expect(editor.statuses.at(-1)).toMatchObject({
    text: '1 finding',
    detail: expect.stringMatching(/^\d files read, 1 known finding is in the baseline$/),
  });
  expect(await editor.actions('a.yaml', 5, 12)).toEqual([]);
  write(root, usual, text.replace('settings', 'gone'));
  await editor.changed(usual, 2);
  await until(isTold('a.yaml', 1));
  await until(() => editor.statuses.at(-1)?.detail?.endsWith('files read') === true);
});
