import { describe, expect, test } from 'vitest';
import { readConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { Workspace } from '../server/src/workspace/workspace';

// What the engine says itself is said as rules say it: a line each for what is wrong, why it matters, and what to do.

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;
const config = '.kube-netlint.yaml';

const messages = (files: Record<string, string>) => {
  const workspace = Workspace.empty.update(Object.entries(files));
  return new Linter([]).lint(workspace, readConfig(files[config] ?? ''));
};

const nested = 'a: '.repeat(3);
const faults: Record<string, Record<string, string>> = {
  'a quote that is not closed': { 'a.yaml': `${service('a')}spec: {type: "x}\n` },
  'a colon too many': { 'a.yaml': `${service('a')}spec: ${nested}b\n` },
  'what only kubectl refuses': { 'a.yaml': `${service('a')}spec: {a: [b, :c]}\n` },
  'a scalar that goes on and on': { 'a.yaml': `${service('a')}spec: [a]\n  ${'b'.repeat(200)}\n` },
  'a missing marker': { 'a.yaml': service('a') + service('b') },
  'a duplicate key': { 'a.yaml': `${service('a')}spec: {type: ClusterIP, type: NodePort}\n` },
  'a duplicate key of a kustomization': {
    'kustomization.yaml':
      'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1\nresources: []\nresources: [a]\n',
  },
  'a file that is not listed': {
    'kustomization.yaml': 'resources: [web.yaml, more.yaml]\n',
    'web.yaml': service('web'),
    'more.yaml': service('more'),
    'other.yaml': service('other'),
  },
  'an ignored rule that is silent': { 'a.yaml': `# kube-netlint-ignore yaml/syntax: why\n${service('a')}` },
  'an ignored rule that does not exist': {
    'a.yaml': `# kube-netlint-ignore yaml/sytax, nothing: why\n${service('a')}`,
  },
  'config that is no YAML': { [config]: 'rules: {a: "b}\n' },
  'config with unknown names': { [config]: 'rule: {}\nnonsense: 1\nrules: {dsn: off, other: off}\n' },
  'config with wrong values': { [config]: 'extends: most\nkubernetes: new\nignore: a\nrules: {dns: loud}\n' },
  'config with a scope without paths': { [config]: 'scopes: [{name: a}, 1]\n' },
  'config with a heavy glob': { [config]: 'ignore: ["a*b*c*d*"]\n' },
  'config that is a list': { [config]: '- a\n' },
};

describe.each(Object.entries(faults))('%s', (_, files) => {
  test('is said in three lines', () => {
    const found = messages(files);
    expect(found).not.toEqual([]);
    for (const { message, related } of found) {
      const [what = '', ...others] = message.split('\n');
      expect(what).toMatch(/^['A-Z0-9].{0,78}[^.]$/);
      expect(others).toHaveLength(2);
      for (const line of others) expect(line).toMatch(/^['A-Z0-9].{0,298}\.$/);
      for (const { message: there } of related) expect(there).toMatch(/^['A-Z0-9].{0,78}[^.]$/);
    }
  });
});

test('a rule of the engine is one that can be ignored, and config/invalid one that can be quiet', () => {
  const first = (files: Record<string, string>) => messages(files).map(({ message }) => message.split('\n')[0]);
  const ignored = (id: string) => first({ 'a.yaml': `# kube-netlint-ignore ${id}\n${service('a')}` });
  expect(ignored('kustomize/unlisted')).toEqual(["Ignoring 'kustomize/unlisted' has no effect"]);
  expect(ignored('kustomize/unlist')).toEqual(["Unknown rule or area 'kustomize/unlist'"]);
  const severities = (text: string) => messages({ [config]: text }).map(({ severity }) => severity);
  expect(severities('nonsense: 1\n')).toEqual(['error']);
  expect(severities('nonsense: 1\nrules: {config: info}\n')).toEqual(['info']);
  expect(severities('nonsense: 1\nrules: {config/invalid: off}\n')).toEqual([]);
});
