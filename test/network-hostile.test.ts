import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cluster } from '../server/src/kube/view';
import { connectivity, connectivityFormats } from '../server/src/network/answers/formats';
import { connectivityNotes } from '../server/src/network/answers/notes';
import { networkOf } from '../server/src/network/policies/network';
import { directions } from '../server/src/network/policies/policy';
import { Workspace } from '../server/src/workspace/workspace';
import { resourcesOf, viewOf } from './connectivity/cluster';
import { isThorough } from './thorough';

const cases = join(import.meta.dirname, 'connectivity', 'cases');
const manifests = readdirSync(cases, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.(?:ya?ml|json)$/.test(path))
  .sort()
  .map(path => readFileSync(join(cases, path), 'utf8'));

/** Asks a cluster everything there is to ask. */
function askAll(view: Cluster): void {
  for (const format of connectivityFormats) connectivity(view, format);
  connectivityNotes(view);
  const network = networkOf(view);
  for (const pod of network.peers.flatMap(({ pods }) => pods).slice(0, 5)) {
    for (const direction of directions) {
      network.policiesSelecting(pod, direction);
      network.external(pod, direction);
    }
    network.possibleFromAnybody(pod);
  }
  for (const placed of network.policies) network.podsSelectedBy(placed);
}

test('any value may stand anywhere', () => {
  const objects = manifests
    .flatMap(text => resourcesOf(text))
    .map((resource): unknown => JSON.parse(JSON.stringify(resource.node.value)));
  const anything = fc.oneof(
    fc.constantFrom(null, [], {}, '', 0, -1, 1e99, true, [null], [[]], { '': null }, [{}], '0.0.0.0/0', '::/0'),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), anything), { maxLength: 20 }),
      changes => {
        const changed: unknown[] = structuredClone(objects);
        for (const [which, path, value] of changes) replace(changed[which % changed.length], path, value);
        askAll(viewOf(resourcesOf(changed.map(object => `---\n${JSON.stringify(object)}\n`).join(''))));
      },
    ),
    { numRuns: isThorough ? 60 : 20 },
  );
});

/** Puts a value where the path leads, going down as far as there is something to go down into. */
function replace(target: unknown, [step = 0, ...rest]: readonly number[], value: unknown): void {
  if (typeof target !== 'object' || target === null) return;
  const keys = Object.keys(target);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return;
  const child: unknown = Reflect.get(target, key);
  const isLeaf = rest.length === 0 || typeof child !== 'object' || child === null || Object.keys(child).length === 0;
  if (isLeaf) Reflect.set(target, key, value);
  else replace(child, rest, value);
}

test('every manifest may end anywhere', () => {
  for (const text of manifests) {
    for (let end = 0; end < text.length; end += isThorough ? 97 : 397) askAll(viewOf(resourcesOf(text.slice(0, end))));
  }
});

test('after any edits a workspace has the network of one built from nothing', () => {
  const documents = manifests.flatMap(text => text.split('\n---\n'));
  const edit = fc.tuple(fc.nat({ max: 9 }), fc.option(fc.nat({ max: documents.length - 1 }), { nil: undefined }));
  const options = { scopes: [{ name: 'all', namespace: undefined, holds: () => true }] };
  const print = ({ views: [scope] }: Workspace) => (scope ? connectivity(scope, 'txt') : '');
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 25 }), edits => {
      const files = new Map<string, string>();
      let workspace = Workspace.empty;
      for (const [file, document] of edits) {
        const text = document === undefined ? undefined : documents[document];
        if (text === undefined) files.delete(`${file}.yaml`);
        else files.set(`${file}.yaml`, text);
        workspace = workspace.update([[`${file}.yaml`, text]], options);
        print(workspace);
      }
      expect(print(workspace)).toBe(print(Workspace.empty.update(files, options)));
    }),
    { numRuns: isThorough ? 40 : 10 },
  );
});

test('thousands of namespaces, blocks and values are answered', () => {
  const numbers = Array.from({ length: 1500 }, (_, i) => i);
  const objects: object[] = numbers.flatMap(i => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `n${i}`, labels: { team: `t${i}` } } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: `n${i}`, labels: { app: `a${i}` } },
      spec: { containers: [{ name: 'main', image: 'x' }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p', namespace: `n${i}` },
      spec: {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['x', `b${i}`] }] },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: `t${i + 1}` } } }], ports: [{ port: 80 }] }],
        egress: [{ to: [{ namespaceSelector: {} }, { ipBlock: { cidr: `${1 + (i % 200)}.0.0.0/8` } }] }],
      },
    },
  ]);
  const everybody = numbers.map(i => ({
    to: [{ ipBlock: { cidr: `9.${i >> 8}.${i & 255}.0/24` } }],
    ports: [{ port: i + 1 }],
  }));
  objects.push({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'many-blocks', namespace: 'n0' },
    spec: { podSelector: {}, policyTypes: ['Egress'], egress: everybody },
  });
  const view = viewOf(resourcesOf(objects.map(object => `---\n${JSON.stringify(object)}\n`).join('')));
  const lines = connectivity(view, 'txt').trimEnd().split('\n');
  const inside = lines.filter(line => !line.includes('[External]'));
  expect(inside).toHaveLength(numbers.length - 1);
  expect(inside).toContain('n1/p[Pod] => n0/p[Pod] : TCP 80');
  expect(lines).toContain('n0/p[Pod] => 9.5.7.0-9.5.7.255[External] : TCP 1288');
});
