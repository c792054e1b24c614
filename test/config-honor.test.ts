import { expect, test } from 'vitest';
import { readConfig } from '../server/src/lint/config';
import { isHonored, peers, rulesOfChecks } from '../server/src/lint/honored';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

test('every check stands for rules that there are', () => {
  const ids = new Set(rules.map(({ id }) => id));
  const named = peers.flatMap(peer => Object.values(rulesOfChecks[peer]).flat());
  expect(named.filter(id => !ids.has(id))).toEqual([]);
});

const said = (rule: string, honor: string, ...texts: string[]) => {
  const workspace = Workspace.empty.update([['a.yaml', texts.join('---\n')]]);
  const found = new Linter(rules).lint(workspace, readConfig(`honor: [${honor}]\n`));
  return found.filter(({ rule: { id } }) => id.startsWith(rule)).length;
};

const pod = (name: string, annotations: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: shop, annotations: {${annotations}}}\nspec:\n  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec: {containers: [{name: a, image: a, ports: [{containerPort: 80}]}]}\n`;
const service = (annotations: string, name = 'gone') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop, annotations: {${annotations}}}\nspec: {selector: {app: ${name}}, ports: [{port: 80}]}\n`;

test.each([
  [
    'kube-linter',
    'ignore-check.kube-linter.io/dangling-service: ours',
    'ignore-check.kube-linter.io/dangling: ours',
    'ignore-check.kube-linter.io/dangling-ingress: ours',
  ],
  [
    'kube-score',
    '"kube-score/ignore": "service-type, service-targets-pod"',
    '"kube-score/ignore": service-targets',
    '"kube-score/ignore": ingress-targets-service',
  ],
])('what %s is told of an object counts where it is named', (peer, right, wrong, elsewhere) => {
  const of = (honor: string, annotation: string) =>
    said('service/selects-nothing', honor, service(annotation), pod('api', ''));
  expect(of('', right)).toBe(1);
  expect(of('polaris, checkov', right)).toBe(1);
  expect(of(peer, right)).toBe(0);
  expect(of(peer, wrong)).toBe(1);
  // A check of the same linter that asks something else.
  expect(of(peer, elsewhere)).toBe(1);
});

test('where there is no object, nothing is exempt', () => {
  for (const rule of ['service/selects-nothing', 'network-policy/missing-default-deny-ingress'])
    expect(isHonored(peers, rule, undefined, []), rule).toBe(false);
});

test('an exemption of a pod stands for its namespace only with those of all others', () => {
  const of = (...annotations: string[]) =>
    said('network-policy/missing-default-deny', 'checkov, polaris', ...annotations.map((one, i) => pod(`p${i}`, one)));
  const skip = 'checkov.io/skip7: CKV2_K8S_6=no policies here';
  expect(of('', '')).toBe(1);
  expect(of(skip, skip)).toBe(0);
  expect(of(skip, '')).toBe(1);
  expect(of('', skip)).toBe(1);
  expect(of('checkov.io/skip1: CKV2_K8S_60=x')).toBe(1);
  expect(of('checkov.io/note: CKV2_K8S_6=x')).toBe(1);
  expect(of('polaris.fairwinds.com/missingNetworkPolicy-exempt: "true"')).toBe(0);
  expect(of('polaris.fairwinds.com/missingNetworkPolicy-exempt: "false"')).toBe(1);
});
