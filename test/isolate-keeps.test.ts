import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Disk } from '../server/src/host/disk';
import { lineOf } from '../server/src/lint/place';
import { isolationFor } from '../server/src/network/answers/isolate';
import { isDenying, knownAmong, reasonAt } from '../server/src/network/answers/known-calls';
import { callsOf } from '../server/src/network/calls/calls';
import { networkOf } from '../server/src/network/policies/network';
import { Workspace } from '../server/src/workspace/workspace';
import { printManifests } from '../server/src/yaml/manifests';
import { deployment, type Files, ingress, many, named, service } from './objects';
import { sharedFolder } from './shared';
import { isThorough } from './thorough';

// What isolating a namespace keeps, and what it says that it can't: see also isolate.test.ts.

const oneCluster = { isOneCluster: true };

function isolated(workspace: Workspace, name: string) {
  const namespace = [...(workspace.views[0]?.namespaces ?? [])].find(each => each.name === name);
  if (namespace === undefined) throw new Error(`There is no namespace ${name}.`);
  const { policies, notes } = isolationFor(namespace, namespace.isAssumed ? undefined : name);
  const where = (at: Parameters<typeof lineOf>[1]) => lineOf(workspace, at);
  const told = notes.map(({ text, at }) => `${text}${at ? ` (${where(at)})` : ''}`);
  return { text: printManifests(policies, where), told };
}

function of(files: Files, name = 'shop') {
  return isolated(Workspace.empty.update(Object.entries(files), oneCluster), name);
}

/** The rules of a policy, without what is the same in each. */
function policyIn(text: string, name: string): string {
  return text.split('---\n').find(each => each.includes(`\n  name: ${name}\n`)) ?? '';
}

/** Calls that are denied at one of their ends, of those that the pods of a namespace take part in. */
function deniedIn(workspace: Workspace, name: string): string[] {
  const [cluster] = workspace.views;
  if (cluster === undefined) return [];
  const network = networkOf(cluster);
  return knownAmong(callsOf(cluster), network).flatMap(({ source, targets }) =>
    targets.flatMap(target => {
      if (source.namespaceName !== name && target.pod.namespaceName !== name) return [];
      const ends = (['egress', 'ingress'] as const).filter(end => isDenying(reasonAt(network, end, source, target)));
      return ends.map(end => `${source.workload.name.text} -> ${target.pod.workload.name.text} (${end})`);
    }),
  );
}

const calling = (name: string, value: string, more = '') =>
  `apiVersion: apps/v1\n${named('Deployment', name, 'shop')}spec:\n  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec:\n      ${more}\n      containers:\n        - name: main\n          image: main:1\n          ports: [{name: http, containerPort: 8080}]\n          env:\n            - {name: TARGET_URL, value: "${value}"}\n`;
const job = (labels: string, kind = 'Job') => {
  const spec = `template:\n    ${labels}\n    spec: {restartPolicy: Never, containers: [{name: m, image: m:1, env: [{name: DB_URL, value: "http://db"}]}]}\n`;
  return kind === 'Job'
    ? `apiVersion: batch/v1\n${named('Job', 'migrate', 'shop')}spec:\n  ${spec}`
    : `apiVersion: batch/v1\n${named('CronJob', 'report', 'shop')}spec:\n  schedule: "@daily"\n  jobTemplate:\n   spec:\n    ${spec.replace(/\n/g, '\n   ')}\n`;
};
const db = many(deployment('db', 'shop'), service('db', 'shop'));

describe('pods without labels of their own', () => {
  test('of a Job are known by the label that its controller sets', () => {
    const { text, told } = of({ 'a.yaml': many(db, job('metadata: {}')) });
    expect(policyIn(text, 'allow-db')).toContain('batch.kubernetes.io/job-name: migrate');
    expect(policyIn(text, 'allow-migrate')).toContain('matchLabels:\n      batch.kubernetes.io/job-name: migrate\n');
    expect(told).toEqual([]);
  });

  test('of a Job that labels them are known by those', () => {
    const { text } = of({ 'a.yaml': many(db, job('metadata: {labels: {job: migrate}}')) });
    expect(policyIn(text, 'allow-db')).toContain('job: migrate');
    expect(text).not.toContain('job-name');
  });

  test('of a CronJob are left out, and said to be', () => {
    const { text, told } = of({ 'a.yaml': many(db, job('metadata: {}', 'CronJob')) });
    expect(text.match(/podSelector: \{\}/g)).toHaveLength(2); // the default deny, and DNS
    expect(told).toEqual([expect.stringMatching(/^the pods of CronJob 'report' have no label .* \(a\.yaml:\d+\)$/)]);
    expect(text).toContain(`#   - ${told[0]}`);
  });
});

describe('who connects from outside of the pods', () => {
  const web = many(deployment('web', 'shop'), service('web', 'shop'));
  const hook = `{name: web, namespace: shop, port: 80}`;
  const callers: Readonly<Record<string, string>> = {
    ValidatingWebhookConfiguration: `apiVersion: admissionregistration.k8s.io/v1\n${named('ValidatingWebhookConfiguration', 'hook')}webhooks: [{name: a.b.c, clientConfig: {service: ${hook}}}]\n`,
    MutatingWebhookConfiguration: `apiVersion: admissionregistration.k8s.io/v1\n${named('MutatingWebhookConfiguration', 'hook')}webhooks: [{name: a.b.c, clientConfig: {service: ${hook}}}]\n`,
    APIService: `apiVersion: apiregistration.k8s.io/v1\n${named('APIService', 'v1.a.b')}spec: {service: ${hook}}\n`,
    CustomResourceDefinition: `apiVersion: apiextensions.k8s.io/v1\n${named('CustomResourceDefinition', 'as.b.c')}spec: {conversion: {strategy: Webhook, webhook: {clientConfig: {service: ${hook}}}}}\n`,
    ServiceMonitor: `apiVersion: monitoring.coreos.com/v1\n${named('ServiceMonitor', 'web', 'shop')}spec: {selector: {}, endpoints: [{port: http}]}\n`,
    PodMonitor: `apiVersion: monitoring.coreos.com/v1\n${named('PodMonitor', 'web', 'shop')}spec: {selector: {}, podMetricsEndpoints: [{targetPort: 8080}]}\n`,
    Ingress: ingress('web', 'shop'),
    NodePort: `apiVersion: v1\n${named('Service', 'public', 'shop')}spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n`,
  };

  test.each(Object.entries(callers))('%s: the port is open, and the policy says for whom', (kind, object) => {
    const { text } = of({ 'web.yaml': web, 'caller.yaml': object });
    const policy = policyIn(text, 'allow-web');
    expect(policy).toContain('  ingress:\n    - ports:\n        - protocol: TCP\n          port: 8080\n');
    expect(policy).toMatch(new RegExp(`^# ${kind} '.*' leads to 'web' \\(caller\\.yaml:\\d+\\)$`, 'm'));
  });

  test.each(['hook', 'APIService'])('a port that is not that of the Service opens nothing: %s', kind => {
    const object = Object.entries(callers).find(([name]) => name.toLowerCase().includes(kind.toLowerCase()))?.[1] ?? '';
    const { text } = of({ 'web.yaml': web, 'caller.yaml': object.replace('port: 80', 'port: 443') });
    expect(policyIn(text, 'allow-web')).toBe('');
  });

  test('Prometheus, where the manifests show in which namespace it is', () => {
    const prometheus = `apiVersion: monitoring.coreos.com/v1\n${named('Prometheus', 'k8s', 'monitoring')}`;
    const { text } = of({ 'web.yaml': many(web, callers['ServiceMonitor'] ?? '', prometheus) });
    expect(policyIn(text, 'allow-web')).toContain('kubernetes.io/metadata.name: monitoring');
  });

  test('an ingress controller keeps what the routes lead to, and asks the API server', () => {
    const controller = deployment('controller', 'edge').replace(
      'controller:1',
      'registry.k8s.io/ingress-nginx/controller:v1.13.0',
    );
    const { text, told } = of({ 'web.yaml': many(web, ingress('web', 'shop')), 'edge.yaml': controller }, 'edge');
    const policy = policyIn(text, 'allow-controller');
    expect(policy).toContain("# Ingress 'web' leads to 'web'");
    expect(policy).toContain('kubernetes.io/metadata.name: shop');
    expect(policy).toContain('port: 8080');
    expect(told).toEqual([
      expect.stringContaining("'controller' may ask the Kubernetes API, as ingress controllers do"),
    ]);
  });
});

test('no name can write anything into the policies but comments', () => {
  const hostile = calling('web', 'https://api.example.com').replace('name: web,', 'name: "web\\nkind: Evil\\r# x",');
  const { text } = of({ 'a.yaml': hostile });
  expect(text).toContain('api.example.com');
  expect(text).not.toMatch(/^kind: Evil/m);
});

describe('what pods call besides pods', () => {
  const outside = 'a policy knows no names: public addresses are allowed';
  const plain = (name: string, spec: string) => `apiVersion: v1\n${named('Service', name, 'shop')}spec: ${spec}\n`;
  const slice = `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: legacy-1, namespace: shop, labels: {kubernetes.io/service-name: legacy}}\nports: [{port: 5432}]\nendpoints: [{addresses: [192.0.2.10]}, {addresses: [192.0.2.11]}]\n`;
  const endpoints = `apiVersion: v1\n${named('Endpoints', 'legacy', 'shop')}subsets: [{addresses: [{ip: 192.0.2.10}], ports: [{port: 5432}]}]\n`;
  const legacy = plain('legacy', '{ports: [{port: 5432}]}');

  const calls: readonly (readonly [
    what: string,
    value: string,
    more: string,
    open: readonly string[],
    told: string,
  ])[] = [
    ['a URL', 'https://api.example.com/v1', '', ['cidr: 0.0.0.0/0', '- 169.254.0.0/16', 'port: 443'], outside],
    ['an address', '10.20.30.40:6379', '', ['cidr: 10.20.30.40/32', 'port: 6379'], ''],
    ['the URL of an address', 'http://10.20.30.40/x', '', ['cidr: 10.20.30.40/32', 'port: 80'], ''],
    [
      'a Service of a namespace that is elsewhere',
      'http://otel.observability:4317',
      '',
      ['kubernetes.io/metadata.name: observability'],
      '',
    ],
    [
      'a Service without a selector',
      'postgres://legacy:5432',
      many(legacy, slice),
      ['cidr: 192.0.2.10/32', 'cidr: 192.0.2.11/32', 'port: 5432'],
      '',
    ],
    [
      'a Service with Endpoints',
      'postgres://legacy:5432',
      many(legacy, endpoints),
      ['cidr: 192.0.2.10/32', 'port: 5432'],
      '',
    ],
    [
      'a Service whose endpoints are elsewhere',
      'postgres://legacy:5432',
      legacy,
      [],
      "no manifest shows the endpoints of Service 'legacy'",
    ],
    [
      'an ExternalName',
      'smtp://mail:25',
      plain('mail', '{type: ExternalName, externalName: smtp.example.com}'),
      ['cidr: 0.0.0.0/0', 'port: 25'],
      outside,
    ],
    [
      'a Service whose pods are elsewhere',
      'http://made',
      plain('made', '{selector: {app: made}, ports: [{port: 80, targetPort: 9000}]}'),
      ['app: made', 'port: 9000'],
      "no manifest shows the pods of Service 'made'",
    ],
    ['a Service that nobody has', 'http://nobody:80', '', [], 'no Service among the manifests has this name'],
  ];

  test.each(calls)('%s', (_, value, more, open, told) => {
    const text = many(calling('web', value), ...(more === '' ? [] : [more]));
    const result = of({ 'a.yaml': text });
    const policy = policyIn(result.text, 'allow-web');
    for (const part of open) expect(policy).toContain(part);
    if (open.length === 0) expect(policy).toBe('');
    else expect(policy).toMatch(/^# 'web' calls '.*\(a\.yaml:\d+\)$/m);
    expect(result.told.join('\n')).toContain(told);
    if (told === '') expect(result.told).toEqual([]);
  });

  test.each(['http://localhost:80', 'redis:7', '127.0.0.1:80', '0.0.0.0:8080', '1.2.3'])('%s is nobody', value => {
    const { text, told } = of({ 'a.yaml': calling('web', value) });
    expect(policyIn(text, 'allow-web')).toBe('');
    expect(told).toEqual([]);
  });

  const binding = `apiVersion: rbac.authorization.k8s.io/v1\n${named('RoleBinding', 'web', 'shop')}roleRef: {kind: Role, name: r}\nsubjects: [{kind: ServiceAccount, name: robot}]\n`;
  test('the Kubernetes API, by rights that a binding gives: an address that nobody knows, with the rule to complete', () => {
    const { text, told } = of({ 'a.yaml': many(calling('web', 'x', 'serviceAccountName: robot'), binding) });
    expect(told).toEqual([
      expect.stringMatching(/^'web' may ask the Kubernetes API, by RoleBinding 'web': no manifest/),
    ]);
    expect(text).toMatch(/^# {3}- to: \[\{ipBlock: \{cidr: <address>\/32\}\}\]$/m);
  });

  test.each([
    ['another account', 'serviceAccountName: other'],
    ['no token', 'serviceAccountName: robot\n      automountServiceAccountToken: false'],
  ])('not the Kubernetes API: %s', (_, more) => {
    expect(of({ 'a.yaml': many(calling('web', 'x', more), binding) }).told).toEqual([]);
  });
});

const corpus = sharedFolder('corpus');
test.skipIf(!isThorough || corpus === undefined)(
  'on real manifests no known call is denied',
  () => {
    let calls = 0;
    for (const repository of fs.readdirSync(corpus ?? '')) {
      const disk = new Disk(path.join(corpus ?? '', repository));
      const files = [...disk.list()].flatMap((file): [string, string][] => {
        const content = disk.read(file);
        return content && 'text' in content ? [[file, content.text]] : [];
      });
      const before = Workspace.empty.update(files, oneCluster);
      const names = [...(before.views[0]?.namespaces ?? [])].flatMap(({ name, isAssumed }) =>
        isAssumed ? [] : [name],
      );
      for (const name of names) {
        const { text } = isolated(before, name);
        if (text === '') continue;
        const after = before.update([['zz-isolate.yaml', text]], oneCluster);
        calls++;
        expect(deniedIn(after, name), `${repository}, ${name}`).toEqual([]);
      }
    }
    expect(calls).toBeGreaterThan(100);
  },
  120_000,
);
