import { isolatedDirections, typeOf } from '../../kube/policies/network-policy';
import type { Resource } from '../../kube/resource';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import {
  type AddressSet,
  addressesWithout,
  type Cidr,
  isStrictlyInside,
  noAddress,
  parseCidr,
} from '../sets/addresses';
import { allPorts, Connections, highestPort, lowestPort, ports, protocolNamed } from '../sets/connections';
import { union } from '../sets/intervals';
import {
  choiceOf,
  type Direction,
  directions,
  isSet,
  type NamedPort,
  type PodChoice,
  type Policy,
  Problems,
  type Rule,
  type RulePeers,
  type RulePorts,
} from './policy';

/** A NetworkPolicy as the API server reads it (pkg/apis/networking/v1/defaults.go and validation.go). */
export const networkPolicyOf = memo((resource: Resource): Policy => read(resource));

/** The directions in which a policy isolates; of types that the API server refuses, those that it would know. */
export function effectivePolicyTypes(resource: Resource): ReadonlySet<Direction> {
  const known = isolatedDirections(resource);
  if (known !== undefined) return known;
  const written = resource.at('spec', 'policyTypes').items();
  return new Set(directions.filter(direction => written.some(({ string }) => string === typeOf(direction))));
}

function read(resource: Resource): Policy {
  const problems = new Problems();
  const spec = resource.at('spec');
  const types = effectivePolicyTypes(resource);
  const written = spec.at('policyTypes');
  if (isSet(written) && !written.isSequence) problems.reject('malformed', written);
  for (const type of written.items()) {
    if (!directions.some(direction => typeOf(direction) === type.string)) problems.reject('policy-type-unknown', type);
  }
  return {
    resource,
    tier: 'namespace',
    priority: 0,
    subject: choiceOf(spec, 'own', spec.at('podSelector'), problems),
    ingress: types.has('ingress') ? rulesOf(spec.at('ingress'), 'from', problems) : undefined,
    egress: types.has('egress') ? rulesOf(spec.at('egress'), 'to', problems) : undefined,
    problems: problems.list,
  };
}

function rulesOf(list: Node, peersField: 'from' | 'to', problems: Problems): readonly Rule[] {
  if (isSet(list) && !list.isSequence) problems.reject('malformed', list);
  return list.items().flatMap(node => {
    // A null item decodes to an empty rule, which allows everything.
    if (isSet(node) && !node.isMapping) return problems.reject('malformed', node) ?? [];
    const peers = peersOf(node.at(peersField), problems);
    return [{ node, action: 'allow', peers, ports: portsOf(node.at('ports'), problems) }];
  });
}

const everyone: RulePeers = {
  isEveryone: true,
  pods: [],
  addresses: noAddress,
  hasNodes: false,
  hasDomainNames: false,
};

function peersOf(list: Node, problems: Problems): RulePeers {
  if (isSet(list) && !list.isSequence) problems.reject('malformed', list);
  else if (list.isEmpty) return everyone;
  const pods: PodChoice[] = [];
  let addresses: AddressSet = noAddress;
  for (const peer of list.items()) {
    const podSelector = peer.at('podSelector');
    const namespaceSelector = peer.at('namespaceSelector');
    const block = peer.at('ipBlock');
    const hasSelector = isSet(podSelector) || isSet(namespaceSelector);
    if (isSet(block)) {
      if (hasSelector) problems.reject('peer-mixed', peer);
      else addresses = union(addresses, blockOf(block, problems));
    } else if (hasSelector) {
      const namespaces = isSet(namespaceSelector) ? namespaceSelector : 'own';
      const choice = choiceOf(peer, namespaces, podSelector, problems);
      if (choice) pods.push(choice);
    } else problems.reject('peer-empty', peer);
  }
  return { isEveryone: false, pods, addresses, hasNodes: false, hasDomainNames: false };
}

/** The addresses of an `ipBlock`: none where it can't be understood. */
function blockOf(block: Node, problems: Problems): AddressSet {
  const cidr = cidrAt(block.at('cidr'), problems);
  const except: Cidr[] = [];
  for (const node of block.at('except').items()) {
    const hole = cidrAt(node, problems);
    if (cidr && hole && !isStrictlyInside(hole, cidr)) problems.reject('except-not-inside', node);
    if (hole) except.push(hole);
    // What an unreadable exception was to take away is not known, so the block lets nobody in.
    else return noAddress;
  }
  return cidr ? addressesWithout(cidr, except) : noAddress;
}

/** Reads a CIDR and files what is wrong with it. */
export function cidrAt(node: Node, problems: Problems): Cidr | undefined {
  const cidr = parseCidr(node.text ?? '');
  if (cidr === undefined) return problems.reject('cidr-malformed', node);
  if (cidr.problems.includes('leading-zeros')) problems.tolerate('cidr-leading-zeros', node);
  if (cidr.problems.includes('host-bits')) problems.tolerate('cidr-host-bits', node);
  return cidr;
}

function portsOf(list: Node, problems: Problems): RulePorts {
  if (isSet(list) && !list.isSequence) problems.reject('malformed', list);
  else if (list.isEmpty) return { numbered: Connections.all, named: [] };
  const named: NamedPort[] = [];
  const numbered = list.items().map(node => {
    const port = portOf(node, problems);
    if (port instanceof Connections) return port;
    if (port) named.push(port);
    return Connections.none;
  });
  return { numbered: Connections.unionOf(numbered), named };
}

function portOf(node: Node, problems: Problems): Connections | NamedPort | undefined {
  const protocol = protocolNamed(node.at('protocol').text ?? 'TCP');
  if (protocol === undefined) return problems.reject('protocol-unknown', node.at('protocol'));
  const port = node.at('port');
  const endPort = node.at('endPort');
  if (port.number === undefined && isSet(endPort)) return problems.reject('end-port-without-number', endPort);
  if (!isSet(port)) return Connections.of(protocol, allPorts);
  if (port.string !== undefined) {
    if (!isPortName(port.string)) problems.reject('port-name-invalid', port);
    return { name: port.string, protocol, node: port };
  }
  const first = port.number;
  const last = isSet(endPort) ? endPort.number : first;
  if (first === undefined || !isPort(first)) return problems.reject('port-out-of-range', port);
  if (last === undefined || !isPort(last)) return problems.reject('port-out-of-range', endPort);
  if (last < first) return problems.reject('end-port-below-port', endPort);
  return Connections.of(protocol, ports(first, last));
}

/** An IANA service name: at most 15 lower-case letters, digits and inner single hyphens, with a letter. */
export function isPortName(name: string): boolean {
  return name.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);
}

export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= lowestPort && number <= highestPort;
}
