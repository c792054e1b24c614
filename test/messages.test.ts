import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chosen, ruleIds, rulesFolder } from '../server/scripts/rule-ids';
import { lint, situations } from './situations';

/** A list of problems shows the first line, about as much of it. */
const longestLine = 80;

const said = situations.flatMap(({ rule, files }) => lint(files, [rule]).findings);

test.each([...new Set(said.map(({ message }) => message))])('%s', message => {
  const [what = '', ...others] = message.split('\n');
  expect(others).toHaveLength(2);
  expect(what.length).toBeLessThanOrEqual(longestLine);
  expect(what).toMatch(/^['A-Z0-9].*[^.]$/);
  for (const line of others) expect(line).toMatch(/^['A-Z0-9].*\.$/);
});

test('what stands elsewhere is said in a few words, once a place', () => {
  for (const { related } of said) {
    for (const { message } of related) expect(message).toMatch(/^['A-Z0-9].{0,78}[^.]$/);
    expect(new Set(related.map(({ at }) => at)).size).toBe(related.length);
  }
});

describe('the page for users', () => {
  const wanted = ['What', 'Why', 'How to fix', 'When to ignore', 'Options', 'Since', 'Sources', 'Cases'];
  const ids = chosen(ruleIds(), process.env['RULES'] ?? '');
  test.each(ids)('of %s says what, why, and what to do, before its cases', id => {
    const sections = fs
      .readFileSync(path.join(rulesFolder, `${id}.md`), 'utf8')
      .split(/^## /m)
      .slice(1);
    expect(sections.map(section => section.split('\n')[0])).toEqual(wanted);
    for (const section of sections) expect(section.split('\n').slice(1).join('').trim()).not.toBe('');
  });
});
