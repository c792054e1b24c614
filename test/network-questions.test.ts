import { describe, expect, test } from 'vitest';
import { type Network, networkOf } from '../server/src/network/policies/network';
import { Workspace } from '../server/src/workspace/workspace';
import { networkIn, peer, resourcesOf, viewOf } from './connectivity/cluster';

import { http, namespace, pod, policy, two } from './connectivity/texts';

describe('what rules ask', () => {
  const text =
    namespace('ns') +
    namespace('m', '{team: m}') +
    pod('ns/a') +
    pod('ns/b') +
    pod('m/c') +
    policy('deny', '{podSelector: {}}') +
    policy(
      'to-b',
      '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]}',
    );
  const names = (network: Network, which: 'stated' | 'possible', index: number) => {
    const placed = network.policies[index];
    if (placed === undefined) throw new Error('no such policy');
    return network.podsSelectedBy(placed)[which].map(({ workload }) => workload.name.string);
  };

  test('the pods of a policy, and the policies of a pod', () => {
    const network = networkIn(text);
    expect(names(network, 'stated', 0)).toEqual(['a', 'b']);
    expect(names(network, 'possible', 1)).toEqual(['b']);
    const [b] = peer(network, 'ns/b[Pod]').pods;
    if (b === undefined) throw new Error('one pod');
    expect(network.policiesSelecting(b, 'ingress').map(({ placed }) => placed.policy.resource.name.string)).toEqual([
      'deny',
      'to-b',
    ]);
    expect(network.policiesSelecting(b, 'egress')).toEqual([]);
  });

  test('why: which policies isolate, and which rules allow', () => {
    const network = networkIn(text);
    const [[a], [b], [c]] = [
      peer(network, 'ns/a[Pod]').pods,
      peer(network, 'ns/b[Pod]').pods,
      peer(network, 'm/c[Pod]').pods,
    ];
    if (a === undefined || b === undefined || c === undefined) throw new Error('three pods');
    const good = network.reason(b, a, 'ingress', http);
    expect(good.isolating).toHaveLength(2);
    expect(good.allowing.map(({ placed }) => placed.policy.resource.name.string)).toEqual(['to-b']);
    const bad = network.reason(b, c, 'ingress', http);
    expect(bad.isolating).toHaveLength(2);
    expect(bad.allowing).toEqual([]);
    expect(network.reason(c, b, 'egress', http)).toEqual({ isolating: [], allowing: [], denying: [], foreign: [] });
  });

  test('what somebody unknown may send: a controller in no manifest', () => {
    const possible = (ingress: string) => {
      const network = networkIn(
        namespace('ns') + pod('ns/b') + policy('p', `{podSelector: {}, ingress: [${ingress}]}`),
      );
      const [b] = peer(network, 'ns/b[Pod]').pods;
      return b && network.possibleFromAnybody(b).toString();
    };
    expect(possible('')).toBe('No Connections');
    expect(possible('{from: [{podSelector: {}}]}')).toBe('No Connections');
    expect(possible('{from: [{namespaceSelector: {matchLabels: {team: x}}}], ports: [{port: 80}]}')).toBe('TCP 80');
    expect(possible('{from: [{ipBlock: {cidr: 35.191.0.0/16}}], ports: [{port: 81}]}')).toBe('TCP 81');
  });
});

test('a network is kept for as long as nothing it reads changes', () => {
  const files: [string, string][] = [
    ['a.yaml', two + policy('p', '{podSelector: {}}')],
    ['b.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: ns}\ndata: {}\n'],
  ];
  let workspace = Workspace.empty;
  const networks = [files, [['b.yaml', '']] as const, [['a.yaml', two]] as const].map(changes => {
    workspace = workspace.update(changes);
    const [scope] = workspace.views;
    return scope && networkOf(scope);
  });
  expect(networks[1]).toBe(networks[0]);
  expect(networks[2]).not.toBe(networks[0]);
  expect(networks[2]?.policies).toEqual([]);
});

test('namespaces without a name are one with default', () => {
  const resources = resourcesOf(
    `${pod('default/a').replace(', namespace: default', '') + pod('default/b')}${policy('p', '{podSelector: {matchLabels: {app: b}}}', 'default')}`,
  );
  const network = networkOf(viewOf(resources));
  expect(network.allowed(peer(network, 'default/a[Pod]'), peer(network, 'default/b[Pod]')).of(http)).toBe('denied');
});

test('one manifest in two namespaces is two workloads', () => {
  const base = `${pod('x/a').replace(', namespace: x', '') + policy('p', '{podSelector: {}}').replace(', namespace: ns', '')}`;
  const plain = viewOf(resourcesOf(base));
  const namespaces = ['one', 'two'].flatMap(name => [...plain.namespaces].map(view => ({ ...view, name })));
  const network = networkOf({ ...plain, namespaces });
  expect(network.peers.map(({ id }) => id).sort()).toEqual(['one/a[Pod]', 'two/a[Pod]']);
  for (const { pods, id, namespace } of network.peers) {
    const [only] = pods;
    expect(only && network.policiesSelecting(only, 'ingress')).toHaveLength(1);
    expect(only && network.peerOf(only.workload, namespace)?.id).toBe(id);
  }
});
