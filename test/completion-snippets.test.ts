// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tab stops of snippets look like placeholders of templates.

import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { indented, plainText } from '../server/src/assist/completion/snippet-body';
import { wholeObjectsAt } from '../server/src/assist/completion/whole-objects';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import snippets from '../snippets/kube-netlint.json';
import parts from '../snippets/parts.json';
import { type Asked, offered } from './offered';
import { expandSnippet } from './snippet';

const policy = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  podSelector: {matchLabels: {app: web}}\n${spec}`;
const workload = (container = '', pod = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n${pod}      containers:\n        - name: web\n          image: registry.example/web:1.0.0\n          ports: [{name: http, containerPort: 8081}]\n${container}`;
const route = (rule: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web, namespace: shop}\nspec:\n  parentRefs: [{name: gate, namespace: gates}]\n  rules:\n    - ${rule}`;

/** The snippets that are offered at `|`, and the text with one of them as an editor would write it. */
function parted(marked: string, asked: Asked = {}) {
  const { items, accepted } = offered(marked, asked);
  const own = items.filter(({ kind }) => kind === 'snippet');
  const written = (label: string) => {
    const item = own.find(each => each.label === label);
    if (item === undefined) throw new Error(`no '${label}' among ${own.map(each => each.label).join(', ')}`);
    const text = expandSnippet(item.insert);
    expect(text.problems).toEqual([]);
    expect(text.text).toBe(item.plain);
    return accepted({ ...item, plain: indented(text.text, item.column ?? 0) });
  };
  return { labels: own.map(({ label }) => label), own, written };
}

const loud = (text: string, beside: Readonly<Record<string, string>> = {}) =>
  new Linter(rules)
    .lint(Workspace.empty.update([...Object.entries(beside), ['a.yaml', text]]))
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, message }) => `${rule.id}: ${message}`);

const deny = snippets['NetworkPolicy: default deny, both directions, with DNS'].body.join('\n');
const denied = { 'deny.yaml': plainText(deny).replaceAll('namespace: default', 'namespace: shop') };

const fromRules = ['from pods', 'from a namespace', 'from the ingress controller', 'from Prometheus'];
const toRules = ['to DNS', 'to pods', 'to the internet, but not to private addresses', 'to the API server'];
const probes = ['readinessProbe: HTTP', 'readinessProbe: TCP', 'readinessProbe: gRPC'];

describe('parts of an object', () => {
  const beside = { 'web.yaml': workload(), ...denied };
  test.each<[string, readonly string[]]>([
    [policy('  |\n'), fromRules.map(label => `ingress ${label}`)],
    [policy('  policyTypes: [Egress]\n  |\n'), toRules.map(label => `egress ${label}`)],
    [policy('  ingress:\n    |\n'), fromRules],
    [policy('  ingress:\n    - |\n'), fromRules],
    [policy('  ingress:\n    - from: []\n    - |\n'), fromRules],
    [policy('  policyTypes: [Egress]\n  egress:\n    - |\n'), toRules],
    [policy('  ingress:\n    - ports: [{port: 1}]\n      |\n'), fromRules],
    [workload('          |\n'), probes],
    [
      workload('          readinessProbe: {grpc: {port: 1}}\n          |\n'),
      ['livenessProbe: HTTP', 'livenessProbe: TCP'],
    ],
    [workload('', '      |\n'), ['pod-dns-ndots', 'pod-affinity-preferred', 'topology-spread']],
    [route('backendRefs: [{name: web, port: 80}]\n      |\n'), ['filters: rewrite the path', 'filters: set a header']],
    [route('filters:\n        - |\n'), ['redirect to HTTPS', 'rewrite the path', 'set a header']],
  ])('%j', (marked, first) => {
    const { labels, written } = parted(marked, { beside });
    expect(labels.slice(0, first.length)).toEqual(first);
    for (const label of labels) {
      const text = written(label);
      expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
      // What the policy of the place itself lacks or repeats is not the snippet's.
      if (!marked.includes('from: []') && !marked.includes('{port: 1}')) {
        expect({ label, loud: loud(text, marked.includes('kind: Deployment') ? {} : beside) }).toEqual({
          label,
          loud: [],
        });
      }
    }
  });

  test.each([
    // Where no part fits: in brackets, at values, in other kinds, beside what is there, and under another type.
    policy('').replace('{matchLabels: {app: web}}', '{|}'),
    policy('  ingress: [|]\n'),
    policy('  policyTypes: |\n'),
    policy('  ingress:\n    - from: []\n      |\n'),
    policy('  ingress:\n    - from:\n        - |\n'),
    policy('').replace('namespace: shop', '|'),
    workload().replace('name: web\n  namespace', '|\n  namespace'),
    workload('          ports:\n            - |\n'),
    workload('          env:\n            - |\n'),
    'apiVersion: example.com/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec:\n  |\n',
    route('filters:\n        - type: |\n'),
    'a: b\n|\n',
  ])('none at %j', marked => expect(parted(marked, { beside }).labels).toEqual([]));

  test('say what a policy closes, and take the type along that they need', () => {
    const { own, written } = parted(policy('  |\n'));
    expect(own.map(({ detail }) => detail)).toContain('isolates egress: all else is closed');
    expect(written('egress to DNS')).toContain(
      '  policyTypes:\n    - Egress\n  egress:\n    - to:\n        - namespaceSelector:\n',
    );
    const { labels } = parted(policy('  policyTypes: [Ingress]\n  |\n'));
    expect(labels.filter(label => label.startsWith('egress'))).toEqual([]);
    const both = parted(policy('  ingress: [{}]\n  |\n')).written('egress to DNS');
    expect(both).toContain('  policyTypes:\n    - Ingress\n    - Egress\n  egress:\n');
  });

  test('are about what is around: ports of the pods, the ingress controller that runs', () => {
    const controller = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: t, namespace: edge}\nspec:\n  selector: {matchLabels: {app.kubernetes.io/name: my-traefik}}\n  template:\n    metadata: {labels: {app.kubernetes.io/name: my-traefik}}\n    spec: {containers: [{name: t, image: "traefik:v3.7"}]}\n`;
    const text = parted(policy('  ingress:\n    - |\n'), { beside: { ...beside, 't.yaml': controller } }).written(
      'from the ingress controller',
    );
    expect(text).toContain('kubernetes.io/metadata.name: edge');
    expect(text).toContain('app.kubernetes.io/name: my-traefik');
    expect(text).toContain('port: 8081');
    expect(parted(workload('          |\n')).written('readinessProbe: HTTP')).toContain('              port: http\n');
  });

  test('end lines as the file does', () => {
    const text = policy('  ingress:\n    - |\n').replaceAll('\n', '\r\n');
    expect(parted(text).written('from pods').replaceAll('\r\n', '')).not.toContain('\n');
  });
});

/** Whole objects at `|`, each as it would be written. */
function objects(marked: string, path = 'a.yaml', beside: Readonly<Record<string, string>> = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const workspace = Workspace.empty.update([...Object.entries(beside), [path, text]]);
  const file = workspace.files.get(path);
  const found = file && wholeObjectsAt(workspace, file, offset);
  const items = found?.items ?? [];
  const written = (label: string) => {
    const item = items.find(each => each.label === label);
    if (item === undefined || found === undefined) return '';
    return text.slice(0, found.range.start) + expandSnippet(item.insert).text + text.slice(found.range.end);
  };
  return { items, labels: items.map(({ label }) => label), written };
}

describe('whole objects', () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';

  test.each([
    '|',
    'netpol|',
    'net|pol',
    '# why\n|',
    '---\n|',
    `${workload()}|`,
    `${workload()}pdb|\n`,
    `${workload()}---\npdb|\n`,
    `|\n${workload()}`,
    `${namespace}|`,
    `|\n---\n${workload()}`,
  ])('begin at %j', marked => {
    const { labels, written } = objects(marked);
    expect(labels).toContain('netpol-default-deny');
    expect(labels).not.toContain('pod-sysctls');
    const documents = parseAllDocuments(written('pdb')).filter(({ contents }) => contents !== null);
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(documents).toHaveLength(marked.includes('kind:') ? 2 : 1);
    for (const document of documents) expect(document.get('apiVersion')).toBeTruthy();
  });

  test.each<[marked: string, path?: string]>([
    [`${workload()}  |`],
    ['apiVersion: v1\nkind: Service\n|'],
    ['apiVersion: v1\nkind: Service\nmetadata: {name: a}\n|'],
    ['apiVersion: v1\n|\nkind: Service\n'],
    [`${workload()}netpol: |`],
    ['a: b\n|'],
    ['key|: x'],
    ['|', 'values.yaml'],
    ['|', 'Chart.yaml'],
    ['|', 'kustomization.yaml'],
    ['|', '.kube-netlint.yaml'],
    ['|', '.github/workflows/ci.yml'],
    ['|', 'Corefile'],
    ['{{ if x }}\n|\n{{ end }}'],
  ])('but not at %j %s', (marked, path) => expect(objects(marked, path).labels).toEqual([]));

  test('are about what stands above: its namespace, its labels, its port', () => {
    const { written } = objects(`${workload()}|`);
    expect(written('netpol-default-deny')).toContain('namespace: shop');
    const text = written('netpol-allow-from-pods');
    expect(text).toContain('    matchLabels:\n      app: web\n');
    expect(text).toContain('port: 8081');
    const named = objects(`${workload().replaceAll('{app: web}', '{app.kubernetes.io/name: cart}')}|`).written('pdb');
    expect(named).toMatch(
      /PodDisruptionBudget(?:.*\n)* {2}namespace: shop\n(?:.*\n)* {6}app.kubernetes.io\/name: cart$/,
    );
    expect(objects('|', 'shop/new.yaml', { 'shop/web.yaml': workload() }).written('netpol-allow-dns')).toContain(
      'namespace: shop',
    );
  });

  test('take nothing from a manifest that would be read as something else', () => {
    const hostile = workload()
      .replaceAll('app: web', 'app: "a}$1: b"')
      .replaceAll('namespace: shop', 'namespace: "x: [${1"');
    for (const { insert } of objects(`${hostile}|`).items) expect(insert).not.toMatch(/x: \[|a\}\$1|: b"/);
  });

  test('say which of them isolate', () => {
    const details = new Map(objects('|').items.map(({ label, detail }) => [label, detail]));
    expect(details.get('netpol-default-deny')).toBe('NetworkPolicy, isolates ingress and egress');
    expect(details.get('netpol-allow-from-pods')).toBe('NetworkPolicy, isolates ingress');
    expect(details.get('pdb')).toBe('PodDisruptionBudget');
  });

  test('are found by what they are for', () => {
    const found = objects('|')
      .items.filter(({ filter = '' }) => filter.includes('pool'))
      .map(({ label }) => label);
    expect(found).toEqual(expect.arrayContaining(['pgbouncer', 'cnpg-pooler', 'proxysql']));
  });

  test('say nothing loud below what is there', () => {
    const policies = objects(`${workload()}|`).items.filter(({ label }) =>
      /^(?:netpol-|pdb|servicemonitor)/.test(label),
    );
    for (const { label } of policies)
      expect({ label, loud: loud(objects(`${workload()}|`).written(label), denied) }).toEqual({ label, loud: [] });
  });
});

describe('the files', () => {
  test('of snippets read the same as plain text', () => {
    for (const { body } of [...Object.values(snippets), ...Object.values(parts)]) {
      const { text, problems } = expandSnippet(body.join('\n'));
      expect(problems).toEqual([]);
      expect(plainText(body.join('\n'))).toBe(text);
    }
  });

  test('fill tab stops that there are', () => {
    const all: readonly { readonly body: readonly string[]; readonly fill?: Readonly<Record<string, string>> }[] = [
      ...Object.values(snippets),
      ...Object.values(parts),
    ];
    for (const { body, fill = {} } of all)
      for (const number of Object.keys(fill)) expect(body.join('\n')).toContain(`\${${number}:`);
  });

  test('of policies that isolate say so (by what they write)', () => {
    const policies = Object.values(snippets).filter(({ prefix }) => prefix[0]?.startsWith('netpol-allow'));
    expect(policies.length).toBeGreaterThan(7);
    for (const { description } of policies) expect(description).toMatch(/isolates/);
  });
});
