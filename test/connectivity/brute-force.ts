import { addressOf, parseCidr } from '../../server/src/network/sets/addresses';
import type { Protocol } from '../../server/src/network/sets/connections';
import { holds } from '../../server/src/network/sets/intervals';

/**
 * The model against a second one, that asks about one pair of pods, one protocol and one port at a time, and follows
 * the words of the API's documentation: no sets, no classes, no order but the written one.
 */

export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; values?: string[] }[];
}
export interface NamespacedPort {
  protocol?: Protocol;
  port?: number | string;
  endPort?: number;
}
export interface PolicyPeer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: readonly string[] };
}
interface PolicyRule {
  from?: PolicyPeer[];
  to?: PolicyPeer[];
  ports?: NamespacedPort[];
}
export interface NetworkPolicySpec {
  podSelector: Selector;
  policyTypes?: ('Ingress' | 'Egress')[];
  ingress?: PolicyRule[];
  egress?: PolicyRule[];
}
export interface AdminPeer {
  namespaces?: Selector;
  pods?: { namespaceSelector: Selector; podSelector: Selector };
  networks?: string[];
}
export interface AdminRule {
  action: 'Allow' | 'Deny' | 'Pass';
  from?: AdminPeer[];
  to?: AdminPeer[];
  ports?: (
    | { portNumber: { protocol: Protocol; port: number } }
    | { portRange: { protocol: Protocol; start: number; end: number } }
    | { namedPort: string }
  )[];
}
export interface AdminSpec {
  priority?: number;
  subject: AdminPeer;
  ingress?: AdminRule[];
  egress?: AdminRule[];
}
export interface Pod {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  ports: { name: string; containerPort: number; protocol: Protocol }[];
}
export interface World {
  namespaces: { name: string; labels: Record<string, string> }[];
  pods: Pod[];
  policies: { namespace: string; spec: NetworkPolicySpec }[];
  admin: AdminSpec[];
  baseline: AdminSpec | undefined;
}
export interface Packet {
  protocol: Protocol;
  port: number;
}
type Far = Pod | { address: string };

function selects(selector: Selector, labels: Record<string, string>): boolean {
  const pairs = Object.entries(selector.matchLabels ?? {});
  if (!pairs.every(([key, value]) => labels[key] === value)) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    const isIn = value !== undefined && values.includes(value);
    return operator === 'In' ? isIn : !isIn;
  });
}

const namespaceLabels = (world: World, name: string) => ({
  ...world.namespaces.find(namespace => namespace.name === name)?.labels,
  'kubernetes.io/metadata.name': name,
});

const blockHolds = (cidr: string, address: string) =>
  holds(parseCidr(cidr)?.addresses ?? [], addressOf(address) ?? -1n);

function peerMatches(world: World, namespace: string, peer: PolicyPeer, far: Far): boolean {
  if ('address' in far) {
    const { cidr, except = [] } = peer.ipBlock ?? {};
    return cidr !== undefined && blockHolds(cidr, far.address) && !except.some(hole => blockHolds(hole, far.address));
  }
  if (peer.ipBlock) return false;
  const isThere = peer.namespaceSelector
    ? selects(peer.namespaceSelector, namespaceLabels(world, far.namespace))
    : far.namespace === namespace;
  return isThere && (!peer.podSelector || selects(peer.podSelector, far.labels));
}

function portMatches({ protocol = 'TCP', port, endPort }: NamespacedPort, packet: Packet, receiver: Far): boolean {
  if (protocol !== packet.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return packet.port >= port && packet.port <= (endPort ?? port);
  if ('address' in receiver) return false;
  const named = receiver.ports.find(candidate => candidate.name === port && candidate.protocol === protocol);
  return named?.containerPort === packet.port;
}

function adminPeerMatches(world: World, peer: AdminPeer, far: Far): boolean {
  if ('address' in far) return (peer.networks ?? []).some(cidr => blockHolds(cidr, far.address));
  if (peer.networks) return peer.networks.includes('0.0.0.0/0');
  const labels = namespaceLabels(world, far.namespace);
  if (peer.namespaces) return selects(peer.namespaces, labels);
  return (
    peer.pods !== undefined &&
    selects(peer.pods.namespaceSelector, labels) &&
    selects(peer.pods.podSelector, far.labels)
  );
}

function adminPortMatches(port: NonNullable<AdminRule['ports']>[number], packet: Packet, receiver: Far): boolean {
  if ('namedPort' in port) {
    if ('address' in receiver) return false;
    return receiver.ports.some(
      ({ name, containerPort, protocol }) =>
        name === port.namedPort && containerPort === packet.port && protocol === packet.protocol,
    );
  }
  if ('portNumber' in port) return port.portNumber.protocol === packet.protocol && port.portNumber.port === packet.port;
  const { protocol, start, end } = port.portRange;
  return protocol === packet.protocol && start <= packet.port && packet.port <= end;
}

function adminVerdict(world: World, specs: AdminSpec[], near: Pod, far: Far, direction: Direction, packet: Packet) {
  const receiver = direction === 'ingress' ? near : far;
  for (const spec of [...specs].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0))) {
    if (!adminPeerMatches(world, spec.subject, near)) continue;
    for (const { action, from, to, ports } of spec[direction] ?? []) {
      if (!(from ?? to ?? []).some(each => adminPeerMatches(world, each, far))) continue;
      if (ports && !ports.some(port => adminPortMatches(port, packet, receiver))) continue;
      return action;
    }
  }
  return 'Pass';
}

type Direction = 'ingress' | 'egress';

export function endAllows(world: World, near: Pod, far: Far, direction: Direction, packet: Packet): boolean {
  const admin = adminVerdict(world, world.admin, near, far, direction, packet);
  if (admin !== 'Pass') return admin === 'Allow';
  const receiver = direction === 'ingress' ? near : far;
  const isolating = world.policies.filter(({ namespace, spec }) => {
    const types = spec.policyTypes?.length ? spec.policyTypes : ['Ingress', ...(spec.egress?.length ? ['Egress'] : [])];
    const isDirected = types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
    return isDirected && namespace === near.namespace && selects(spec.podSelector, near.labels);
  });
  if (isolating.length > 0) {
    return isolating.some(({ namespace, spec }) =>
      (spec[direction] ?? []).some(rule => {
        const peers = rule.from ?? rule.to ?? [];
        return (
          (peers.length === 0 || peers.some(each => peerMatches(world, namespace, each, far))) &&
          (!rule.ports?.length || rule.ports.some(port => portMatches(port, packet, receiver)))
        );
      }),
    );
  }
  const baseline = world.baseline ? [world.baseline] : [];
  return adminVerdict(world, baseline, near, far, direction, packet) !== 'Deny';
}
