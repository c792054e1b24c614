import { titleOf } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import type { NetworkKind } from '../network-kinds';
import { networkOf } from '../policies/network';
import { networkNameOf } from '../policies/pods';
import { isSound } from '../policies/policy';
import { exposuresOf } from './exposure';

/** What a reader of the connections should know: where they may differ from what the cluster does. */
export function connectivityNotes(view: Cluster<NetworkKind>): readonly string[] {
  const network = networkOf(view);
  const notes = new Set<string>();
  for (const { policy } of network.foreignPolicies) {
    notes.add(`${titleOf(policy.resource)} is not evaluated: connections of the pods it may select are 'Unknown'.`);
  }
  const apart = network.peers.flatMap(({ pods }) => pods).filter(pod => networkNameOf(pod) !== '');
  for (const name of new Set(apart.map(({ namespaceName }) => namespaceName))) {
    notes.add(
      `Pods of namespace '${name}' have a network of their own: connections with pods of other namespaces are 'Unknown'.`,
    );
  }
  for (const { policy, isDoubtful, isStated } of network.policies) {
    if (!isSound(policy)) {
      notes.add(`${titleOf(policy.resource)} is not valid, so the API server refuses it: only its valid parts count.`);
    } else if (isDoubtful && !isStated) {
      notes.add(`${titleOf(policy.resource)} is written more than once: the last one counts.`);
    }
  }
  for (const { route, pod, connections } of exposuresOf(view, network)) {
    if (!connections.intersect(network.between(undefined, pod).stated).isEmpty) continue;
    const peer = network.peerOf(pod.workload, pod.namespaceName)?.id ?? '';
    const isPossible = !connections.intersect(network.possibleFromAnybody(pod)).isEmpty;
    const hope = isPossible ? 'unless the controller is one that they name' : 'whatever the controller';
    notes.add(`${titleOf(route)} leads to ${peer}, which its policies close, ${hope}.`);
  }
  return [...notes];
}
