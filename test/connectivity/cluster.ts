import { type Resource, resourcesIn } from '../../server/src/kube/resource';
import { type Network, networkOf } from '../../server/src/network/network';
import type { Peer } from '../../server/src/network/pods';
import { viewOf } from '../../server/src/network/view';
import { splitDocuments } from '../../server/src/yaml/document';

export function resourcesOf(text: string): Resource[] {
  return splitDocuments(text).flatMap(({ document }) => [...resourcesIn(document)]);
}

export function networkIn(text: string): Network {
  return networkOf(viewOf(resourcesOf(text)));
}

export function peer(network: Network, id: string): Peer {
  const found = network.peers.find(candidate => candidate.id === id);
  if (found === undefined) throw new Error(`no peer ${id} among ${network.peers.map(each => each.id)}`);
  return found;
}
