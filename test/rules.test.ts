/// <reference types="vite/types/importMeta.d.ts" />
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chosen, ruleIds, rulesFolder } from '../server/scripts/rule-ids';
import type { AnyRule } from '../server/src/lint/rule';
import { diffsOf, marksOf, readPage, run } from './spec';

const root = path.resolve(__dirname, '..');
const wanted = process.env['RULES'] ?? ''; // an area or the id of a rule, to run a part
const isUpdate = process.env['UPDATE'] === '1';

/** Read from the folders rather than from the index, so that a new rule is tested before it is listed. */
const ids = chosen(ruleIds(), wanted);

/** Vite knows these as imports of this file, so that a watching run notices a rule that changes. */
const modules = import.meta.glob<AnyRule>('../server/src/rules/*/*.ts', { import: 'default' });

for (const id of ids) {
  describe(id, async () => {
    const rule = await modules[`../server/src/rules/${id}.ts`]?.();
    if (rule === undefined) throw new Error(`${id} is newer than this watching run: start it again.`);
    const pages = [`server/src/rules/${id}.md`, `test/cases/${id}.md`].filter(file =>
      fs.existsSync(path.join(root, file)),
    );
    test('is named as its file', () => expect(rule.id).toBe(id));
    for (const file of pages) testPage(rule, path.join(root, file));
    if (!isUpdate) test('has a flagged and a silent case, and shows what its fixes change', () => checkPage(rule, id));
  });
}

function testPage(rule: AnyRule, file: string): void {
  const text = fs.readFileSync(file, 'utf8');
  const page = readPage(text);
  if (isUpdate) {
    test(`updates ${path.relative(root, file)}`, () => {
      const rewritten = page.rewritten(rule);
      if (rewritten !== text) fs.writeFileSync(file, rewritten);
    });
    return;
  }
  for (const { title, line, files, expected, diffs } of page.cases) {
    const place = `${path.relative(root, file)}:${line}`;
    test(title, () => {
      const result = run(files, [rule]);
      expect(result.failures, place).toEqual([]);
      expect([...marksOf(result)].sort(), place).toEqual([...expected].sort());
      expect(diffsOf(result), place).toEqual(diffs);
    });
  }
}

function checkPage(rule: AnyRule, id: string): void {
  const { cases } = readPage(fs.readFileSync(path.join(rulesFolder, `${id}.md`), 'utf8'));
  expect(cases.some(({ expected }) => expected.length > 0)).toBe(true);
  expect(cases.some(({ expected }) => expected.length === 0)).toBe(true);
  const offered = cases.flatMap(({ files }) => run(files, [rule]).findings.map(({ fixes }) => fixes));
  if (offered.flat().length > 0) expect(cases.some(({ diffs }) => diffs.length > 0)).toBe(true);
  // A menu cuts off what is longer, and shows what begins alike as the same.
  expect(offered.flat().filter(({ title }) => title.length > longestTitle)).toEqual([]);
  for (const fixes of offered) expect(new Set(fixes.map(({ title }) => title)).size).toBe(fixes.length);
}

const longestTitle = 60;
