import type { Resource } from '../../kube/resource';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { type AddressSet, noAddress } from '../sets/addresses';
import { allPorts, Connections, ports, protocolNamed } from '../sets/connections';
import { union } from '../sets/intervals';
import {
  type Action,
  choiceOf,
  isSet,
  type NamedPort,
  type PodChoice,
  type Policy,
  Problems,
  type Rule,
  type RulePeers,
  type RulePorts,
  type Tier,
} from './policy';
import { cidrAt, isPort } from './read-network-policy';

/** AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1), and ClusterNetworkPolicy (v1alpha2), which replaced both. */
export const adminPolicyKinds = [
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
] as const;

/** A cluster-wide policy as network-policy-api defines it (apis/v1alpha1/shared_types.go, apis/v1alpha2). */
export const adminPolicyOf = memo((resource: Resource): Policy => read(resource));

/** Words that the versions changed: actions, and where a rule keeps its ports. */
interface Dialect {
  readonly actions: ReadonlyMap<string, Action>;
  portsOf(rule: Node, problems: Problems): RulePorts;
}

/** @source kubernetes-sigs/network-policy-api:apis/v1alpha1/adminnetworkpolicy_types.go (354de2d, read 2026-11-29) */
const v1alpha1: Dialect = {
  actions: new Map<string, Action>([
    ['Allow', 'allow'],
    ['Deny', 'deny'],
    ['Pass', 'pass'],
  ]),
  portsOf: (rule, problems) => portsOf(rule.at('ports'), adminPortOf, problems),
};

/** @source kubernetes-sigs/network-policy-api:apis/v1alpha2/clusternetworkpolicy_types.go (cec862a, read 2026-11-29) */
const v1alpha2: Dialect = {
  actions: new Map<string, Action>([
    ['Accept', 'allow'],
    ['Deny', 'deny'],
    ['Pass', 'pass'],
  ]),
  portsOf: (rule, problems) => portsOf(rule.at('protocols'), protocolMatchOf, problems),
};

function read(resource: Resource): Policy {
  const problems = new Problems();
  const spec = resource.at('spec');
  const dialect = resource.kindName === 'ClusterNetworkPolicy' ? v1alpha2 : v1alpha1;
  return {
    resource,
    tier: tierOf(resource, problems),
    priority: priorityOf(resource, problems),
    subject: subjectOf(spec.at('subject'), problems),
    ingress: rulesOf(spec.at('ingress'), 'from', dialect, problems),
    egress: rulesOf(spec.at('egress'), 'to', dialect, problems),
    problems: problems.list,
  };
}

function tierOf(resource: Resource, problems: Problems): Tier {
  if (resource.kindName === 'AdminNetworkPolicy') return 'admin';
  if (resource.kindName === 'BaselineAdminNetworkPolicy') return 'baseline';
  const tier = resource.at('spec', 'tier');
  if (tier.string !== 'Admin' && tier.string !== 'Baseline') problems.reject('tier-unknown', tier);
  return tier.string === 'Baseline' ? 'baseline' : 'admin';
}

/** 0 to 1000, lower first. The one BaselineAdminNetworkPolicy has none, and comes last. */
function priorityOf(resource: Resource, problems: Problems): number {
  if (resource.kindName === 'BaselineAdminNetworkPolicy') return Number.POSITIVE_INFINITY;
  const node = resource.at('spec', 'priority');
  const priority = node.number;
  if (priority === undefined || !Number.isInteger(priority) || priority < 0 || priority > 1000) {
    problems.reject('priority-invalid', node);
  }
  return priority ?? 1000;
}

function subjectOf(subject: Node, problems: Problems): PodChoice | undefined {
  const choices = choicesOf(subject, problems);
  const hasOne = isSet(subject.at('namespaces')) !== isSet(subject.at('pods'));
  return hasOne ? choices[0] : problems.reject('subject-invalid', subject);
}

/** Both selectors of `pods` may be left out: they are then empty, and select everything. */
function choicesOf(peer: Node, problems: Problems): PodChoice[] {
  const namespaces = peer.at('namespaces');
  const pods = peer.at('pods');
  const choices: (PodChoice | undefined)[] = [];
  if (isSet(namespaces)) choices.push(choiceOf(peer, namespaces, 'all', problems));
  if (isSet(pods)) choices.push(choiceOf(peer, pods.at('namespaceSelector'), pods.at('podSelector'), problems));
  return choices.flatMap(choice => choice ?? []);
}

function rulesOf(
  list: Node,
  peersField: 'from' | 'to',
  dialect: Dialect,
  problems: Problems,
): readonly Rule[] | undefined {
  if (isSet(list) && !list.isSequence) problems.reject('malformed', list);
  if (list.items().length === 0) return undefined;
  return list.items().flatMap(node => {
    const action = dialect.actions.get(node.at('action').string ?? '');
    if (action === undefined) return problems.reject('action-unknown', node.at('action')) ?? [];
    const peers = peersOf(node.at(peersField), problems);
    return [{ node, action, peers, ports: dialect.portsOf(node, problems) }];
  });
}

/** @source kubernetes-sigs/network-policy-api:apis/v1alpha2/clusternetworkpolicy_types.go (cec862a, read 2026-11-29) */
const peerFields = ['namespaces', 'pods', 'nodes', 'networks', 'domainNames'];

function peersOf(list: Node, problems: Problems): RulePeers {
  const pods: PodChoice[] = [];
  let addresses: AddressSet = noAddress;
  let hasNodes = false;
  let hasDomainNames = false;
  if (list.items().length === 0) problems.reject('peers-missing', list);
  for (const peer of list.items()) {
    const fields = peerFields.filter(field => isSet(peer.at(field)));
    if (fields.length !== 1) problems.reject(fields.length === 0 ? 'peer-empty' : 'peer-mixed', peer);
    pods.push(...choicesOf(peer, problems));
    for (const network of peer.at('networks').items()) {
      addresses = union(addresses, cidrAt(network, problems)?.addresses ?? noAddress);
    }
    hasNodes ||= fields.includes('nodes');
    hasDomainNames ||= fields.includes('domainNames');
  }
  return { isEveryone: false, pods, addresses, hasNodes, hasDomainNames };
}

type PortMatch = Connections | NamedPort | undefined;

/** No list: all ports. A list: what its items name, so an empty one matches nothing. */
function portsOf(list: Node, portOf: (node: Node, problems: Problems) => PortMatch, problems: Problems): RulePorts {
  if (!isSet(list)) return { numbered: Connections.all, named: [] };
  if (!list.isSequence) problems.reject('malformed', list);
  const named: NamedPort[] = [];
  const numbered = list.items().map(node => {
    const port = portOf(node, problems);
    if (port instanceof Connections) return port;
    if (port) named.push(port);
    return Connections.none;
  });
  return { numbered: Connections.unionOf(numbered), named };
}

/** v1alpha1: one of portNumber, portRange, namedPort. */
function adminPortOf(node: Node, problems: Problems): PortMatch {
  const name = node.at('namedPort');
  if (name.text !== undefined) return { name: name.text, protocol: undefined, node: name };
  const range = node.at('portRange');
  const match = isSet(range) ? range : node.at('portNumber');
  if (!isSet(match)) return problems.reject('malformed', node);
  const protocol = match.at('protocol');
  const ends: readonly [Node, Node] = isSet(range)
    ? [range.at('start'), range.at('end')]
    : [match.at('port'), match.at('port')];
  return numberedPort(protocol, protocol.text ?? 'TCP', ends, problems);
}

/** @source kubernetes-sigs/network-policy-api:config/crd/standard (0eec1b0) */
const transports = [
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['sctp', 'SCTP'],
] as const;

/** v1alpha2: one of tcp, udp, sctp, each with a destinationPort, or destinationNamedPort. */
function protocolMatchOf(node: Node, problems: Problems): PortMatch {
  const name = node.at('destinationNamedPort');
  if (name.text !== undefined) return { name: name.text, protocol: undefined, node: name };
  const transport = transports.find(([field]) => isSet(node.at(field)));
  if (transport === undefined) return problems.reject('protocol-unknown', node);
  const [field, protocol] = transport;
  const port = node.at(field, 'destinationPort');
  if (!isSet(port)) return Connections.of(protocol, allPorts);
  const range = port.at('range');
  const ends: readonly [Node, Node] = isSet(range)
    ? [range.at('start'), range.at('end')]
    : [port.at('number'), port.at('number')];
  return numberedPort(node, protocol, ends, problems);
}

function numberedPort(node: Node, protocolName: string, ends: readonly [Node, Node], problems: Problems): PortMatch {
  const protocol = protocolNamed(protocolName);
  if (protocol === undefined) return problems.reject('protocol-unknown', node);
  const [first, last] = [ends[0].number, ends[1].number];
  if (first === undefined || !isPort(first)) return problems.reject('port-out-of-range', ends[0]);
  if (last === undefined || !isPort(last)) return problems.reject('port-out-of-range', ends[1]);
  if (last < first) return problems.reject('end-port-below-port', ends[1]);
  return Connections.of(protocol, ports(first, last));
}
