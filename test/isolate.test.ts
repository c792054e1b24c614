import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { isolationFor } from '../server/src/network/answers/isolate';
import blocksKnownCall from '../server/src/rules/network-policy/blocks-known-call';
import egressWithoutDns from '../server/src/rules/network-policy/egress-without-dns';
import ingressControllerBlocked from '../server/src/rules/network-policy/ingress-controller-blocked';
import missingEgress from '../server/src/rules/network-policy/missing-default-deny-egress';
import missingIngress from '../server/src/rules/network-policy/missing-default-deny-ingress';
import { Workspace } from '../server/src/workspace/workspace';
import { printManifests } from '../server/src/yaml/manifests';

const rules = [blocksKnownCall, egressWithoutDns, ingressControllerBlocked, missingEgress, missingIngress];

/** The policies for a namespace, as text. */
function policiesFor(workspace: Workspace, name: string): string {
  const [cluster] = workspace.views;
  const namespace = [...(cluster?.namespaces ?? [])].find(each => each.name === name);
  if (namespace === undefined) return '';
  const { policies } = isolationFor(namespace);
  return printManifests(policies);
}

const found = (workspace: Workspace) =>
  new Linter(rules).lint(workspace, defaultConfig).map(({ rule, message }) => `${rule.id}: ${message}`);

function workload(name: string, namespace: string, calls: readonly string[], port: number): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}, tier: all } }
    spec:
      containers:
        - name: ${name}
          image: ${name}:1
          ports: [{ name: main, containerPort: ${port} }]
          env: [${calls.map((call, i) => `{ name: CALL_${i}_URL, value: "http://${call}" }`).join(', ')}]
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: main }] }
`;
}

function policy(name: string, namespace: string, spec: string): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
}

describe('isolating a namespace', () => {
  const shop = [
    workload('web', 'shop', ['api', 'mail.office.svc'], 8080),
    workload('api', 'shop', ['db.shop'], 9090),
    workload('db', 'shop', [], 5432),
    workload('mail', 'office', [], 2525),
    policy('closed', 'office', '{ podSelector: {}, policyTypes: [Ingress] }'),
    `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: public, namespace: shop }
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 443, targetPort: main }] }
`,
  ].join('');
  const before = Workspace.empty.update([['shop.yaml', shop]]);
  const written = policiesFor(before, 'shop');

  test('denies both directions, allows DNS, and opens each workload to whom it talks with', () => {
    expect(written.split('---\n')).toEqual([
      expect.stringContaining(
        'name: default-deny\n  namespace: shop\nspec:\n  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n',
      ),
      expect.stringContaining('name: allow-dns-egress\n'),
      expect.stringContaining('name: allow-mail\n  namespace: office\n'),
      expect.stringContaining('name: allow-api\n  namespace: shop\n'),
      expect.stringContaining('name: allow-db\n  namespace: shop\n'),
      expect.stringContaining('name: allow-web\n  namespace: shop\n'),
    ]);
    // The load balancer brings anybody to the API, so its callers need no rule of their own.
    expect(written).toContain(
      'name: allow-api\n  namespace: shop\nspec:\n  podSelector:\n    matchLabels:\n      app: api\n  policyTypes:\n    - Ingress\n    - Egress\n  ingress:\n    - ports:\n        - protocol: TCP\n          port: 9090\n  egress:\n    - to:\n        - podSelector:\n            matchLabels:\n              app: db\n      ports:\n        - protocol: TCP\n          port: 5432\n',
    );
    expect(written).toContain('kubernetes.io/metadata.name: office');
    // Nobody asked for the other namespace, so it is said that something is opened there.
    expect(written).toMatch(
      /^# Look at these first:\n# {3}- 'web' calls 'mail', which policies of namespace 'office' deny now: one is added there/m,
    );
  });

  test('leaves nothing to complain about, and nothing to do', () => {
    const after = before.update([['isolate.yaml', written]]);
    expect(found(before)).not.toEqual([]);
    expect(found(after).filter(line => !line.includes("'office'"))).toEqual([]);
    expect(policiesFor(after, 'shop')).toBe('');
  });

  test('keeps every known call, whatever policies are there already', () => {
    const spec = fc.constantFrom(
      '{ podSelector: {}, policyTypes: [Ingress] }',
      '{ podSelector: {}, policyTypes: [Egress] }',
      '{ podSelector: { matchLabels: { app: w1 } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: w2 } } }] }] }',
      '{ podSelector: { matchLabels: { app: w2 } }, policyTypes: [Egress], egress: [{ ports: [{ port: 443 }] }] }',
      '{ podSelector: { matchLabels: { app: w3 } }, policyTypes: [Ingress, Egress] }',
      '{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [w1] }] }, policyTypes: [Egress] }',
      '{ podSelector: { matchLabels: { app: w4 } }, ingress: [{ ports: [{ port: main }] }] }',
    );
    const edge = fc.record({ from: fc.nat(5), to: fc.nat(5) });
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 8 }),
        fc.array(fc.tuple(spec, fc.constantFrom('a', 'b')), { maxLength: 3 }),
        (edges, policies) => {
          const home = (i: number) => (i < 4 ? 'a' : 'b');
          const texts = [0, 1, 2, 3, 4, 5].map(i => {
            const calls = edges.filter(({ from }) => from === i).map(({ to }) => `w${to}.${home(to)}.svc`);
            return workload(`w${i}`, home(i), calls, 8000 + i);
          });
          const own = policies.map(([text, namespace], i) => policy(`own-${i}`, namespace, text));
          const start = Workspace.empty.update([['all.yaml', [...texts, ...own].join('')]]);
          const text = policiesFor(start, 'a');
          const end = text === '' ? start : start.update([['isolate.yaml', text]]);
          const left = found(end).filter(line => {
            const isAbout = /blocks-known-call/.test(line) && /w[0-3]/.test(line);
            return (
              isAbout || (/egress-without-dns/.test(line) && /w[0-3]/.test(line)) || line.includes("Namespace 'a'")
            );
          });
          expect(left, text).toEqual([]);
          expect(policiesFor(end, 'a')).toBe('');
        },
      ),
      { numRuns: 100 },
    );
  });
});
