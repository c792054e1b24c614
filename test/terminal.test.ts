/** What only somebody at a terminal gets: links, and how far a long run is. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ColorMode } from '../server/src/cli/color';
import { isLinked, linksFor } from '../server/src/cli/hyperlinks';
import type { Output } from '../server/src/cli/outputs';
import { Progress, progressFor } from '../server/src/cli/progress';

const { isTTY } = process.stdout;
const { isTTY: isErrorTTY } = process.stderr;
const terminal = (isThere: boolean) => {
  for (const stream of [process.stdout, process.stderr])
    Object.defineProperty(stream, 'isTTY', { value: isThere, configurable: true, writable: true });
};
const env = (values: Readonly<Record<string, string | undefined>>) => {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
};

beforeEach(() => {
  terminal(true);
  const others = ['NO_COLOR', 'FORCE_COLOR', 'FORCE_HYPERLINK', 'CI', 'NETLIFY', 'TEAMCITY_VERSION', 'TERM_PROGRAM'];
  env({ ...Object.fromEntries(others.map(name => [name, undefined])), TERM: 'xterm-256color', VTE_VERSION: '7600' });
});
afterEach(() => {
  process.stdout.isTTY = isTTY;
  process.stderr.isTTY = isErrorTTY;
  vi.unstubAllEnvs();
});

const pretty: Output = { format: 'pretty' };

describe('links', () => {
  test.each<[string, boolean, Readonly<Record<string, string | undefined>>, ColorMode?, Output?]>([
    ['a terminal that has them', true, {}],
    ['one that is not known to', false, { VTE_VERSION: undefined }],
    ['one that has none, where somebody asks for them', true, { VTE_VERSION: undefined, FORCE_HYPERLINK: '1' }],
    ['one that has them, where somebody wants none', false, { FORCE_HYPERLINK: '0' }],
    ['one that has no colours', false, { TERM: 'dumb' }],
    ['NO_COLOR', false, { NO_COLOR: '1' }],
    ['NO_COLOR, whatever else is asked for', false, { NO_COLOR: '1', FORCE_HYPERLINK: '1' }],
    ['--color never', false, { FORCE_HYPERLINK: '1' }, 'never'],
    ['--color always', true, { NO_COLOR: '1' }, 'always'],
    ['a file', false, { FORCE_HYPERLINK: '1' }, 'always', { format: 'pretty', file: 'out.txt' }],
  ])('of %s: %s', (_, has, values, mode, output = pretty) => {
    env(values);
    expect(isLinked(output, mode)).toBe(has);
  });

  test('what is no terminal has none, be it that of a service, unless somebody asks', () => {
    terminal(false);
    expect(isLinked(pretty, 'always')).toBe(false);
    env({ NETLIFY: 'true' });
    expect(isLinked(pretty, 'always')).toBe(false);
    env({ FORCE_HYPERLINK: '1' });
    expect(isLinked(pretty)).toBe(true);
  });

  test('a rule leads to its page, a place to its file, whatever that is called', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-links-'));
    const name = path.join(folder, 'a \u001b]8;;#ü%.yaml');
    fs.writeFileSync(name, '');
    const { page, file } = linksFor(pretty);
    expect(page('the rule', 'dns/default-policy').split('\u001b')).toEqual([
      '',
      expect.stringMatching(/^\]8;;https:\/\/\S+\/server\/src\/rules\/dns\/default-policy\.md$/),
      '\\the rule',
      ']8;;',
      '\\',
    ]);
    expect(file('there', name)).toBe(`\u001b]8;;${pathToFileURL(name)}\u001b\\there\u001b]8;;\u001b\\`);
    expect(file('there', name).replaceAll('\u001b]8;;', '').replaceAll('\u001b\\', '')).toMatch(/^[!-~]+$/);
    // There is no file of what came from standard input.
    expect(file('there', path.join(folder, 'stdin.yaml'))).toBe('there');
    env({ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.100.0' });
    expect(file('there', name)).toBe('there');
    expect(linksFor(pretty).page('a', 'b/c')).toContain('https://');
    env({ NO_COLOR: '1' });
    expect(linksFor(pretty).page('a', 'b/c') + linksFor(pretty).file('d', name)).toBe('ad');
    fs.rmSync(folder, { recursive: true });
  });
});

describe('progress', () => {
  test('of a long run is one line that goes away, of a short one nothing', () => {
    vi.useFakeTimers();
    const written: string[] = [];
    const progress = new Progress({ write: (text: unknown) => written.push(String(text)) > 0 });
    progress.tell(() => 'too early');
    progress.end();
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1000);
    progress.tell(() => '1 file read');
    progress.tell(() => 'too soon');
    vi.advanceTimersByTime(100);
    progress.tell(() => '2 files read');
    progress.end();
    progress.end();
    expect(written).toEqual(['\r1 file read\u001b[K', '\r2 files read\u001b[K', '\r\u001b[K']);
    vi.useRealTimers();
  });

  test('is for somebody who looks at it', () => {
    expect(progressFor({}).stream).toBe(process.stderr);
    expect(progressFor({ quiet: true }).stream).toBeUndefined();
    expect(progressFor({ watch: true }).stream).toBeUndefined();
    env({ TERM: 'dumb' });
    expect(progressFor({}).stream).toBeUndefined();
    env({ TERM: 'xterm', CI: 'true' });
    expect(progressFor({}).stream).toBeUndefined();
    env({ CI: undefined });
    terminal(false);
    expect(progressFor({}).stream).toBeUndefined();
  });
});
