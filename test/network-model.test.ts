import { describe, expect, test } from 'vitest';
import { isolationOf } from '../server/src/kube/policies/isolation';
import type { Resource } from '../server/src/kube/resource';
import { isolates, isSound } from '../server/src/network/policies/policy';
import { effectivePolicyTypes } from '../server/src/network/policies/read-network-policy';
import { Connections, ports } from '../server/src/network/sets/connections';
import { networkIn, peer, resourcesOf, viewOf } from './connectivity/cluster';

import { admin, answer, http, namespace, pod, policy, two } from './connectivity/texts';

describe('a verdict', () => {
  test('is allowed without policies, and denied by a deny', () => {
    expect(answer(two, 'ns/a', 'ns/b')).toBe('allowed');
    expect(answer(two + policy('p', '{podSelector: {matchLabels: {app: b}}}'), 'ns/a', 'ns/b')).toBe('denied');
    expect(answer(two + policy('p', '{podSelector: {matchLabels: {app: b}}}'), 'ns/b', 'ns/a')).toBe('allowed');
  });

  test('needs both ends', () => {
    const spec = '{podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [{ports: [{port: 443}]}]}';
    expect(answer(two + policy('p', spec), 'ns/a', 'ns/b')).toBe('denied');
    expect(answer(two + policy('p', spec), 'ns/a', 'ns/b', Connections.of('TCP', ports(443)))).toBe('allowed');
    expect(answer(two + policy('p', spec), 'ns/a', 'ns/b', Connections.of('TCP', ports(80, 443)))).toBe('partly');
  });

  test.each([
    ['an ipBlock with private addresses, which may or may not match pods', '10.0.0.0/8', 'unknown'],
    ['an ipBlock of everything', '0.0.0.0/0', 'unknown'],
    ['an ipBlock where no pod can be', '8.8.8.8/32', 'denied'],
  ])('with %s', (_, cidr, expected) => {
    const spec = `{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: ${cidr}}}]}]}`;
    expect(answer(two + policy('p', spec), 'ns/a', 'ns/b')).toBe(expected);
  });

  test('about pods on the host network is unknown where a policy means them', () => {
    const text = namespace('ns') + pod('ns/a') + pod('ns/b', 'hostNetwork: true');
    expect(answer(text, 'ns/a', 'ns/b')).toBe('allowed');
    expect(answer(text + policy('p', '{podSelector: {matchLabels: {app: b}}}'), 'ns/a', 'ns/b')).toBe('unknown');
    const fromHost = '{podSelector: {matchLabels: {app: a}}, ingress: [{from: [{podSelector: {}}]}]}';
    expect(answer(text + policy('p', fromHost), 'ns/b', 'ns/a')).toBe('unknown');
    const anybody = '{podSelector: {matchLabels: {app: a}}, ingress: [{}]}';
    expect(answer(text + policy('p', anybody), 'ns/b', 'ns/a')).toBe('allowed');
  });

  test('about a namespace without manifest goes by its name alone', () => {
    const text = namespace('ns') + pod('ns/b') + pod('far/a');
    const from = (selector: string) =>
      policy('p', `{podSelector: {}, ingress: [{from: [{namespaceSelector: ${selector}}]}]}`);
    expect(answer(text + from('{matchLabels: {team: x}}'), 'far/a', 'ns/b')).toBe('unknown');
    expect(answer(text + namespace('far') + from('{matchLabels: {team: x}}'), 'far/a', 'ns/b')).toBe('denied');
    const named = (name: string) => from(`{matchLabels: {kubernetes.io/metadata.name: ${name}}}`);
    expect(answer(text + named('far'), 'far/a', 'ns/b')).toBe('allowed');
    expect(answer(text + named('other'), 'far/a', 'ns/b')).toBe('denied');
    expect(answer(text + from('{}'), 'far/a', 'ns/b')).toBe('allowed');
  });

  test('is unknown for labels that a controller adds', () => {
    const text = `${namespace('ns') + pod('ns/a')}---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: ns}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main, image: x}]}}}
`;
    const network = networkIn(
      text + policy('p', '{podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: db-0}}}'),
    );
    expect(network.allowed(peer(network, 'ns/a[Pod]'), peer(network, 'ns/db[StatefulSet]')).of(http)).toBe('unknown');
  });

  test('is unknown where the API server refuses the policy', () => {
    const spec = '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/40}}]}]}';
    expect(answer(two + policy('p', spec), 'ns/a', 'ns/b')).toBe('unknown');
    const both = two + policy('p', spec) + policy('q', '{podSelector: {}}');
    expect(answer(both, 'ns/a', 'ns/b')).toBe('denied');
  });

  test('is unknown where two policies of one name disagree, not where they are one text', () => {
    const deny = policy('p', '{podSelector: {}}');
    expect(answer(two + deny + policy('p', '{podSelector: {}, ingress: [{}]}'), 'ns/a', 'ns/b')).toBe('unknown');
    expect(answer(two + deny + deny, 'ns/a', 'ns/b')).toBe('denied');
  });

  test('is unknown where admin policies of one priority disagree', () => {
    const rule = (action: string, port: number) =>
      `{action: ${action}, from: [{namespaces: {}}], ports: [{portNumber: {protocol: TCP, port: ${port}}}]}`;
    const spec = (...rules: string[]) => `{priority: 5, subject: {namespaces: {}}, ingress: [${rules.join(', ')}]}`;
    const text = two + admin('x', spec(rule('Allow', 80))) + admin('y', spec(rule('Deny', 80), rule('Deny', 81)));
    expect(answer(text, 'ns/a', 'ns/b')).toBe('unknown');
    expect(answer(text, 'ns/a', 'ns/b', Connections.of('TCP', ports(81)))).toBe('denied');
    expect(answer(text, 'ns/a', 'ns/b', Connections.of('TCP', ports(82)))).toBe('allowed');
  });

  test('takes no rule with an action of the other version', () => {
    const rules = '[{action: Accept, from: [{namespaces: {}}]}]';
    const text = two + admin('x', `{priority: 5, subject: {namespaces: {}}, ingress: ${rules}}`);
    expect(networkIn(text).policies.map(({ policy }) => policy.problems.map(({ kind }) => kind))).toEqual([
      ['action-unknown'],
    ]);
  });
});

describe('a primary network of OVN-Kubernetes', () => {
  const own = '{k8s.ovn.org/primary-user-defined-network: ""}';
  const text = `${namespace('ns') + pod('ns/a') + namespace('red', own) + pod('red/a') + pod('red/b')}${
    namespace('green', own) + pod('green/a') + pod('green/host', 'hostNetwork: true')
  }`;

  test('is apart from the others, as far as anybody knows', () => {
    expect(answer(text, 'ns/a', 'red/a')).toBe('unknown');
    expect(answer(text, 'red/a', 'ns/a')).toBe('unknown');
    expect(answer(text, 'red/a', 'green/a')).toBe('unknown');
    expect(answer(text, 'red/a', 'red/b')).toBe('allowed');
  });

  test('does not hold pods on the network of their node', () => {
    expect(answer(text, 'ns/a', 'green/host')).toBe('allowed');
    expect(answer(text, 'green/host', 'green/a')).toBe('unknown');
  });

  test('leaves a denial standing', () => {
    const deny = policy('p', '{podSelector: {}}');
    expect(answer(text + deny, 'red/a', 'ns/a')).toBe('denied');
  });
});

describe('policies of other APIs', () => {
  const isolation = (text: string) => {
    const home = [...viewOf(resourcesOf(text)).namespaces].find(({ name }) => name === 'ns');
    return home && isolationOf(home, 'ingress').state;
  };
  const foreign = (kind: string, spec: string, where = ', namespace: ns') => `---
apiVersion: ${kind.startsWith('Cilium') ? 'cilium.io/v2' : 'projectcalico.org/v3'}
kind: ${kind}
metadata: {name: f${where}}
spec: ${spec}
`;
  test.each([
    ['CiliumNetworkPolicy', '{endpointSelector: {}, ingress: [{}]}', 'unknown'],
    ['CiliumNetworkPolicy', '{endpointSelector: {matchLabels: {"any:app": b}}, ingressDeny: [{}]}', 'unknown'],
    ['CiliumNetworkPolicy', '{endpointSelector: {matchLabels: {"k8s:app": c}}, ingress: [{}]}', 'allowed'],
    ['CiliumNetworkPolicy', '{endpointSelector: {}, ingress: []}', 'allowed'],
    ['CiliumNetworkPolicy', '{endpointSelector: {matchLabels: {app: b}}, egress: [{}]}', 'allowed'],
    ['NetworkPolicy', '{selector: app == "b"}', 'unknown'],
    ['NetworkPolicy', '{selector: "app == \'c\'"}', 'allowed'],
    ['NetworkPolicy', `{selector: 'app in {"c", "b"} && has(app)'}`, 'unknown'],
    ['NetworkPolicy', `{selector: 'app not in {"c", "d"}'}`, 'unknown'],
    ['NetworkPolicy', `{selector: 'app not in {"c", "b"}'}`, 'allowed'],
    ['NetworkPolicy', `{selector: '(app == "c" || app == "d")'}`, 'allowed'],
    ['NetworkPolicy', '{selector: app == "c" || app == "b"}', 'unknown'],
    ['NetworkPolicy', '{selector: "!has(app)"}', 'allowed'],
    ['NetworkPolicy', '{selector: app == "b", egress: [{action: Allow}]}', 'allowed'],
    ['NetworkPolicy', '{types: [Egress], selector: app == "a"}', 'unknown'],
    ['StagedNetworkPolicy', '{selector: all()}', 'allowed'],
  ])('%s %s', (kind, spec, expected) => {
    expect(answer(two + foreign(kind, spec), 'ns/a', 'ns/b')).toBe(expected);
  });

  test.each([
    ['GlobalNetworkPolicy', `{namespaceSelector: 'kubernetes.io/metadata.name not in {"ns", "m"}'}`, 'allowed'],
    ['GlobalNetworkPolicy', `{namespaceSelector: 'kubernetes.io/metadata.name not in {"m"}'}`, 'unknown'],
    ['GlobalNetworkPolicy', '{namespaceSelector: global()}', 'allowed'],
    ['GlobalNetworkPolicy', '{selector: projectcalico.org/namespace == "m"}', 'allowed'],
    ['CiliumClusterwideNetworkPolicy', '{nodeSelector: {matchLabels: {x: y}}, ingress: [{}]}', 'allowed'],
    [
      'CiliumClusterwideNetworkPolicy',
      '{endpointSelector: {matchExpressions: [{key: io.kubernetes.pod.namespace, operator: NotIn, values: [ns]}]}, ingress: [{}]}',
      'allowed',
    ],
    ['CiliumClusterwideNetworkPolicy', '{endpointSelector: {}, ingress: [{}]}', 'unknown'],
  ])('cluster-wide %s %s', (kind, spec, expected) => {
    expect(answer(two + foreign(kind, spec, ''), 'ns/a', 'ns/b')).toBe(expected);
  });

  test.each([
    ['CiliumNetworkPolicy', '{ingress: [{fromEndpoints: [{}], fromEntities: [cluster]}]}'],
    ['CiliumNetworkPolicy', '{ingress: [{fromCIDR: [192.0.2.0/24], fromCIDRSet: [{cidr: 198.51.100.0/24}]}]}'],
    ['CiliumNetworkPolicy', '{ingress: [{}], egress: [{toFQDNs: [{matchName: a.example}], toEndpoints: [{}]}]}'],
    ['CiliumNetworkPolicy', '{ingress: [{}], egressDeny: [{toEntities: [world], toCIDR: [192.0.2.0/24]}]}'],
    ['CiliumNetworkPolicy', '{ingress: [{}], egress: [{toEntities: [internet]}]}'],
    ['CiliumNetworkPolicy', '{ingress: [{}], egress: [{toServices: [{}], toPorts: [{ports: [{port: "80"}]}]}]}'],
    ['CiliumNetworkPolicy', '{ingress: [{icmps: [{}], toPorts: [{ports: [{port: "80"}]}]}]}'],
    ['CiliumClusterwideNetworkPolicy', '{ingress: [{fromEndpoints: [{}], fromNodes: [{}]}]}'],
    ['NetworkPolicy', `{selector: "app = 'b'"}`],
    ['NetworkPolicy', '{selector: {matchLabels: {app: b}}}'],
    ['NetworkPolicy', '{selector: app == b}'],
    ['NetworkPolicy', '{selector: all(), ingress: [{action: Allow, source: {selector: app is web}}]}'],
    ['GlobalNetworkPolicy', '{selector: all(), namespaceSelector: has(x}'],
  ])('have no effect where they are refused: %s %s', (kind, spec) => {
    const where = kind.startsWith('Cilium') ? spec.replace('{', '{endpointSelector: {}, ') : spec;
    const text = two + foreign(kind, where, /^(?:Global|CiliumC)/.test(kind) ? '' : undefined);
    expect(answer(text, 'ns/a', 'ns/b')).toBe('allowed');
    expect(isolation(text)).toBe('open');
  });

  test('of which one rule is refused have no effect at all', () => {
    const text = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: f, namespace: ns}
specs:
  - {endpointSelector: {}, ingress: [{}]}
  - {nodeSelector: {matchLabels: {role: worker}}, ingress: [{}]}
`;
    expect(isolation(two + text)).toBe('open');
    expect(isolation(two + text.replace('nodeSelector', 'endpointSelector'))).toBe('isolated');
  });

  test.each([
    ['CiliumNetworkPolicy', '{endpointSelector: {}, ingress: [{fromEndpoints: [{}], fromEntities: []}]}', 'isolated'],
    ['CiliumNetworkPolicy', '{endpointSelector: {}, ingress: [{fromEntities: ["${WHO}"]}]}', 'isolated'],
    ['CiliumNetworkPolicy', '{endpointSelector: {}, ingress: [{fromEntities: [kube-apiserver]}]}', 'isolated'],
    ['NetworkPolicy', `{selector: "app notin {'b'}"}`, 'isolated'],
    ['NetworkPolicy', `{selector: "!(app startswith 'b')"}`, 'isolated'],
    ['NetworkPolicy', '{selector: "${SELECTOR}"}', 'unclear'],
    ['NetworkPolicy', '{selector: ""}', 'isolated'],
  ])('have one where they are not: %s %s', (kind, spec, expected) => {
    expect(isolation(two + foreign(kind, spec))).toBe(expected);
  });

  test('leave a denial standing that the other end makes for sure', () => {
    const deny = policy('p', '{podSelector: {matchLabels: {app: a}}, policyTypes: [Egress]}');
    const text = two + deny + foreign('CiliumNetworkPolicy', '{endpointSelector: {}, ingress: [{}]}');
    expect(answer(text, 'ns/a', 'ns/b')).toBe('denied');
  });
});

describe('a NetworkPolicy', () => {
  const read = (spec: string): Resource => {
    const [resource] = resourcesOf(policy('p', spec));
    if (resource === undefined) throw new Error('one resource');
    return resource;
  };

  test.each([
    ['{}', 'ingress'],
    ['{policyTypes: []}', 'ingress'],
    ['{policyTypes: null, egress: []}', 'ingress'],
    ['{egress: [{}]}', 'ingress,egress'],
    ['{policyTypes: [Egress]}', 'egress'],
    ['{policyTypes: [Egress, Ingress], ingress: []}', 'egress,ingress'],
  ])('%s isolates %s', (spec, expected) => {
    expect([...effectivePolicyTypes(read(spec))].join()).toBe(expected);
    const [placed] = networkIn(policy('p', spec)).policies;
    if (placed === undefined) throw new Error('one policy');
    const { ingress, egress } = isolates(placed.policy);
    expect({ ingress, egress }).toEqual({
      ingress: expected.includes('ingress'),
      egress: expected.includes('egress'),
    });
  });

  test.each([
    ['cidr-malformed', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0}}]}]', '10.0.0'],
    ['cidr-leading-zeros', 'ingress: [{from: [{ipBlock: {cidr: 010.0.0.0/8}}]}]', '010.0.0.0/8'],
    ['cidr-host-bits', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]', '10.0.0.1/8'],
    ['except-not-inside', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/9]}}]}]', '11.0.0.0/9'],
    ['except-not-inside', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]', '10.0.0.0/8'],
    ['peer-mixed', 'ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]', 'podSelector'],
    ['peer-empty', 'ingress: [{from: [{podSelector: null}]}]', 'podSelector'],
    ['selector-unsound', 'podSelector: {matchExpressions: [{key: a, operator: Near}]}', 'podSelector'],
    ['port-out-of-range', 'ingress: [{ports: [{port: 0}]}]', '0'],
    ['port-out-of-range', 'ingress: [{ports: [{port: 1, endPort: 70000}]}]', '70000'],
    ['port-name-invalid', 'ingress: [{ports: [{port: "80"}]}]', '"80"'],
    ['end-port-without-number', 'ingress: [{ports: [{port: web, endPort: 90}]}]', '90'],
    ['end-port-below-port', 'ingress: [{ports: [{port: 91, endPort: 90}]}]', '90'],
    ['protocol-unknown', 'ingress: [{ports: [{protocol: tcp, port: 1}]}]', 'tcp'],
    ['policy-type-unknown', 'policyTypes: [ingress]', 'ingress'],
    ['malformed', 'ingress: {from: []}', 'ingress'],
    ['malformed', 'ingress: [{from: {podSelector: {}}}]', 'from'],
  ])('has its problems told: %s in %s', (kind, spec, place) => {
    const [placed] = networkIn(policy('p', `{${spec}}`)).policies;
    const problem = placed?.policy.problems[0];
    expect(problem?.kind).toBe(kind);
    const { text } = problem?.node.document ?? { text: '' };
    expect(text.slice(problem?.node.range.start, problem?.node.range.end)).toBe(place);
    const isTolerated = kind === 'cidr-leading-zeros' || kind === 'cidr-host-bits';
    expect(placed && isSound(placed.policy)).toBe(isTolerated);
  });
});
