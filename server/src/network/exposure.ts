import { equalitySelectorOf } from '../kube/labels';
import type { Resource } from '../kube/resource';
import type { Node } from '../yaml/node';
import { type Backend, backendsOf } from './backends';
import { Connections, ports, protocolNamed } from './connections';
import type { Network } from './network';
import type { Pod } from './pods';
import { namedPortOf } from './universe';
import type { ClusterView } from './view';

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
export function exposuresOf(view: ClusterView, network: Network): readonly Exposure[] {
  let exposures = known.get(network);
  if (exposures === undefined) {
    const services = new Services(view, network);
    exposures = backendsOf(view).flatMap(backend => services.exposuresOf(backend));
    known.set(network, exposures);
  }
  return exposures;
}

class Services {
  readonly #services = new Map<string, Resource>();
  readonly #pods = new Map<string, Pod[]>();
  readonly #targets = new Map<Resource, readonly Pod[]>();

  constructor(view: ClusterView, network: Network) {
    for (const namespace of view.namespaces) {
      for (const service of namespace.of('Service')) {
        this.#services.set(`${namespace.name || 'default'}/${service.name.text}`, service);
      }
    }
    for (const pod of network.peers.flatMap(peer => peer.pods)) {
      const pods = this.#pods.get(pod.namespaceName);
      if (pods) pods.push(pod);
      else this.#pods.set(pod.namespaceName, [pod]);
    }
  }

  exposuresOf({ route, node, namespace, service: name, port, protocol }: Backend): readonly Exposure[] {
    const service = this.#services.get(`${namespace}/${name}`);
    if (service === undefined) return [];
    const wanted = service
      .at('spec', 'ports')
      .items()
      .filter(servicePort => port(servicePort));
    return this.#targetsOf(service, namespace).flatMap(pod => {
      const connections = Connections.unionOf(wanted.map(servicePort => podPortsOf(servicePort, pod)));
      const reached = connections.intersect(Connections.of(protocol, ports(1, 65535)));
      return reached.isEmpty ? [] : [{ route, backend: node, service, pod, connections: reached }];
    });
  }

  /** A Service without selector has endpoints that somebody else writes; one of type ExternalName has none. */
  #targetsOf(service: Resource, namespace: string): readonly Pod[] {
    let targets = this.#targets.get(service);
    if (targets === undefined) {
      const selector = equalitySelectorOf(service.at('spec', 'selector'));
      const isSelecting = !selector.isEmpty && service.at('spec', 'type').string !== 'ExternalName';
      const pods = isSelecting ? (this.#pods.get(namespace) ?? []) : [];
      targets = pods.filter(({ labels }) => selector.matches(labels));
      this.#targets.set(service, targets);
    }
    return targets;
  }
}

/** Where a port of a Service ends on a pod. A number is reached whether or not the pod declares it. */
export function podPortsOf(servicePort: Node, pod: Pod): Connections {
  const protocol = protocolNamed(servicePort.at('protocol').text ?? 'TCP');
  if (protocol === undefined) return Connections.none;
  const target = servicePort.at('targetPort');
  if (target.string !== undefined) return namedPortOf(pod.ports, { name: target.string, protocol, node: target });
  const number = target.number ?? servicePort.at('port').number;
  return number === undefined ? Connections.none : Connections.of(protocol, ports(number));
}
