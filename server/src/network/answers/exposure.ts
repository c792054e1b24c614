import type { Resource } from '../../kube/resource';
import { type ServicePort, servicePortsOf } from '../../kube/services/service';
import type { Cluster, Namespace } from '../../kube/view';
import type { Node } from '../../yaml/node';
import { servicesOf } from '../calls/services';
import type { NetworkKind } from '../network-kinds';
import type { Network } from '../policies/network';
import type { Pod } from '../policies/pods';
import { namedPortOf } from '../policies/universe';
import { Connections, protocolNamed } from '../sets/connections';
import { type Backend, backendsOf } from './backends';

/** A pod that an Ingress, Route or Gateway API route opens to a controller. */
export interface Exposure {
  readonly route: Resource;
  /** The field of the route that names the Service. */
  readonly backend: Node;
  readonly service: Resource;
  readonly pod: Pod;
  readonly connections: Connections;
}

const known = new WeakMap<Network, readonly Exposure[]>();

/** Everything that is exposed in a cluster: through a Service that is there, to pods that it selects. */
export function exposuresOf(view: Cluster<NetworkKind>, network: Network): readonly Exposure[] {
  const exposures = known.get(network) ?? exposuresThrough(() => true, view, network);
  known.set(network, exposures);
  return exposures;
}

/** What some routes expose. */
export function exposuresThrough(
  isMeant: (route: Resource) => boolean,
  view: Cluster<NetworkKind>,
  network: Network,
): readonly Exposure[] {
  const namespaces = new Map([...view.namespaces].map(namespace => [namespace.name || 'default', namespace]));
  return backendsOf(namespaces)
    .filter(({ route }) => isMeant(route))
    .flatMap(backend => exposuresBy(backend, namespaces.get(backend.namespace), network));
}

function exposuresBy(
  backend: Backend,
  namespace: Namespace<NetworkKind> | undefined,
  network: Network,
): readonly Exposure[] {
  if (namespace === undefined) return [];
  const { route, node, protocol } = backend;
  const services = servicesOf(namespace);
  return services.named(backend.service).flatMap(service => {
    const meant = servicePortsOf(service).filter(port => port.protocol === protocol && backend.means(port.node));
    return services.workloadsOf(service).flatMap((workload): readonly Exposure[] => {
      const pod = network.podOf(workload, backend.namespace);
      const connections = pod ? Connections.unionOf(meant.map(port => portsOn(pod, port))) : Connections.none;
      return pod && !connections.isEmpty ? [{ route, backend: node, service, pod, connections }] : [];
    });
  });
}

/** Where a port of a Service ends on a pod. A number is reached whether or not the pod declares it. */
export function portsOn(pod: Pod, { protocol: name, target, node }: ServicePort): Connections {
  const protocol = protocolNamed(name);
  if (protocol === undefined) return Connections.none;
  if (typeof target === 'number') return Connections.onPort(protocol, target);
  return namedPortOf(pod.ports, { name: target, protocol, node });
}
