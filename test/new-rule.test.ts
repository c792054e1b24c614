import * as path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { rulesFolder } from '../server/scripts/rule-ids';
import { scaffoldOf } from '../server/scripts/scaffold/texts';
import type { AnyRule } from '../server/src/lint/rule';
import { diffsOf, marksOf, readPage, run } from './spec';

describe('what a new rule begins as', async () => {
  const id = 'service/odd-thing';
  const scaffold = scaffoldOf(id);
  const rule = await loaded(scaffold.rule, path.join(rulesFolder, 'service'));
  const page = readPage(scaffold.page);

  test('has its id', () => expect(rule.id).toBe(id));

  test.each(page.cases)('$title', ({ files, expected, diffs }) => {
    const result = run(files, [rule]);
    expect(result.failures).toEqual([]);
    expect(marksOf(result)).toEqual(expected);
    expect(diffsOf(result)).toEqual(diffs);
  });

  test('shows a finding, a fix and silence', () => {
    expect(page.cases.map(({ expected }) => expected.length)).toEqual([1, 0]);
    expect(page.cases.map(({ diffs }) => diffs.length)).toEqual([1, 0]);
  });

  test('is a page that an update leaves alone', () => expect(page.rewritten(rule)).toBe(scaffold.page));
});

/** The rule of a module that is not written: its imports are found as if it lay in this folder. */
async function loaded(contents: string, resolveDir: string): Promise<AnyRule> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const module: { readonly default: AnyRule } = await import(`data:text/javascript;base64,${code}`);
  return module.default;
}
