import { add } from '../../text/maps';
import type { Parts } from '../policies/evaluate';
import { addressAlgebra } from '../policies/facets';
import type { Network } from '../policies/network';
import { ownIdOf, type Pod } from '../policies/pods';
import { type Direction, directions } from '../policies/policy';
import type { ClassId } from '../policies/universe';
import type { AddressSet } from '../sets/addresses';

/** One end of a printed connection: pods among which no policy makes a difference, or which have no name apart. */
export interface End {
  readonly id: string;
  readonly pods: readonly Pod[];
  readonly classes: readonly ClassId[];
  readonly outside: Readonly<Record<Direction, Parts<AddressSet>>>;
}

/**
 * The ends of a network. Pods of one owner go by their own names where the policies treat them differently, or where
 * the owner is one of those to be told apart.
 */
export function endsOf(network: Network, apart: ReadonlySet<string> = new Set()): readonly End[] {
  const shared = sharedClasses(network);
  return network.peers.flatMap(peer => {
    const classes = classesOf(peer.pods, network);
    if (!apart.has(peer.id) && areAlike(classes, shared, network))
      return [endOf(peer.id, peer.pods, classes.slice(0, 1), network)];
    const byId = new Map<string, Pod[]>();
    for (const pod of peer.pods) {
      add(byId, ownIdOf(pod), pod);
    }
    return [...byId].map(([id, pods]) => endOf(id, pods, classesOf(pods, network), network));
  });
}

function endOf(id: string, pods: readonly Pod[], classes: readonly ClassId[], network: Network): End {
  const outside = (direction: Direction) =>
    classes.map(pod => network.externalOf(pod, direction).stated).reduce(inBoth);
  return { id, pods, classes, outside: { ingress: outside('ingress'), egress: outside('egress') } };
}

/** What is allowed by both. */
function inBoth(a: Parts<AddressSet>, b: Parts<AddressSet>): Parts<AddressSet> {
  return a.flatMap(one =>
    b.flatMap(other => {
      const peers = addressAlgebra.and(one.peers, other.peers);
      return peers.length === 0 ? [] : [{ peers, connections: one.connections.intersect(other.connections) }];
    }),
  );
}

const classesOf = (pods: readonly Pod[], network: Network) => [...new Set(pods.map(pod => network.classOf(pod)))];

/** Classes that have pods of several owners. */
function sharedClasses(network: Network): ReadonlySet<ClassId> {
  const met = new Set<ClassId>();
  const shared = new Set<ClassId>();
  for (const id of network.peers.flatMap(({ pods }) => classesOf(pods, network))) {
    if (met.has(id)) shared.add(id);
    met.add(id);
  }
  return shared;
}

/** Whether everybody else has the same connections with all of the classes. */
function areAlike(classes: readonly ClassId[], shared: ReadonlySet<ClassId>, network: Network): boolean {
  const [first, ...rest] = classes;
  if (first === undefined) return true;
  return rest.every(other => {
    for (const id of network.universe.all) {
      if (classes.includes(id) && !shared.has(id)) continue;
      const stated = (from: ClassId, to: ClassId) => network.betweenClasses(from, to).stated;
      if (!stated(first, id).equals(stated(other, id)) || !stated(id, first).equals(stated(id, other))) return false;
    }
    return directions.every(direction => {
      const [one, two] = [first, other].map(id => print(network.externalOf(id, direction).stated));
      return one === two && network.isForeign(first, direction) === network.isForeign(other, direction);
    });
  });
}

function print(parts: Parts<AddressSet>): string {
  const lines = parts.map(({ connections, peers }) => {
    return `${connections} ${peers.map(({ start, end }) => `${start}-${end}`).join()}`;
  });
  return lines.sort().join('\n');
}
