import type { Direction } from '../../../kube/policies/network-policy';
import { nameOf, type Resource } from '../../../kube/resource';
import type { Cluster } from '../../../kube/view';
import { isDenying, type KnownCall, reasonAt } from '../../../network/answers/known-calls';
import type { Network } from '../../../network/policies/network';
import type { Reason } from '../../../network/policies/reasons';
import { listedInShort } from '../../../text/words';
import { isByMistake } from './mistakes';
import type { targetKinds } from './targets';

/** Why one end of a call lets nothing of it through. Undefined where it does, or where a mistake is told of by itself. */
export function denialAt(
  cluster: Cluster<(typeof targetKinds)[number]>,
  network: Network,
  end: Direction,
  { source }: KnownCall,
  target: KnownCall['targets'][number],
): Reason | undefined {
  const reason = reasonAt(network, end, source, target);
  if (!isDenying(reason)) return undefined;
  const other = end === 'egress' ? target.pod : source;
  const denied = { end, other, connections: target.connections, reason };
  return isByMistake(cluster, network, denied) ? undefined : reason;
}

/** "policy 'a' isolates", "policies 'a' and 'b' isolate". */
export function policiesThat(verb: 'isolates' | 'denies', policies: readonly Resource[]): string {
  const names = new Set(policies.map(nameOf));
  const shown = listedInShort(names);
  return names.size === 1 ? `policy ${shown} ${verb}` : `policies ${shown} ${verb === 'denies' ? 'deny' : 'isolate'}`;
}
