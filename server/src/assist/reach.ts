import type { Network } from '../network/policies/network';
import type { Peer, Pod } from '../network/policies/pods';
import type { Direction } from '../network/policies/policy';
import { printRange, rangesOf } from '../network/sets/addresses';
import { Connections } from '../network/sets/connections';
import type { Linked } from './linked';
import { escaped } from './markdown';

const most = 6;

/** Two paragraphs: who may connect to a pod, and what it may connect to. */
export function reachOf(network: Network, pod: Pod, linked: Linked): string[] {
  return [sentence(network, pod, 'ingress', linked), sentence(network, pod, 'egress', linked)];
}

function sentence(network: Network, pod: Pod, direction: Direction, linked: Linked): string {
  const lead = direction === 'ingress' ? 'May be reached by' : 'May reach';
  if (pod.isHostNetwork) return `${lead}: it is on the network of its node, where most CNIs enforce no policy.`;
  const applied = network.policiesSelecting(pod, direction).filter(({ isStated }) => isStated);
  const foreign = network.isForeign(network.classOf(pod), direction);
  const doubt = foreign ? ' Policies of another API may change this.' : '';
  const why = because(
    applied.map(({ placed }) => placed.policy.resource),
    linked,
  );
  const own = network.peerOf(pod.workload);
  const others = network.peers.filter(peer => peer !== own);
  const allowed = others
    .map(peer => ({ peer, connections: statedBetween(network, pod, peer, direction) }))
    .filter(({ connections }) => !connections.isEmpty);
  const outside = outsideOf(network, pod, direction);
  if (
    applied.length === 0 &&
    allowed.every(({ connections }) => connections.isAll) &&
    allowed.length === others.length
  ) {
    return `**${lead}** anything: no policy ${direction === 'ingress' ? 'isolates it' : 'limits it'}.${doubt}`;
  }
  const shown = allowed.slice(0, most).map(({ peer, connections }) => `${nameOf(peer, linked)} (${connections})`);
  if (allowed.length > most) shown.push(`${allowed.length - most} more`);
  const all = [...shown, ...outside];
  return `**${lead}** ${all.length === 0 ? 'nothing' : all.join(', ')}${why}.${doubt}`;
}

function statedBetween(network: Network, pod: Pod, peer: Peer, direction: Direction): Connections {
  const verdicts = peer.pods.map(other =>
    direction === 'ingress' ? network.between(other, pod) : network.between(pod, other),
  );
  return verdicts.reduce((sum, { stated }) => sum.union(stated), Connections.none);
}

function nameOf(peer: Peer, linked: Linked): string {
  const [pod] = peer.pods;
  return pod ? linked(pod.workload) : escaped(peer.id);
}

/** Addresses outside of the cluster, as few ranges; all of them are one word. */
function outsideOf(network: Network, pod: Pod, direction: Direction): string[] {
  const parts = network.external(pod, direction).stated.filter(({ connections }) => !connections.isEmpty);
  return parts.slice(0, 3).flatMap(({ connections, peers }) => {
    const ranges = rangesOf(peers);
    if (ranges.length === 0) return [];
    const [first] = ranges;
    const isEverything = first !== undefined && printRange(first) === '0.0.0.0-255.255.255.255';
    const name = isEverything ? 'addresses outside of the cluster' : ranges.slice(0, 2).map(printRange).join(' and ');
    return [`${name}${!isEverything && ranges.length > 2 ? ' and more' : ''} (${connections})`];
  });
}

function because(policies: readonly Parameters<Linked>[0][], linked: Linked): string {
  if (policies.length === 0) return '';
  const shown = policies.slice(0, 4).map(linked).join(', ');
  return `, by ${shown}${policies.length > 4 ? ` and ${policies.length - 4} more` : ''}`;
}
