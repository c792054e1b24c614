import { type AddressSet, everyAddress, everyIpv4, noAddress, parseCidr } from '../sets/addresses';
import type { Bits } from '../sets/bits';
import { Connections } from '../sets/connections';
import { includes, intersect, intervalSet, subtract, union } from '../sets/intervals';
import { addressAtoms, bitAtoms } from './atoms';
import type { Algebra, Facet } from './evaluate';
import type { Direction, PodChoice, Rule, RulePeers, Tier } from './policy';
import type { ClassId, Selection, Universe } from './universe';

/** Where a rule stands: whose it is, and for which pods it speaks. */
export interface Standing {
  readonly tier: Tier;
  /** The namespace of the policy; '' for one that has none. */
  readonly namespace: string;
  readonly direction: Direction;
  readonly subject: ClassId;
}

export function podAlgebra(universe: Universe): Algebra<Bits> {
  return {
    everything: universe.all,
    and: (a, b) => a.and(b),
    or: (a, b) => a.or(b),
    minus: (a, b) => a.minus(b),
    isEmpty: bits => bits.isEmpty,
    atoms: sets => bitAtoms(sets, universe.all),
  };
}

export const addressAlgebra: Algebra<AddressSet> = {
  everything: everyAddress,
  and: intersect,
  or: union,
  minus: subtract,
  isEmpty: set => set.length === 0,
  atoms: addressAtoms,
};

/** What a rule says about pods. A named port is that of the receiving pod: of the subject, or of each peer. */
export function podFacetsOf(rule: Rule, standing: Standing, universe: Universe): readonly Facet<Bits>[] {
  const { stated, doubt } = peersOf(rule.peers, standing, universe);
  if (standing.direction === 'ingress') return [{ ports: ownPorts(rule, standing.subject, universe), stated, doubt }];
  const named = rule.ports.named.flatMap(port => universe.portsNamed(port));
  return [
    { ports: rule.ports.numbered, stated, doubt },
    ...named.map(({ ports, where }) => ({ ports, stated: stated.and(where), doubt: doubt.and(where) })),
  ].filter(({ ports }) => !ports.isEmpty);
}

/** What a rule says about addresses outside of the cluster. They have no named ports. */
export function addressFacetsOf(rule: Rule, standing: Standing, universe: Universe): readonly Facet<AddressSet>[] {
  const { peers } = rule;
  const stated = peers.isEveryone ? everyAddress : peers.addresses;
  const doubt = peers.hasDomainNames ? subtract(everyAddress, stated) : noAddress;
  const ports = standing.direction === 'ingress' ? ownPorts(rule, standing.subject, universe) : rule.ports.numbered;
  return [{ ports, stated, doubt }];
}

function ownPorts({ ports }: Rule, subject: ClassId, universe: Universe): Connections {
  return Connections.unionOf([ports.numbered, ...ports.named.map(port => universe.portOf(subject, port))]);
}

function peersOf(peers: RulePeers, standing: Standing, universe: Universe): Selection {
  if (peers.isEveryone) return { stated: universe.all, doubt: universe.none };
  const chosen = selectAny(peers.pods, standing.namespace, universe);
  const maybe = peers.hasNodes ? chosen.doubt.or(universe.hostNetwork.minus(chosen.stated)) : chosen.doubt;
  if (standing.tier !== 'namespace' && includes(peers.addresses, everyIpv4)) {
    return { stated: universe.all, doubt: universe.none };
  }
  if (!mayBePods(peers.addresses)) return { stated: chosen.stated, doubt: maybe };
  const certain = chosen.stated.minus(chosen.doubt);
  return { stated: chosen.stated, doubt: universe.all.minus(certain) };
}

/** Whom any of the choices chooses: in doubt is only who is in no choice for sure. */
export function selectAny(choices: readonly PodChoice[], namespace: string, universe: Universe): Selection {
  let stated = universe.none;
  let certain = universe.none;
  let possible = universe.none;
  for (const choice of choices) {
    const selection = universe.select(choice, namespace);
    stated = stated.or(selection.stated);
    certain = certain.or(selection.stated.minus(selection.doubt));
    possible = possible.or(selection.stated).or(selection.doubt);
  }
  return { stated, doubt: possible.minus(certain) };
}

/**
 * Address blocks that clusters give to pods: private ones, carrier-grade NAT, unique local IPv6.
 *
 * @source https://www.rfc-editor.org/rfc/rfc1918 (1996)
 * @source https://www.rfc-editor.org/rfc/rfc6598 (2012)
 * @source https://www.rfc-editor.org/rfc/rfc2544 (198.18.0.0/15, 1999)
 * @source https://www.rfc-editor.org/rfc/rfc4193 (2005)
 */
const podBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7'];
const podAddresses = intervalSet(podBlocks.flatMap(block => parseCidr(block)?.addresses ?? []));

/**
 * Whether pods may have such addresses. A NetworkPolicy's `ipBlock` is meant for what is outside of the cluster, and
 * whether it matches a pod is the network plugin's choice; a `networks` peer matches it.
 */
function mayBePods(addresses: AddressSet): boolean {
  return intersect(addresses, podAddresses).length > 0;
}
