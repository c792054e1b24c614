import pc from 'picocolors';
import { expect, test } from 'vitest';
import { noLinks } from '../server/src/cli/hyperlinks';
import { pretty } from '../server/src/cli/pretty';
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { defineRule } from '../server/src/lint/rule';
import { Workspace } from '../server/src/workspace/workspace';
import { expectLinear } from './growth';

const everyName = defineRule({
  id: 'test/rule',
  title: 'A test',
  severity: 'warning',
  per: 'resource',
  kinds: ['ConfigMap'],
  check: (unit, report) => {
    const message = { what: 'It is found', why: 'It matters '.repeat(20).trim(), how: 'Mend it.' };
    report(unit.name, message, { related: [{ at: unit.at('kind'), message: 'is here' }] });
  },
});

function outcome(size: number): Parameters<typeof pretty>[0] {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n'.repeat(size);
  const workspace = Workspace.empty.update([['a.yaml', text]]);
  const findings = new Linter([everyName]).lint(workspace, defaultConfig);
  expect(findings.length).toBe(size);
  const files = [...workspace.files.values()];
  const colors = pc.createColors(false);
  return {
    workspace,
    files,
    config: defaultConfig,
    findings,
    skipped: [],
    notes: [],
    unfollowed: [],
    colors,
    links: noLinks,
    width: 100,
    all: true,
  };
}

test('many findings of one file cost what each of them does', () => {
  const outcomes = new Map([1000, 8000].map(size => [size, outcome(size)]));
  expectLinear('pretty', 1000, size => {
    const made = outcomes.get(size);
    if (made) pretty(made);
  });
});

test('what a rule says more than five times is counted, unless all is asked for', () => {
  const made = outcome(7);
  const whole = pretty(made);
  const folded = pretty({ ...made, all: false });
  expect(whole.match(/It is found/g)).toHaveLength(7);
  expect(folded.match(/It is found/g)).toHaveLength(5);
  expect(folded).toContain('\ntest/rule: 2 more, see all with --all\n');
  expect(folded).toContain('7 warnings in 1 file of 1');
  expect(pretty({ ...outcome(5), all: false })).toBe(pretty(outcome(5)));
});

test('a message stands above and below its line, as wide as the terminal', () => {
  const lines = pretty({ ...outcome(1), width: 40 }).split('\n');
  expect(lines[1]).toBe('  It is found');
  expect(lines.filter(line => line.includes('matters')).length).toBeGreaterThan(4);
  expect(lines.every(line => line.length <= 40)).toBe(true);
  expect(lines.indexOf('  Mend it.')).toBeGreaterThan(lines.indexOf('  | ^') + 1);
});

test('places and rules lead somewhere, where a terminal has links', () => {
  const links = { page: (text: string, rule: string) => `<${text}|${rule}>`, file: (text: string) => `{${text}}` };
  const lines = pretty({ ...outcome(1), links }).split('\n');
  expect(lines[0]).toBe('{a.yaml:3:18} warning <test/rule|test/rule>');
  expect(lines.filter(line => line.includes('= {'))).toEqual(['  = {a.yaml:2}: is here']);
});
