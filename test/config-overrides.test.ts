import { describe, expect, test } from 'vitest';
import { readConfig } from '../server/src/lint/config';
import { checkConfig } from '../server/src/lint/config-check';
import { Configs } from '../server/src/lint/configs';
import { Judge } from '../server/src/lint/judge';
import { isOnSomewhere, levelOf } from '../server/src/lint/levels';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import { type AnyRule, defineRule } from '../server/src/lint/rule';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import { YamlDocument } from '../server/src/yaml/document';

const lookalike = (id: string, more: Partial<AnyRule> = {}): AnyRule => ({
  id,
  title: 'A rule',
  severity: 'warning',
  references: [],
  per: 'resource',
  kinds: [],
  check() {},
  ...more,
});

const settings = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}data:\n  verbose: yes\n`;

const said = (files: Record<string, string>, config: string) => {
  const workspace = Workspace.empty.update(Object.entries(files));
  return new Linter(rules)
    .lint(workspace, readConfig(config))
    .map(({ rule, severity, at }) => `${workspace.placeOf(locate(at).document)?.file.path}: ${severity} ${rule.id}`);
};

describe('a level', () => {
  const loud = lookalike('dns/loud');
  const quiet = lookalike('dns/quiet', { default: 'off' });
  const of = (rule: AnyRule, overrides: string, more = '', path = 'a.yaml') =>
    levelOf(rule, readConfig(`${more}overrides: ${overrides}\n`), { path });

  test('is that of the last override that holds and names the rule or its area', () => {
    expect(of(loud, '[{rules: {dns/loud: off}}, {files: [b.yaml], rules: {dns: error}}]')).toBe('off');
    expect(of(loud, '[{rules: {dns/loud: off}}, {files: [a.yaml], rules: {dns: error}}]')).toBe('error');
    expect(of(loud, '[{rules: {dns/loud: off}}, {rules: {api: error}}]', 'rules: {dns: hint}\n')).toBe('off');
    expect(of(loud, '[{rules: {dns: off, dns/loud: info}}]')).toBe('info');
    expect(of(loud, '[{rules: {}}]', 'rules: {dns: hint}\n')).toBe('hint');
  });

  test('does not come from an area where a rule is off by default', () => {
    expect(of(quiet, '[{rules: {dns: error}}]')).toBe('off');
    expect(of(quiet, '[{rules: {dns: error}}]', 'extends: all\n')).toBe('error');
    expect(of(quiet, '[{rules: {dns/quiet: error}}]')).toBe('error');
  });

  test('is one in which a rule runs, if it has such a one anywhere', () => {
    const isOn = (rule: AnyRule, text: string) => isOnSomewhere(rule, readConfig(text));
    expect(isOn(quiet, '')).toBe(false);
    expect(isOn(quiet, 'overrides: [{files: [a], rules: {dns: error}}]')).toBe(false);
    expect(isOn(quiet, 'overrides: [{files: [a], rules: {dns/quiet: error}}]')).toBe(true);
    expect(isOn(loud, 'rules: {dns: off}\noverrides: [{files: [a], rules: {dns: hint}}]')).toBe(true);
    expect(isOn(loud, 'rules: {dns: off}\noverrides: [{files: [a], rules: {dns: off}}]')).toBe(false);
  });
});

describe('conditions', () => {
  const files = {
    'a.yaml': settings('web-1', '  namespace: shop\n'),
    'b.yaml': settings('api', '  namespace: shop\n'),
    'sub/c.yaml': settings('web-2'),
  };
  const off = (conditions: string) =>
    Object.keys(files).filter(
      file =>
        !said(files, `overrides: [{${conditions}, rules: {api: off}}]`).some(line => line.startsWith(`${file}: error`)),
    );

  test.each([
    ['files: [sub]', ['sub/c.yaml']],
    ['files: ["*.yaml"]', ['a.yaml', 'b.yaml']],
    ['kinds: [ConfigMap]', ['a.yaml', 'b.yaml', 'sub/c.yaml']],
    ['kinds: [Service, configmap]', []],
    ['names: [web-*]', ['a.yaml', 'sub/c.yaml']],
    ['namespaces: [s*]', ['a.yaml', 'b.yaml']],
    ['namespaces: [default]', []],
    ['kinds: [ConfigMap], names: [web-*], namespaces: [shop], files: [a.yaml, sub]', ['a.yaml']],
  ])('%s', (conditions, expected) => {
    expect(off(conditions)).toEqual(expected);
  });
});

describe('an object that is applied in several namespaces is as loud as in the loudest', () => {
  const ofObject = defineRule({
    ...{ id: 'test/object', title: 'No object', severity: 'warning', per: 'resource', kinds: ['Service'] },
    check: (service, report) => report(service.name, { what: 'Here' }),
  });
  const ofNamespace = defineRule({
    ...{ id: 'test/namespace', title: 'No namespace', severity: 'warning', per: 'namespace', kinds: ['Service'] },
    check: (namespace, report) => {
      for (const service of namespace.judged('Service')) report(service.name, { what: `In '${namespace.name}'` });
    },
  });
  const overlay = (namespace: string) => `namespace: ${namespace}\nresources: [../base]\n`;
  const files = Object.entries({
    'base/kustomization.yaml': 'resources: [a.yaml]\n',
    'base/a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
    'dev/kustomization.yaml': overlay('dev'),
    'prod/kustomization.yaml': overlay('prod'),
  });

  test.each([ofObject, ofNamespace])('$id', rule => {
    const to = (level: string, ...namespaces: string[]) => {
      const config = readConfig(
        `overrides: [{namespaces: [${namespaces.map(one => `"${one}"`)}], rules: {test: ${level}}}]`,
      );
      const orders = [files, files.toReversed()].map(some =>
        new Linter([rule]).lint(Workspace.empty.update(some), config).map(({ severity }) => severity),
      );
      expect(orders[0]).toEqual(orders[1]);
      return orders[0];
    };
    expect(to('off', 'other')).toEqual(['warning']);
    expect(to('off', 'dev')).toEqual(['warning']);
    expect(to('off', 'prod')).toEqual(['warning']);
    expect(to('off', 'dev', 'prod')).toEqual([]);
    expect(to('error', 'prod')).toEqual(['error']);
    expect(to('hint', '*')).toEqual(['hint']);
  });
});

test('a comment for a rule that is off where it stands waits for the day that it is on again', () => {
  const text = settings('a')
    .replace('\ndata:', '\n# kube-netlint-ignore api/wrong-type: ours\ndata:')
    .replace('yes', '"yes"');
  const files = { 'a.yaml': text, 'b.yaml': text };
  expect(said(files, 'overrides: [{files: [a.yaml], rules: {api: off}}]')).toEqual([
    'b.yaml: warning ignore/without-effect',
  ]);
  expect(said(files, 'overrides: [{files: [a.yaml], rules: {ignore: hint}}]')).toEqual([
    'a.yaml: hint ignore/without-effect',
    'b.yaml: warning ignore/without-effect',
  ]);
});

test('what the engine finds itself goes by them too', () => {
  const files = { 'a.yaml': `${settings('a')}  x: {\n`, 'b.yaml': `${settings('b')}  x: {\n` };
  const config = 'rules: {yaml: off}\noverrides: [{files: [b.yaml], rules: {yaml/syntax: info}}]';
  expect(said(files, config)).toEqual(['b.yaml: info yaml/syntax']);
});

test('a nearer file has the last word on the overrides of what it extends', () => {
  const files: Record<string, string> = {
    'repo/team.yaml': 'overrides: [{files: [x], rules: {api: off, dns: off}}]\n',
    'repo/sub/.kube-netlint.yaml':
      'extends: ../team.yaml\nrules: {api: hint}\noverrides: [{files: [deep], rules: {api: info}}]\n',
  };
  const configs = new Configs('repo', file => files[file]);
  const level = (id: string, path: string) => levelOf(lookalike(id), configs.of('sub/a.yaml'), { path });
  expect(['x/a', 'sub/x/a', 'sub/deep/a', 'deep/a'].map(path => level('api/one', path))).toEqual([
    'hint',
    'hint',
    'info',
    'hint',
  ]);
  expect(['x/a', 'sub/x/a'].map(path => level('dns/one', path))).toEqual(['off', 'own']);
  const mine = new Configs('repo', file => files[file], { rules: { api: 'error' } });
  expect(levelOf(lookalike('api/one'), mine.of('sub/a.yaml'), { path: 'sub/deep/a' })).toBe('error');
});

test('slips in them are named as in rules', () => {
  const told = (text: string) =>
    checkConfig(new YamlDocument(`overrides:\n  - ${text}\n`)).map(({ message, fixes = [] }) => [
      message.what,
      fixes.length,
    ]);
  expect(told('{files: [a], rules: {dsn: off}}')).toEqual([["Unknown rule or area 'dsn'", 1]]);
  expect(told('{rules: {dns: of}}')).toEqual([["Unknown value 'of' of 'dns'", 1]]);
  expect(told('{file: [a], rules: {dns: off}}')).toEqual([["Unknown setting 'file'", 1]]);
  expect(told('{files: [a]}')).toEqual([["'rules' is missing", 0]]);
  expect(told('{files: [], rules: {}}')).toEqual([["'files' must NOT have fewer than 1 items", 0]]);
  expect(told('{names: ["(a)"], rules: {}}')).toEqual([['This glob could take too long to match', 0]]);
});

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: a}}\nspec: {containers: [{name: a, image: a}]}\n---\n';

test('an edit gives what a cold start gives', () => {
  const config =
    'honor: [kube-score]\noverrides: [{namespaces: [dev], rules: {api: off}}, {names: [web], files: [b.yaml], rules: {api: info}}]\n';
  const texts: Record<string, string> = { 'repo/.kube-netlint.yaml': config };
  const configs = new Configs('repo', file => texts[file]);
  const judge = new Judge(rules);
  let workspace = Workspace.empty;
  const told = (one: Judge, files: Workspace) =>
    one.lint(files, configs).map(({ rule, severity, message }) => [rule.id, severity, message]);
  const exempt = (checks: string) =>
    `${pod}apiVersion: v1\nkind: Service\nmetadata: {name: c, annotations: {kube-score/ignore: "${checks}"}}\nspec: {selector: {app: c}}\n`;
  const edits: readonly [string, string][] = [
    ['a.yaml', settings('web', '  namespace: dev\n')],
    ['a.yaml', settings('web', '  namespace: prod\n')],
    ['b.yaml', settings('web', '  namespace: prod\n')],
    ['b.yaml', settings('api', '  namespace: prod\n')],
    ['c.yaml', exempt('service-type')],
    ['c.yaml', exempt('service-type, service-targets-pod')],
    ['c.yaml', exempt('pod-networkpolicy')],
    ['kustomization.yaml', 'namespace: dev\nresources: [a.yaml, b.yaml]\n'],
  ];
  for (const edit of edits) {
    workspace = workspace.update([edit]);
    const cold = Workspace.empty.update([...workspace.files.values()].map(({ path, text }) => [path, text]));
    expect(told(judge, workspace)).toEqual(told(new Judge(rules), cold));
  }
  texts['repo/.kube-netlint.yaml'] = 'overrides: [{names: [api], rules: {api: hint}}]\n';
  configs.renew(() => true);
  expect(told(judge, workspace)).toEqual(told(new Judge(rules), workspace));
});

test('what is extended outside of the folders that are followed is looked at with them', () => {
  const texts: Record<string, string> = { 'repo/.kube-netlint.yaml': 'extends: ../team.yaml\n', 'team.yaml': '' };
  const configs = new Configs('repo', file => texts[file]);
  const version = () => String(configs.of('a.yaml').target.kubernetes);
  expect(version()).toBe('1.35');
  texts['team.yaml'] = 'kubernetes: "1.30"\n';
  expect(configs.renew(folder => folder === 'elsewhere')).toBe(false);
  expect(configs.renew(folder => folder === '')).toBe(true);
  expect(version()).toBe('1.30');
  expect([configs.isNamed('team.yaml'), configs.isNamed('other.yaml')]).toEqual([true, false]);
});
