import type { Network } from '../network/policies/network';
import { type Direction, directions, type Rule } from '../network/policies/policy';
import { type Linked, listed } from './linked';
import { escaped } from './markdown';
import { addressesIn, onPorts } from './ports';

type Placed = Network['policies'][number];

/** A line for each direction that a policy speaks of: what it lets through, or that it is nothing. */
export function whatItLetsThrough(network: Network, placed: Placed, linked: Linked): string[] {
  return directions.flatMap(direction => {
    const rules = placed.policy[direction];
    if (rules === undefined) return [];
    const lead = direction === 'ingress' ? 'Lets in' : 'Lets out';
    const allowed = rules
      .filter(({ action }) => action === 'allow')
      .map(rule => peersOf(network, placed, rule, direction, linked));
    return [`**${lead}** ${allowed.length === 0 ? 'nothing' : allowed.join('; ')}.`];
  });
}

function peersOf(
  network: Network,
  placed: Placed,
  { peers, ports }: Rule,
  direction: Direction,
  linked: Linked,
): string {
  const named = ports.named.map(({ name }) => `port '${escaped(name)}'`).join(', ');
  const numbers = onPorts(ports.numbered, ' on ');
  const where = named === '' ? numbers : `${numbers === '' ? ' on ' : `${numbers}, `}${named}`;
  if (peers.isEveryone) return `${direction === 'ingress' ? 'everybody' : 'to everywhere'}${where}`;
  const pods = peers.pods.map(choice => {
    const { stated } = network.podsChosenBy(choice, placed.namespace);
    return stated.length === 0
      ? 'pods that no manifest shows'
      : listed(
          stated.map(({ workload }) => workload),
          linked,
        );
  });
  const addresses = addressesIn(peers.addresses);
  const all = [
    ...new Set(pods),
    ...(addresses === undefined ? [] : [addresses]),
    ...(peers.hasNodes ? ['nodes'] : []),
    ...(peers.hasDomainNames ? ['domain names'] : []),
  ];
  return `${all.length === 0 ? 'nobody' : all.join(', ')}${where}`;
}
