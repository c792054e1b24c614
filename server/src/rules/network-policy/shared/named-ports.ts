import { containerPortsOf } from '../../../kube/pods/workload';
import { isPortName } from '../../../network/policies/read-network-policy';
import type { Node } from '../../../yaml/node';
import { type PortItem, portItemsIn, type Seen, type Target } from './targets';

/** The ports by name of a namespace's policies that none of the pods they are about declares. */
export function unknownPortItemsIn(namespace: Seen): readonly PortItem[] {
  return portItemsIn(namespace).filter(({ item, targets }) => targets.length > 0 && !isKnown(item, targets));
}

/** Sidecars that a mesh injects bring ports of their own. What is no name at all is for network-policy/bad-port to tell. */
function isKnown(item: Node, targets: readonly Target[]): boolean {
  const name = item.at('port').string ?? '';
  if (!isPortName(name) || /^(?:linkerd-|http-envoy-prom$|mesh-metrics$|istio-)/.test(name)) return true;
  return declaredBy(targets).some(port => port.name === name && port.protocol === protocolOf(item));
}

export const protocolOf = (item: Node) => item.at('protocol').string ?? 'TCP';

export const declaredBy = (targets: readonly Target[]) => targets.flatMap(({ workload }) => containerPortsOf(workload));
