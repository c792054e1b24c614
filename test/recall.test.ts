import { expect, test } from 'vitest';
import { defaultConfig, readConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import { type AnyRule, defineRule, type Finding } from '../server/src/lint/rule';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

// How often checks run, and on what: never how long they take.

const application = (name: string, namespace: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: main
          image: ${name}:1
          ports:
            - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes: [Ingress]
`;

const files: readonly [string, string][] = ['shop', 'pay', 'mail'].flatMap(namespace => [
  [`${namespace}/web.yaml`, application('web', namespace)],
  [`${namespace}/api.yaml`, application('api', namespace)],
]);

/** The rules, and the calls of their checks since the list was last emptied: rule, then object or namespace. */
function counted(of: readonly AnyRule[]): { rules: AnyRule[]; calls: [rule: AnyRule, unit: string][] } {
  const calls: [AnyRule, string][] = [];
  const counting = of.map((rule): AnyRule => {
    const check: AnyRule['check'] = (unit, report, target) => {
      const name = typeof unit.name === 'string' ? unit.name : `${unit.name.string}`;
      const home = 'kindName' in unit ? `${unit.namespace ?? ''}/${unit.kindName}/` : '';
      calls.push([rule, home + name]);
      rule.check(unit, report, target);
    };
    return { ...rule, check };
  });
  return { rules: counting, calls };
}

function start() {
  const { rules: counting, calls } = counted(rules);
  const linter = new Linter(counting);
  const workspace = Workspace.empty.update(files);
  linter.lint(workspace, defaultConfig);
  expect(calls.length).toBeGreaterThan(rules.length);
  calls.length = 0;
  return { linter, workspace, calls };
}

test('the same workspace again runs no check', () => {
  const { linter, workspace, calls } = start();
  linter.lint(workspace, defaultConfig);
  linter.lint(workspace.update([]), defaultConfig);
  expect(calls).toEqual([]);
});

test('an object is checked when it is new, and no other with it', () => {
  const { linter, workspace, calls } = start();
  const edited = application('web', 'pay').replace('replicas: 2', 'replicas: 3');
  linter.lint(workspace.update([['pay/web.yaml', edited]]), defaultConfig);
  const ofObjects = calls.filter(([rule]) => rule.per === 'resource');
  expect(new Set(ofObjects.map(([, unit]) => unit))).toEqual(new Set(['pay/Deployment/web']));
  const expected = rules.filter(rule => rule.per === 'resource' && rule.kinds.includes('Deployment'));
  expect(ofObjects.map(([{ id }]) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
});

test('an edit runs no rule that does not read the kind', () => {
  const { linter, workspace, calls } = start();
  const edited = application('web', 'pay').replace('policyTypes: [Ingress]', 'policyTypes: [Ingress, Egress]');
  linter.lint(workspace.update([['pay/web.yaml', edited]]), defaultConfig);
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.filter(([rule]) => !rule.kinds.includes('NetworkPolicy')).map(([{ id }]) => id)).toEqual([]);
});

/** A rule of each reach: its namespace alone, what lies beyond it too, and the whole scope. */
const reaches = [
  defineRule({
    id: 'test/namespace',
    title: 'Looks at its namespace',
    severity: 'info',
    per: 'namespace',
    kinds: ['Service'],
    check: namespace => void namespace.of('Service').length,
  }),
  defineRule({
    id: 'test/beyond',
    title: 'Looks beyond its namespace',
    severity: 'info',
    per: 'namespace',
    kinds: ['Service'],
    check: namespace => void namespace.cluster.of('Service').length,
  }),
  defineRule({
    id: 'test/scope',
    title: 'Looks at its scope',
    severity: 'info',
    per: 'scope',
    kinds: ['Service'],
    check: cluster => void cluster.of('Service').length,
  }),
];

test('a check runs again where something changed that it looked at, and nowhere else', () => {
  const { rules: counting, calls } = counted(reaches);
  const linter = new Linter(counting);
  const workspace = Workspace.empty.update(files);
  linter.lint(workspace, defaultConfig);
  calls.length = 0;
  const edited = application('web', 'pay').replace('port: 80', 'port: 81');
  linter.lint(workspace.update([['pay/web.yaml', edited]]), defaultConfig);
  expect(calls.map(([{ id }, unit]) => `${id} ${unit}`)).toEqual([
    'test/namespace pay',
    'test/beyond mail',
    'test/beyond pay',
    'test/beyond shop',
    'test/scope .',
  ]);
});

test('each of two rules that read the labels of a namespace is asked again when they change', () => {
  const reading = ['test/one', 'test/other'].map(id =>
    defineRule({
      id,
      title: 'Reads the labels of its namespace',
      severity: 'info',
      per: 'namespace',
      kinds: ['Service', 'Namespace'],
      check: namespace => void namespace.labels.get('team'),
    }),
  );
  const { rules: counting, calls } = counted(reading);
  const linter = new Linter(counting);
  const manifest = (team: string) =>
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: pay\n  labels:\n    team: ${team}\n`;
  const workspace = Workspace.empty.update([...files, ['pay.yaml', manifest('a')]]);
  linter.lint(workspace, defaultConfig);
  calls.length = 0;
  linter.lint(workspace.update([['pay.yaml', manifest('b')]]), defaultConfig);
  expect(calls.map(([{ id }, unit]) => `${id} ${unit}`)).toEqual(['test/one pay', 'test/other pay']);
});

test('what somebody waits for does not take the place of what else there is to say', () => {
  const speaking = (id: string, about?: 'absence') =>
    defineRule({
      id,
      title: 'Speaks of each Service',
      severity: 'info',
      per: 'scope',
      kinds: ['Service'],
      ...(about && { about }),
      check: (cluster, report) => {
        for (const { name } of cluster.of('Service')) report(name, { what: id });
      },
    });
  const linter = new Linter([speaking('test/absent', 'absence'), speaking('test/there')]);
  const service = (port: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: ${port}}]}\n`;
  // So many builds of which none can stand beside another that each folder is judged for itself.
  const tenants = ['x', 'y'].flatMap(folder =>
    Array.from({ length: 290 }, (_, i): [string, string][] => [
      [`${folder}/${i}/kustomization.yaml`, 'resources: [a.yaml]\n'],
      [`${folder}/${i}/a.yaml`, service(i + 1)],
    ]).flat(),
  );
  const workspace = Workspace.empty.update([...tenants, ['z/a.yaml', service(80)]]);
  expect(workspace.wholes).toHaveLength(3);
  const run = linter.steps(workspace, defaultConfig, new Set(['x/1/a.yaml']));
  let step = run.next();
  while (!step.done) step = run.next();
  const of = (start: string) => step.value?.filter(({ at }) => pathOf(workspace, at).startsWith(start)).length;
  expect([of('x/1/'), of('y/1/'), of('z/')]).toEqual([2, 2, 2]);
});

const pathOf = (workspace: Workspace, at: Finding['at']) => workspace.placeOf(locate(at).document)?.file.path ?? '';

test('what is moved within its file is the same object', () => {
  const { linter, workspace, calls } = start();
  const more = '---\napiVersion: v1\nkind: LimitRange\nmetadata:\n  name: zz\n  namespace: pay\n';
  const edited = application('web', 'pay').replace('---\n', `${more}---\n`);
  linter.lint(workspace.update([['pay/web.yaml', edited]]), defaultConfig);
  expect(new Set(calls.map(([, unit]) => unit))).toEqual(new Set(['pay/LimitRange/zz']));
});

test('another version of Kubernetes asks every rule again', () => {
  const { linter, workspace, calls } = start();
  linter.lint(workspace, readConfig('kubernetes: "1.33"'));
  const again = calls.length;
  calls.length = 0;
  new Linter(linter.rules).lint(workspace, readConfig('kubernetes: "1.33"'));
  expect(again).toBe(calls.length);
});
