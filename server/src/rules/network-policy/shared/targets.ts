import { selectorOf } from '../../../kube/labels';
import { podsMatching } from '../../../kube/pods/matching';
import { isHostNetwork, type Workload, workloadKinds } from '../../../kube/pods/workload';
import { type Direction, isolatedDirections, peersOf, rulesOf } from '../../../kube/policies/network-policy';
import type { Resource } from '../../../kube/resource';
import { type ServicePort, servicePortsOf } from '../../../kube/services/service';
import type { Namespace } from '../../../kube/view';
import { podPortsOf, servicesOf } from '../../../network/calls/services';
import type { Node } from '../../../yaml/node';
import { homesOf } from './selection';

export const targetKinds = ['NetworkPolicy', ...workloadKinds, 'Service'] as const;

export type Seen = Namespace<(typeof targetKinds)[number]>;

/** A workload whose pods a rule's ports are the ports of. */
export interface Target {
  readonly workload: Workload;
  readonly home: Seen;
}

/** An item of `ports` that a policy goes by, and the pods on whose ports the connections end. */
export interface PortItem {
  readonly item: Node;
  readonly rule: Node;
  readonly targets: readonly Target[];
}

/** Every port that the NetworkPolicies of a namespace allow, where the pods can be seen. */
export function portItemsIn(namespace: Seen): readonly PortItem[] {
  return namespace.of('NetworkPolicy').flatMap(policy =>
    [...(isolatedDirections(policy) ?? [])].flatMap(direction =>
      rulesOf(policy, direction).flatMap(rule => {
        const targets = targetsOf(policy, rule, direction, namespace) ?? [];
        return rule
          .at('ports')
          .items()
          .map(item => ({ item, rule, targets }));
      }),
    ),
  );
}

/**
 * The pods on whose ports connections of a rule end: for ingress the policy's own, for egress its peers'. Undefined
 * where some of them can't be seen.
 */
function targetsOf(policy: Resource, rule: Node, direction: Direction, own: Seen): readonly Target[] | undefined {
  if (direction === 'ingress') return podsIn([own], policy.at('spec', 'podSelector'));
  const peers = peersOf(rule, direction).items();
  const targets: Target[] = [];
  for (const peer of peers) {
    const homes = homesOf(peer, own);
    if (homes === undefined) return undefined;
    targets.push(...podsIn(homes, peer.at('podSelector')));
  }
  return targets;
}

function podsIn(homes: readonly Seen[], podSelector: Node): Target[] {
  const selector = selectorOf(podSelector);
  return homes.flatMap(home =>
    podsMatching(home.of(...workloadKinds), selector)
      .filter(workload => !isHostNetwork(workload))
      .map(workload => ({ workload, home })),
  );
}

/** A port of a Service that sends to a workload, with the numbers it has on the pods. */
export interface Served {
  readonly service: Resource;
  readonly port: ServicePort;
  readonly numbers: readonly number[];
}

export function servedBy({ workload, home }: Target): readonly Served[] {
  return servicesOf(home)
    .servicesOf(workload)
    .flatMap(service => servicePortsOf(service).map(port => ({ service, port, numbers: podPortsOf(port, workload) })));
}
