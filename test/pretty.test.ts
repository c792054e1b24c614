import pc from 'picocolors';
import { expect, test } from 'vitest';
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
  check: (unit, report) => report(unit.name, 'is found', { related: [{ at: unit.at('kind'), message: 'is here' }] }),
});

function outcome(size: number): Parameters<typeof pretty>[0] {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n'.repeat(size);
  const workspace = Workspace.empty.update([['a.yaml', text]]);
  const findings = new Linter([everyName]).lint(workspace, defaultConfig);
  expect(findings.length).toBe(size);
  const files = [...workspace.files.values()];
  const colors = pc.createColors(false);
  return { workspace, files, config: defaultConfig, findings, skipped: [], notes: [], unfollowed: [], colors };
}

test('many findings of one file cost what each of them does', () => {
  const outcomes = new Map([1000, 8000].map(size => [size, outcome(size)]));
  expectLinear('pretty', 1000, size => {
    const made = outcomes.get(size);
    if (made) pretty(made);
  });
});
