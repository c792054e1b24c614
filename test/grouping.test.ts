import { describe, expect, test } from 'vitest';
import { defaultConfig, readConfig } from '../server/src/lint/config';
import { withoutCopies, withoutHabits } from '../server/src/lint/grouping';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import { defineRule, type Finding } from '../server/src/lint/rule';
import { Workspace } from '../server/src/workspace/workspace';

const everyValue = defineRule({
  id: 'test/value',
  title: 'No value',
  severity: 'warning',
  per: 'namespace',
  kinds: ['ConfigMap'],
  check(namespace, report) {
    for (const map of namespace.judged('ConfigMap')) {
      for (const value of map.at('data').entries()) {
        const said = {
          what: `'${value.string}' in '${map.name.string}'`,
          why: `It is in '${namespace.name}'.`,
          how: 'Mend it.',
        };
        report(
          value,
          said,
          value.string === 'loud' ? { severity: 'error' } : value.string === 'low' ? { severity: 'info' } : {},
        );
      }
    }
  },
});

const map = (namespace: string, name: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: ${data}\n`;

function found(files: Readonly<Record<string, string>>, config = defaultConfig) {
  const workspace = Workspace.empty.update(Object.entries(files));
  return { workspace, findings: new Linter([everyValue]).lint(workspace, config) };
}

function shown(workspace: Workspace, findings: readonly Finding[]): string[] {
  const pathOf = ({ at }: Pick<Finding, 'at'>) => workspace.placeOf(locate(at).document)?.file.path;
  return findings.map(finding => [finding, ...finding.related].map(pathOf).join(' '));
}

describe('copies of an object', () => {
  const files = {
    'a/m.yaml': map('a', 'm', '{k: v}'),
    'b/m.yaml': map('b', 'm', '{k: v}'),
    'c/m.yaml': map('c', 'm', '{k: v}'),
  };

  test('are one finding, with the others as related places', () => {
    const { workspace, findings } = found(files);
    expect(findings).toHaveLength(3);
    expect(shown(workspace, withoutCopies(findings))).toEqual(['a/m.yaml b/m.yaml c/m.yaml']);
  });

  test('are none where what is wrong is about the namespace', () => {
    const files = { 'a/m.yaml': map('a', 'm', '{k: a}'), 'b/m.yaml': map('b', 'm', '{k: b}') };
    expect(withoutCopies(found(files).findings)).toHaveLength(2);
  });

  test('have each their own errors', () => {
    const { findings } = found({
      'a/m.yaml': map('a', 'm', '{k: loud}'),
      'b/m.yaml': map('b', 'm', '{k: loud}'),
    });
    expect(withoutCopies(findings)).toBe(findings);
  });

  test.each([
    ['of another name', { ...files, 'b/m.yaml': map('b', 'other', '{k: v}') }, 2],
    ['with another fault', { ...files, 'b/m.yaml': map('b', 'm', '{k: w}') }, 2],
    ['with the fault elsewhere', { ...files, 'b/m.yaml': map('b', 'm', '{other: v}') }, 2],
    ['that have it twice', { ...files, 'b/m.yaml': map('b', 'm', '{k: v, l: v}') }, 2],
  ])('are no copies %s', (_, other, count) => {
    const { findings } = found(other);
    expect(withoutCopies(findings)).toHaveLength(count);
  });
});

describe('a habit', () => {
  const habit = defineRule({ ...everyValue, habit: true, kinds: ['ConfigMap'], per: 'namespace' });
  const of = (count: number, value: string) => {
    const files = Array.from({ length: count }, (_, i): [string, string] => [
      `m${i}.yaml`,
      map('a', `m${i}`, `{k: ${value}}`),
    ]);
    const workspace = Workspace.empty.update(files);
    return { workspace, findings: new Linter([habit]).lint(workspace, defaultConfig) };
  };

  test('is told once, with the others as related places', () => {
    const { workspace, findings } = of(6, 'v');
    const [first, ...others] = withoutHabits(workspace, findings);
    expect(others).toEqual([]);
    expect(first?.related.map(({ message }) => message)).toEqual([1, 2, 3, 4, 5].map(i => `'v' in 'm${i}'`));
    expect(
      shown(
        workspace,
        withoutHabits(workspace, findings, path => path === 'm3.yaml'),
      ),
    ).toHaveLength(2);
  });

  test('makes no fixes that nobody asks for', () => {
    let made = 0;
    const costly = defineRule({
      ...everyValue,
      habit: true,
      kinds: ['ConfigMap'],
      per: 'resource',
      check: (unit, report) =>
        report(
          unit.name,
          { what: 'A habit' },
          {
            fixes: () => {
              made++;
              return [];
            },
          },
        ),
    });
    const { workspace } = of(6, 'v');
    const [first] = withoutHabits(workspace, new Linter([costly]).lint(workspace, defaultConfig));
    expect(first?.related).toHaveLength(5);
    expect(made).toBe(0);
    expect(first?.fixes).toEqual([]);
    expect(made).toBe(1);
  });

  test('is none of a few objects, nor of errors', () => {
    const few = of(5, 'v');
    expect(withoutHabits(few.workspace, few.findings)).toBe(few.findings);
    const errors = of(9, 'loud');
    expect(withoutHabits(errors.workspace, errors.findings)).toBe(errors.findings);
  });
});

describe('what others wrote', () => {
  const values = '{a: loud, b: v, c: low}';
  const severities = (files: Readonly<Record<string, string>>, config = defaultConfig) =>
    found(files, config).findings.map(({ severity }) => severity);

  test.each([
    'app/m.yaml',
    'documents/m.yaml',
    'clusters/test/m.yaml',
    'tests/m.yaml',
    'e2e/web/m.yaml',
    'install/m.yaml',
  ])('is none of %s', path =>
    expect(severities({ [path]: map('a', 'm', values) })).toEqual(['error', 'warning', 'info']),
  );

  test.each([
    'vendor/app/m.yaml',
    'app/charts/redis/m.yaml',
    'clusters/prod/flux-system/gotk-components.yaml',
    'test/fixtures/m.yaml',
    'tests/e2e/data/m.yaml',
    'app/src/test/resources/m.yaml',
    'policies/.kyverno-test/m.yaml',
    'website/docs/m.yaml',
    '.archive/m.yaml',
  ])('has faults that are worth an information, and no advice: %s', path =>
    expect(severities({ [path]: map('a', 'm', values) })).toEqual(['info', 'info']),
  );

  test('is what a chart or a known project labels so', () => {
    const labelled = (label: string) => map('a', `m, labels: {${label}}`, values);
    expect(severities({ 'm.yaml': labelled('app.kubernetes.io/managed-by: Helm') })).toEqual(['info', 'info']);
    expect(severities({ 'm.yaml': labelled('app.kubernetes.io/part-of: argocd') })).toEqual(['info', 'info']);
    expect(severities({ 'm.yaml': labelled('app.kubernetes.io/part-of: shop') })).toHaveLength(3);
    expect(severities({ 'm.yaml': labelled('app.kubernetes.io/name: cert-manager') })).toHaveLength(3);
    expect(severities({ 'install.yaml': labelled('app.kubernetes.io/name: cert-manager') })).toHaveLength(2);
  });

  test('is judged as all else where every rule is asked for, or its level is said', () => {
    const file = { 'vendor/m.yaml': map('a', 'm', values) };
    expect(severities(file, readConfig('extends: all'))).toEqual(['error', 'warning', 'info']);
    expect(severities(file, readConfig('rules: {test/value: hint}'))).toEqual(['hint', 'hint', 'hint']);
  });
});
