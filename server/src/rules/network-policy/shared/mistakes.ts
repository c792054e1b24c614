import { type Direction, isolatesIngressUnsaid } from '../../../kube/policies/network-policy';
import type { Cluster } from '../../../kube/view';
import type { Network } from '../../../network/policies/network';
import type { PlacedPolicy } from '../../../network/policies/placed-policies';
import type { Pod } from '../../../network/policies/pods';
import type { Rule } from '../../../network/policies/policy';
import type { Reason } from '../../../network/policies/reasons';
import { Connections, protocolNamed } from '../../../network/sets/connections';
import { protocolOf, unknownPortItemsIn } from './named-ports';
import { servicePortItemsIn } from './service-ports';
import type { targetKinds } from './targets';

/** A connection that is denied: its end, and who is at the other one; undefined where no manifest shows who. */
export interface Denied {
  readonly end: Direction;
  readonly other: Pod | undefined;
  readonly connections: Connections;
  readonly reason: Reason;
}

/**
 * Whether a connection is denied by a mistake in a policy that has a finding of its own: then that one names the cause.
 * The policy isolates a direction that it doesn't mention, or a rule that is for the other end names the wrong port.
 */
export function isByMistake(cluster: Cluster<(typeof targetKinds)[number]>, network: Network, denied: Denied): boolean {
  const { end, other, connections, reason } = denied;
  if (reason.isolating.length === 0) return false;
  if (end === 'ingress' && reason.isolating.every(({ policy }) => isolatesIngressUnsaid(policy.resource))) return true;
  return reason.isolating.some(placed => {
    const rules = (placed.policy[end] ?? [])
      .filter(rule => admits(network, placed, rule, other))
      .map(({ node }) => node);
    if (rules.length === 0) return false;
    const home = cluster.namespaceOf(placed.policy.resource);
    const isMeant = servicePortItemsIn(home).some(({ rule, item, meant }) => {
      const protocol = protocolNamed(protocolOf(item));
      return rules.includes(rule) && protocol && !connections.intersect(Connections.onPort(protocol, meant)).isEmpty;
    });
    return isMeant || unknownPortItemsIn(home).some(({ rule }) => rules.includes(rule));
  });
}

/** Whether a rule may be for the other end, whatever the ports. Addresses may be those of somebody whom nobody shows. */
function admits(network: Network, { namespace }: PlacedPolicy, { peers }: Rule, other: Pod | undefined): boolean {
  const { universe } = network;
  const id = other ? network.classOf(other) : universe.unknownPod;
  const isChosen = peers.pods.some(choice => {
    const { stated, doubt } = universe.select(choice, namespace);
    return stated.has(id) || doubt.has(id);
  });
  return peers.isEveryone || isChosen || (other === undefined && peers.addresses.length > 0);
}
