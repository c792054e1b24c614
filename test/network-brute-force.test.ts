import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf } from '../server/src/network/sets/addresses';
import type { Connections, Protocol } from '../server/src/network/sets/connections';
import { holds } from '../server/src/network/sets/intervals';
import {
  type AdminPeer,
  type AdminRule,
  type AdminSpec,
  endAllows,
  type NamespacedPort,
  type NetworkPolicySpec,
  type Packet,
  type PolicyPeer,
  type Selector,
  type World,
} from './connectivity/brute-force';
import { networkIn, peer } from './connectivity/cluster';
import { isThorough } from './thorough';

const key = fc.constantFrom('a', 'b');
const value = fc.constantFrom('1', '2', '3');
const labels = fc.dictionary(key, value, { maxKeys: 2, noNullPrototype: true });
const expression = fc.oneof(
  fc.record({ key, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
  fc.record({
    key,
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.array(value, { minLength: 1, maxLength: 2 }),
  }),
);
const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: fc.dictionary(key, value, { maxKeys: 1, noNullPrototype: true }) }),
  fc.record({ matchExpressions: fc.array(expression, { maxLength: 2 }) }),
  fc.record({ matchLabels: fc.record({ 'kubernetes.io/metadata.name': fc.constantFrom('n0', 'n1') }) }),
);
const protocol = fc.constantFrom<Protocol>('TCP', 'UDP', 'SCTP');
const port = fc.integer({ min: 79, max: 83 });
const name = fc.constantFrom('web', 'dns');
const cidr = fc.constantFrom('10.1.0.0/16', '8.8.8.8/32', '0.0.0.0/0', '10.0.0.0/8');

const policyPort: fc.Arbitrary<NamespacedPort> = fc.oneof(
  fc.record({ protocol, port: fc.oneof(port, name) }, { requiredKeys: [] }),
  fc.record({ protocol, port, endPort: fc.integer({ min: 83, max: 90 }) }, { requiredKeys: ['port', 'endPort'] }),
);
const block: fc.Arbitrary<NonNullable<PolicyPeer['ipBlock']>> = fc.oneof(
  fc.record({ cidr }),
  fc.constant({ cidr: '10.0.0.0/8', except: ['10.1.2.0/24'] }),
);
const policyPeer: fc.Arbitrary<PolicyPeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
  fc.record({ ipBlock: block }),
);
const policyPeers = fc.array(policyPeer, { maxLength: 2 });
const policyPorts = fc.array(policyPort, { maxLength: 2 });
const fromRules = fc.record({ from: policyPeers, ports: policyPorts }, { requiredKeys: [] });
const toRules = fc.record({ to: policyPeers, ports: policyPorts }, { requiredKeys: [] });
const policyTypes = fc.uniqueArray(fc.constantFrom('Ingress' as const, 'Egress' as const));
const policySpec: fc.Arbitrary<NetworkPolicySpec> = fc.record(
  {
    podSelector: selector,
    policyTypes,
    ingress: fc.array(fromRules, { maxLength: 2 }),
    egress: fc.array(toRules, { maxLength: 2 }),
  },
  { requiredKeys: ['podSelector'] },
);

const namespacedPod = fc.record({ namespaceSelector: selector, podSelector: selector });
const chosenPods: fc.Arbitrary<AdminPeer> = fc.oneof(
  fc.record({ namespaces: selector }),
  fc.record({ pods: namespacedPod }),
);
const networks: fc.Arbitrary<AdminPeer> = fc.record({ networks: fc.array(cidr, { minLength: 1, maxLength: 2 }) });
const adminPort: fc.Arbitrary<NonNullable<AdminRule['ports']>[number]> = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol, port }) }),
  fc.record({ portRange: fc.record({ protocol, start: port, end: fc.integer({ min: 83, max: 90 }) }) }),
  fc.record({ namedPort: name }),
);
const action = fc.constantFrom('Allow' as const, 'Deny' as const, 'Pass' as const);
const adminPorts = fc.array(adminPort, { minLength: 1, maxLength: 2 });
const sources = fc.array(chosenPods, { minLength: 1, maxLength: 2 });
const targets = fc.array(fc.oneof(chosenPods, networks), { minLength: 1, maxLength: 2 });
const adminSpec: fc.Arbitrary<AdminSpec> = fc.record({
  subject: chosenPods,
  ingress: fc.array(fc.record({ action, from: sources, ports: adminPorts }, { requiredKeys: ['action', 'from'] }), {
    maxLength: 3,
  }),
  egress: fc.array(fc.record({ action, to: targets, ports: adminPorts }, { requiredKeys: ['action', 'to'] }), {
    maxLength: 3,
  }),
});

const world: fc.Arbitrary<World> = fc.record({
  namespaces: fc.tuple(labels, labels).map(each => each.map((own, i) => ({ name: `n${i}`, labels: own }))),
  pods: fc
    .array(
      fc.record({
        namespace: fc.constantFrom('n0', 'n1'),
        labels,
        ports: fc.uniqueArray(fc.record({ name, containerPort: port, protocol }), {
          maxLength: 2,
          selector: each => each.name,
        }),
      }),
      { minLength: 2, maxLength: 4 },
    )
    .map(pods => pods.map((pod, i) => ({ ...pod, name: `p${i}` }))),
  policies: fc.array(fc.record({ namespace: fc.constantFrom('n0', 'n1'), spec: policySpec }), { maxLength: 3 }),
  admin: fc.array(adminSpec, { maxLength: 2 }).map(specs => specs.map((spec, i) => ({ ...spec, priority: 9 - i }))),
  baseline: fc.option(adminSpec, { nil: undefined }),
});

/** JSON is YAML: the manifests as one stream. */
function manifestsOf({ namespaces, pods, policies, admin, baseline }: World): string {
  const version = 'policy.networking.k8s.io/v1alpha1';
  const documents = [
    ...namespaces.map(metadata => ({ apiVersion: 'v1', kind: 'Namespace', metadata })),
    ...pods.map(({ ports, ...metadata }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { containers: [{ name: 'main', image: 'example.org/app', ports }] },
    })),
    ...policies.map(({ namespace, spec }, i) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `np${i}`, namespace },
      spec,
    })),
    ...admin.map((spec, i) => ({
      apiVersion: version,
      kind: 'AdminNetworkPolicy',
      metadata: { name: `anp${i}` },
      spec,
    })),
    ...(baseline
      ? [{ apiVersion: version, kind: 'BaselineAdminNetworkPolicy', metadata: { name: 'default' }, spec: baseline }]
      : []),
  ];
  return documents.map(document => `---\n${JSON.stringify(document)}\n`).join('');
}

const packets = (['TCP', 'UDP', 'SCTP'] as const).flatMap(each =>
  [78, 79, 80, 81, 82, 83, 84, 91, 65535].map((number): Packet => ({ protocol: each, port: number })),
);
const allows = (connections: Connections | undefined, packet: Packet) =>
  connections !== undefined && holds(connections.ports(packet.protocol), packet.port);

test('the network allows what the documentation says, packet by packet', () => {
  fc.assert(
    fc.property(world, world => {
      const network = networkIn(manifestsOf(world));
      const ends = world.pods.map(pod => ({ pod, end: peer(network, `${pod.namespace}/${pod.name}[Pod]`) }));
      for (const { pod: source, end: from } of ends) {
        for (const { pod: target, end: to } of ends) {
          const { stated, certain, possible } = network.allowed(from, to);
          for (const packet of packets) {
            const expected =
              endAllows(world, source, target, 'egress', packet) && endAllows(world, target, source, 'ingress', packet);
            expect(allows(stated, packet)).toBe(expected);
          }
          expect(stated.contains(certain)).toBe(true);
          expect(possible.contains(stated)).toBe(true);
        }
        for (const address of ['10.1.2.3', '10.1.3.3', '10.2.0.1', '8.8.8.8', '1.1.1.1']) {
          for (const direction of ['ingress', 'egress'] as const) {
            const parts = network.external(from.pods[0] ?? never(), direction).stated;
            const part = parts.find(({ peers }) => holds(peers, addressOf(address) ?? -1n));
            for (const packet of packets) {
              const expected = endAllows(world, source, { address }, direction, packet);
              expect(allows(part?.connections, packet)).toBe(expected);
            }
          }
        }
      }
    }),
    { numRuns: isThorough ? 150 : 50 },
  );
});

function never(): never {
  throw new Error('a peer has a pod');
}
