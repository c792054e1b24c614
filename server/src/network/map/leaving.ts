import type { Cluster } from '../../kube/view';
import { grouped } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';
import { decidingOutside } from '../answers/decisions';
import { type Cell, type EndTable, unknown } from '../answers/end-table';
import { type OutsideCall, outsideCallsOf } from '../answers/outside-calls';
import { answerOf, type CallAnswer, inOrder } from '../answers/shown-calls';
import type { Pod } from '../policies/pods';
import { type AddressSet, addressesWithout, noAddress, parseCidr } from '../sets/addresses';
import { Connections } from '../sets/connections';
import { intersect, subtract, union } from '../sets/intervals';
import type { MapKind } from './map-kinds';
import type { MapEdge, MapNode, MapPart } from './map-parts';

/** Calls of somebody whom no manifest shows, by name. */
export function leavingFrom(view: Cluster<MapKind>, table: EndTable): MapPart {
  const edges = table.ends.flatMap(end => {
    const calls = end.pods.flatMap(pod => (pod.isHostNetwork ? [] : outsideCallsOf(pod, view)));
    return Array.from(
      grouped(calls, ({ name }) => name),
      ([name, same]) => edgeOf(end, name, same, table),
    );
  });
  const names = [...new Set(edges.map(({ to }) => to))].sort(inOrder);
  return { nodes: names.map((id): MapNode => ({ is: 'outside', id, name: id.slice(prefix.length) })), edges };
}

/** No object has such an id. */
const prefix = 'outside:';

function edgeOf(end: Cell, name: string, calls: readonly OutsideCall[], table: EndTable): MapEdge {
  const connections = Connections.unionOf(calls.map(call => call.connections));
  const asked = connections.isEmpty ? Connections.all : connections;
  const addresses = calls
    .flatMap(({ peers }) => peers)
    .reduce<AddressSet>((sum, peer) => union(sum, addressesOf(peer)), noAddress);
  const shown: readonly (Node | Place)[] = [...new Set(calls.map(({ at }) => at))];
  const [pod] = end.pods;
  return {
    from: end.id,
    to: `${prefix}${name}`,
    purpose: 'outside',
    answer: pod && isLimited(pod, table) ? answerTo(end, addresses, asked) : 'allowed',
    connections: asked,
    services: [],
    deciding: pod
      ? decidingOutside(table.network, pod, 'egress', {
          peers: addresses,
          allowed: end.isForeign.egress ? unknown : asked,
        })
      : [],
    shown,
  };
}

const isLimited = (pod: Pod, { network }: EndTable) =>
  network.policiesSelecting(pod, 'egress').length > 0 || network.isForeign(network.classOf(pod), 'egress');

/** Of a name nobody knows which of the addresses it is. */
function answerTo(end: Cell, addresses: AddressSet, asked: Connections): CallAnswer {
  if (end.isForeign.egress) return 'unknown';
  const parts = end.outside.egress;
  const open = parts
    .filter(({ connections }) => connections.contains(asked))
    .reduce<AddressSet>((sum, { peers }) => union(sum, peers), noAddress);
  if (addresses.length > 0 && subtract(addresses, open).length === 0) return 'allowed';
  const meant = parts.filter(({ peers }) => addresses.length === 0 || intersect(peers, addresses).length > 0);
  const allowed = Connections.unionOf(meant.map(({ connections }) => connections));
  const isNothing = answerOf(allowed, asked) === 'denied';
  return isNothing && addresses.length > 0 ? 'denied' : 'unknown';
}

/** Those of a peer of a policy's rule; none where it means pods. */
function addressesOf(peer: OutsideCall['peers'][number]): AddressSet {
  const block: unknown = peer['ipBlock'];
  if (typeof block !== 'object' || block === null || !('cidr' in block)) return noAddress;
  const cidr = parseCidr(String(block.cidr));
  const except = 'except' in block && Array.isArray(block.except) ? block.except : [];
  return cidr
    ? addressesWithout(
        cidr,
        except.flatMap(each => parseCidr(String(each)) ?? []),
      )
    : noAddress;
}
