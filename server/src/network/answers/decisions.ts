import type { Resource } from '../../kube/resource';
import type { Node } from '../../yaml/node';
import type { Network } from '../policies/network';
import type { Pod } from '../policies/pods';
import type { Direction } from '../policies/policy';
import type { Reason } from '../policies/reasons';
import { Connections } from '../sets/connections';
import { intersect } from '../sets/intervals';
import { type Allowed, type Outside, unknown } from './end-table';
import { isDenying } from './known-calls';

/** What a policy does about a connection, at one of its ends; `obscures`: it is of an API that is not evaluated. */
export interface Decision {
  readonly end: Direction;
  readonly effect: 'allows' | 'denies' | 'isolates' | 'obscures';
  readonly policy: Resource;
  /** The rule, or the name of the policy where no rule is meant. */
  readonly at: Node;
}

/** Every policy that has to do with a connection: of the sender's egress, then of the receiver's ingress. */
export function decisionsBetween(
  network: Network,
  source: Pod,
  target: Pod,
  connections: Connections,
): readonly Decision[] {
  const [out, into] = reasonsBetween(network, source, target, connections);
  return [...decisionsOf(out, 'egress'), ...decisionsOf(into, 'ingress')];
}

/** Those without which it would be otherwise: what lets it through, or what does not at the ends that let nothing. */
export function decidingBetween(
  network: Network,
  source: Pod,
  target: Pod,
  connections: Connections,
): readonly Decision[] {
  const [out, into] = reasonsBetween(network, source, target, connections);
  const isDenied = isDenying(out) || isDenying(into);
  const deciding = (reason: Reason, end: Direction) => {
    const decisions = decisionsOf(reason, end);
    if (isDenied) return isDenying(reason) ? decisions : [];
    return decisions.filter(({ effect }) => effect !== 'isolates');
  };
  return [...deciding(out, 'egress'), ...deciding(into, 'ingress')];
}

/** What lets an end's pods talk to addresses, or keeps that from being known. */
export function decidingOutside(
  network: Network,
  pod: Pod,
  end: Direction,
  { peers, allowed }: Outside,
): readonly Decision[] {
  const { foreign } = network.reason(pod, undefined, end, Connections.all);
  if (allowed === unknown) return foreign.map(resource => onName(end, 'obscures', resource));
  return network.policiesSelecting(pod, end).flatMap(({ placed, rules, isStated }) =>
    rules.flatMap((rule): Decision[] => {
      const isMeant = rule.peers.isEveryone || intersect(rule.peers.addresses, peers).length > 0;
      const isAllowing = isStated && isMeant && rule.action === 'allow';
      return isAllowing ? [{ end, effect: 'allows', policy: placed.policy.resource, at: rule.node }] : [];
    }),
  );
}

/** The same for the ingress controller, whose pods no manifest tells. */
export function decidingOnExposure(network: Network, pod: Pod, allowed: Allowed): readonly Decision[] {
  const asked = allowed === unknown ? Connections.all : allowed;
  return decisionsOf(network.reason(pod, undefined, 'ingress', asked), 'ingress').filter(
    ({ effect }) => effect === (allowed === unknown ? 'obscures' : 'allows'),
  );
}

function reasonsBetween(network: Network, source: Pod, target: Pod, connections: Connections) {
  const out = network.reason(source, target, 'egress', connections);
  return [out, network.reason(target, source, 'ingress', connections)] as const;
}

function decisionsOf({ isolating, allowing, denying, foreign }: Reason, end: Direction): readonly Decision[] {
  return [
    ...isolating.map(({ policy: { resource } }) => onName(end, 'isolates', resource)),
    ...denying.map(({ placed, rule }): Decision => {
      return { end, effect: 'denies', policy: placed.policy.resource, at: rule.node };
    }),
    ...allowing.map(({ placed, rule }): Decision => {
      return { end, effect: 'allows', policy: placed.policy.resource, at: rule.node };
    }),
    ...foreign.map(resource => onName(end, 'obscures', resource)),
  ];
}

const onName = (end: Direction, effect: Decision['effect'], policy: Resource): Decision => {
  return { end, effect, policy, at: policy.name };
};
