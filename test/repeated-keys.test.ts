import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import { editsOf } from '../server/src/lint/fix';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import { applyEdits } from '../server/src/text/range';
import { Workspace } from '../server/src/workspace/workspace';
import { expectLinear } from './growth';

const found = (text: string, file = 'all.yaml') => {
  const workspace = Workspace.empty.update([[file, text]]);
  return new Linter([]).lint(workspace, defaultConfig).map(finding => {
    const { start, end } = locate(finding.at).range;
    const [fix] = finding.fixes;
    const edits = fix && editsOf(workspace, finding, fix)?.changed.get(file);
    return {
      rule: finding.rule.id,
      severity: finding.severity,
      at: text.slice(0, start).split('\n').length,
      on: text.slice(start, end),
      message: finding.message,
      fix: fix?.title,
      after: edits && applyEdits(text, edits),
    };
  });
};

const service = (name: string, eol = '\n') =>
  ['apiVersion: v1', 'kind: Service', `metadata: {name: ${name}}`, 'spec: {ports: [{port: 80}]}', ''].join(eol);

describe('a missing marker between two objects', () => {
  test('is named with the object that is lost, and put in above the comments that lead to the second', () => {
    const comments = '\n# about b\n# and more\n';
    expect(found(service('a') + comments + service('b'))).toEqual([
      {
        rule: 'yaml/syntax',
        severity: 'error',
        at: 8,
        on: 'apiVersion',
        message:
          "Missing '---' before Service 'b'\nIt is one document with Service 'a': 'kubectl apply' silently uses the last of each key, so that Service 'a' is lost, and kustomize rejects the file.\nPut '---' on a line of its own between the two.",
        fix: "Insert '---' before Service 'b'",
        after: `${service('a')}\n---\n# about b\n# and more\n${service('b')}`,
      },
    ]);
  });

  test('is found between more than two, whichever key comes first, with any line ends, and without one at the end', () => {
    const last = 'kind: Secret\r\napiVersion: v1\r\nmetadata: {}';
    const text = service('a', '\r\n') + service('b', '\r\n') + last;
    const findings = found(text);
    expect(findings.map(({ on, fix }) => [on, fix])).toEqual([
      ['apiVersion', "Insert '---' before Service 'b'"],
      ['kind', "Insert '---' before Secret"],
    ]);
    expect(findings.map(({ after }) => after)).toEqual([
      `${service('a', '\r\n')}---\r\n${service('b', '\r\n')}${last}`,
      `${service('a', '\r\n')}${service('b', '\r\n')}---\r\n${last}`,
    ]);
    expect(found(`${service('a')}---\n${service('b')}`)).toEqual([]);
  });

  test('leaves a text of the first object alone that looks like a comment', () => {
    const first = `${service('a').replace(/spec.*\n/, '')}data:\n  a: "b\n# c\n"\n`;
    expect(found(first + service('b'))[0]?.after).toBe(`${first}---\n${service('b')}`);
  });

  test('is found where one of the two is a definition, which is not parsed otherwise', () => {
    const definition = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: d}\n';
    expect(found(service('a') + definition).map(({ fix }) => fix)).toEqual([
      "Insert '---' before CustomResourceDefinition 'd'",
    ]);
    expect(found(`${definition}spec: {a: [}\n`)).toEqual([]);
  });

  test('is found in a long file in linear time', () => {
    expectLinear('objects without markers', 500, size => {
      const workspace = Workspace.empty.update([['all.yaml', service('a').repeat(size)]]);
      new Linter([]).lint(workspace, defaultConfig);
    });
  });
});

describe('a key that stands twice', () => {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n';

  test('loses the value before, unless that is the same', () => {
    const findings = found(`${head}  k: v\n  l: same\n  k: w\n  "l": 'same'\n`);
    expect(findings.map(({ severity, at, on, fix }) => [severity, at, on, fix])).toEqual([
      ['error', 7, 'k', undefined],
      ['warning', 8, '"l"', undefined],
    ]);
    expect(findings.map(({ message }) => message)).toEqual([
      "Duplicate key 'k'\n'kubectl apply' silently uses the last one, so that the value before is lost, and kustomize rejects the resource.\nKeep one of the two.",
      "Duplicate key 'l'\nBoth have the same value, and kustomize rejects the resource.\nKeep one of the two.",
    ]);
  });

  test('is no missing marker in part of an object, nor where a part has no kind', () => {
    expect(found(`${head}  k: v\nmetadata: {name: b}\n`).map(({ on, fix }) => [on, fix])).toEqual([
      ['metadata', undefined],
    ]);
    expect(found(`${head}  k: v\napiVersion: v1\n`).map(({ on, fix }) => [on, fix])).toEqual([
      ['apiVersion', undefined],
    ]);
  });

  test('is found in a kustomization, where kustomize uses the last', () => {
    const text = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\nresources: [a]\n';
    expect(
      found(text, 'kustomization.yaml')
        .filter(({ rule }) => rule === 'yaml/syntax')
        .map(({ message }) => message),
    ).toEqual([
      "Duplicate key 'resources'\nKustomize silently uses the last one, so that the value before is lost.\nKeep one of the two.",
    ]);
  });

  test('is no matter of kubectl in the configuration of a component', () => {
    const proxy = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';
    expect(found(`${proxy}mode: nftables\nmode: iptables\n`)).toEqual([]);
  });

  test('may be a merge key, and may be in another mapping', () => {
    expect(found(`${head}  k: v\nbinaryData:\n  k: v\n`)).toEqual([]);
    expect(found(`${head}  k: &k {l: m}\nb: &b {n: o}\nc:\n  <<: *b\n  <<: *k\n`)).toEqual([]);
  });
});
