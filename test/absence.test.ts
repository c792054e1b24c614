import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { type AnyRule, defineRule } from '../server/src/lint/rule';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import { inDoubt } from './doubt';
import { lint, seen, situations } from './situations';

const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
const service = object('Service', 'web');

/** Says that a Service lacks a ConfigMap of its name, and of one in three that its name is bad, which it shows itself. */
const missing = defineRule({
  id: 'test/missing',
  title: 'A Service has a ConfigMap',
  severity: 'error',
  per: 'scope',
  kinds: ['Service', 'ConfigMap'],
  about: 'absence',
  check: (cluster, report) => {
    const there = new Set(cluster.of('ConfigMap').map(({ name }) => name.text));
    for (const { name } of cluster.of('Service')) {
      if (!there.has(name.text)) report(name, { what: `lacks ${name.text}` });
      if (name.text === 'bad') report(name, { what: 'is bad' }, { alone: true });
    }
  },
});

const found = (files: Record<string, string>, isLoose = false, rule: AnyRule = missing) =>
  new Linter([rule])
    .lint(Workspace.empty.update(Object.entries(files), { isLoose }), defaultConfig)
    .map(({ message, scopes }) => [message, scopes] as const);

const said = (...asked: Parameters<typeof found>) => found(...asked).map(([message]) => message);

describe('what is missing is said', () => {
  test('where all can be seen', () => {
    expect(said({ 'a.yaml': service })).toEqual(['lacks web']);
    expect(said({ 'a.yaml': service, 'b.yaml': object('ConfigMap', 'web') })).toEqual([]);
  });

  test('not of one loose file', () => expect(said({ 'a.yaml': service }, true)).toEqual([]));

  test('not near a chart, whose templates may make it', () => {
    expect(said({ 'a.yaml': service, 'chart/Chart.yaml': 'name: c\n' })).toEqual([]);
    expect(said({ 'x/a.yaml': service, 'y/chart/Chart.yaml': 'name: c\n' })).toEqual(['lacks web']);
  });

  test('not near a file with templates', () => {
    expect(said({ 'a.yaml': service, 'b.yaml': object('ConfigMap', '{{ .Values.name }}') })).toEqual([]);
  });

  test('not where kustomize fetches resources, or lists files that are not here', () => {
    const built = (...resources: string[]) => ({
      'k/kustomization.yaml': `resources: [a.yaml, ${resources.join(', ')}]\n`,
      'k/a.yaml': service,
      'k/b.yaml': object('ConfigMap', 'other'),
    });
    expect(said(built('b.yaml'))).toEqual(['lacks web']);
    expect(said(built('https://example.com/x.yaml'))).toEqual([]);
    expect(said(built('gone.yaml'))).toEqual([]);
  });

  test('not where a kustomization beside it leaves it out', () => {
    const files = { 'k/kustomization.yaml': 'resources: [b.yaml]\n', 'k/b.yaml': object('ConfigMap', 'other') };
    expect(said({ ...files, 'k/a.yaml': service })).toEqual([]);
  });

  test('not beside a document that can not be read', () => {
    const broken = 'apiVersion: v1\nkind: ConfigMap\n  name: web: x\n';
    expect(said({ 'a.yaml': service, 'b.yaml': broken }).join()).not.toContain('lacks');
  });

  test('not in what a scaffold leaves to an overlay', () => {
    const at = (namespace: string) => service.replace('name: web', `name: web\n  namespace: ${namespace}`);
    expect(said({ 'a.yaml': at('system') })).toEqual([]);
    expect(said({ 'a.yaml': at('"${LATER}"') })).toEqual([]);
    expect(said({ 'a.yaml': at('shop') })).toEqual(['lacks web']);
  });

  test('not of what Flux merges into an object that is applied elsewhere', () => {
    const merged = service.replace('name: web', 'name: web\n  annotations: {kustomize.toolkit.fluxcd.io/ssa: merge}');
    expect(said({ 'a.yaml': merged })).toEqual([]);
  });

  test('not in a build that lists no such objects, where the rule says so', () => {
    const among: AnyRule = {
      ...missing,
      check: (unit, report, target) =>
        missing.check(unit, (at, message, more) => report(at, message, { ...more, among: ['ConfigMap'] }), target),
    };
    expect(said({ 'a.yaml': service }, false, among)).toEqual([]);
    expect(said({ 'a.yaml': service, 'b.yaml': object('ConfigMap', 'c') }, false, among)).toEqual(['lacks web']);
  });

  test('in one overlay alone, of what that overlay writes', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': service,
      'one/kustomization.yaml': 'namespace: one\nresources: [../base]\n',
      'two/kustomization.yaml': 'namespace: two\nresources: [../base]\n',
    };
    // The name is that of the base, the namespace that of each overlay.
    expect(said(files)).toEqual(['lacks web']);
    const homeless = defineRule({
      ...missing,
      per: 'scope',
      kinds: ['Service', 'ConfigMap'],
      check: (cluster, report) => {
        for (const service of cluster.of('Service')) {
          report(service.at('metadata', 'namespace'), { what: `lacks it in ${service.namespace}` });
        }
      },
    });
    expect(said(files, false, homeless)).toEqual(['lacks it in one', 'lacks it in two']);
  });

  test('of one overlay alone, which is named, where another one has it in a namespace of its own', () => {
    const near = defineRule({
      ...missing,
      per: 'namespace',
      kinds: ['Service', 'ConfigMap'],
      check: (namespace, report) => {
        if (namespace.of('ConfigMap').length === 0)
          for (const one of namespace.of('Service')) report(one.at('spec'), { what: 'lacks it' });
      },
    });
    const files = {
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': `${service}spec: {}\n`,
      'one/kustomization.yaml': 'namespace: one\nresources: [../base]\n',
      'two/kustomization.yaml': 'namespace: two\nresources: [../base]\n',
    };
    expect(found(files, false, near)).toEqual([['lacks it', []]]);
    const two = {
      'two/kustomization.yaml': 'namespace: two\nresources: [../base, b.yaml]\n',
      'two/b.yaml': object('ConfigMap', 'c'),
    };
    expect(found({ ...files, ...two }, false, near)).toEqual([['lacks it', ['one']]]);
  });

  test('not where one of several alternatives has it', () => {
    const files = { 'dev/a.yaml': service, 'prod/a.yaml': `${service}spec: {type: NodePort}\n` };
    expect(said(files)).toEqual(['lacks web', 'lacks web']);
    expect(said({ ...files, 'prod/b.yaml': object('ConfigMap', 'web') })).toEqual([]);
    const base = {
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': service,
      'dev/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base, b.yaml]\n',
      'prod/b.yaml': object('ConfigMap', 'web'),
    };
    expect(said(base)).toEqual([]);
  });

  test('and what the object itself shows is said anywhere', () => {
    const bad = object('Service', 'bad');
    expect(said({ 'a.yaml': bad }, true)).toEqual(['is bad']);
    expect(said({ 'a.yaml': bad, 'chart/Chart.yaml': 'name: c\n' })).toEqual(['is bad']);
  });
});

describe('in doubt about what else there is', () => {
  // A part of what they say rests on objects that have to be settled, though nothing is missing.
  const resting = new Set(['coredns/single-replica', 'network-policy/blocks-known-call']);

  test('rules about absence fall silent, and no others', () => {
    const silenced = new Map<string, number>();
    for (const { rule, title, files } of situations) {
      if (resting.has(rule.id)) continue;
      for (const { before, after } of inDoubt(rule, files)) {
        const told = `${rule.id}: ${title}`;
        if (rule.about === 'absence') expect(before, told).toEqual(expect.arrayContaining(after));
        else expect(after, told).toEqual(before);
        silenced.set(rule.id, (silenced.get(rule.id) ?? 0) + before.length - after.length);
      }
    }
    const about = rules.filter(rule => rule.about === 'absence').map(({ id }) => id);
    expect(about.filter(id => !((silenced.get(id) ?? 0) > 0))).toEqual([]);
  });
});

test('a build that hides nothing keeps its findings beside the whole, which begins with it too', () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
  const pod = (image: string) =>
    `${namespace}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers:\n    - name: web\n      image: ${image}\n`;
  const folders = Array.from({ length: 60 }, (_, i) => `f${i}`);
  const files = new Map(folders.map((folder, i) => [`${folder}/a.yaml`, pod(`web:${i}`)]));
  const { findings, workspace } = lint(files);
  const found = seen(workspace, findings).filter(line => line.includes('missing-default-deny-'));
  // The whole says it of the first, and the others are the same namespace.
  expect(found).toHaveLength(1);
});
