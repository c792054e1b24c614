import type { PortItem } from '../../kube/policies/allow-policy';
import type { Direction } from '../../kube/policies/network-policy';
import { isHeadless } from '../../kube/services/service';
import type { Call } from '../calls/calls';
import type { Network } from '../policies/network';
import type { Pod } from '../policies/pods';
import type { Reason } from '../policies/reasons';
import { Connections, protocolNamed, protocols } from '../sets/connections';
import { portsOn } from './exposure';

/** A call that the manifests show, between pods that they describe. */
export interface KnownCall {
  readonly call: Call;
  readonly source: Pod;
  readonly targets: readonly Target[];
}

export interface Target {
  readonly pod: Pod;
  /** Ports of the pod on which the call may end; all of the Service's where nothing says which. */
  readonly connections: Connections;
}

/** Of some calls those whose two ends have manifests, and pods with a network of their own. */
export function knownAmong(calls: readonly Call[], network: Network): readonly KnownCall[] {
  return calls.flatMap(call => {
    const source = network.podOf(call.caller, call.callerNamespace.name);
    if (source === undefined || source.isHostNetwork) return [];
    const targets = call.workloads.flatMap((workload): Target[] => {
      const pod = network.podOf(workload, call.calleeNamespace.name);
      const connections = pod ? endingOn(call, pod) : Connections.none;
      return pod === undefined || pod.isHostNetwork || connections.isEmpty ? [] : [{ pod, connections }];
    });
    return targets.length > 0 ? [{ call, source, targets }] : [];
  });
}

/** A headless Service translates nothing: what is called is the port of the pod. */
function endingOn({ callee, ports: called }: Call, pod: Pod): Connections {
  if (!isHeadless(callee)) return Connections.unionOf(called.map(port => portsOn(pod, port)));
  return Connections.unionOf(
    called.map(port => {
      const protocol = protocolNamed(port.protocol);
      return protocol ? Connections.onPort(protocol, port.number) : Connections.none;
    }),
  );
}

/** Why one end of a connection is as it is. */
export function reasonAt(network: Network, end: Direction, source: Pod, { pod, connections }: Target): Reason {
  return end === 'egress'
    ? network.reason(source, pod, 'egress', connections)
    : network.reason(pod, source, 'ingress', connections);
}

/** Whether the policies of one end let nothing of it through. */
export function isDenying({ isolating, denying, allowing }: Reason): boolean {
  return allowing.length === 0 && (isolating.length > 0 || denying.length > 0);
}

/** Whether a NetworkPolicy can't change that: an admin policy speaks before it. */
export function isFinal({ denying }: Reason): boolean {
  return denying.some(({ placed }) => placed.policy.tier === 'admin');
}

/** Connections as the items of a rule's `ports`; none stands for all ports. */
export function portItemsOf(connections: Connections): readonly PortItem[] {
  if (connections.isAll) return [];
  return protocols.flatMap(protocol =>
    connections.ports(protocol).map(({ start, end }): PortItem => {
      return { protocol, port: start, ...(end - start > 1 ? { endPort: end - 1 } : {}) };
    }),
  );
}
