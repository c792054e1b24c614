import { type ContainerPort, containerPortsOf, containersOf, isWorkload, type Workload } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import { ingressBackendsOf, isMeant } from '../kube/services/backend';
import { probeNames } from '../kube/services/probe';
import { servicePortsOf } from '../kube/services/service';
import { servicesOf } from '../network/calls/services';
import { networkOf } from '../network/policies/network';
import type { Pod } from '../network/policies/pods';
import type { Rule } from '../network/policies/policy';
import type { ClusterView } from '../workspace/cluster-view';
import type { Node } from '../yaml/node';
import { placedOf } from './selections';

/** A port that is written as a name or a number, and what the other is. */
export interface PortName {
  readonly at: Node;
  readonly meaningOf: () => Meaning | undefined;
}

interface Meaning {
  readonly text: string;
  /** Where the port is declared. */
  readonly declared: Node;
}

/** The ports of others that an object names: of pods by Services, policies and probes, of Services by Ingresses. */
export function portNamesOf(resource: Resource, view: ClusterView): readonly PortName[] {
  if (resource.kind === 'Service') return targetPorts(resource, view);
  if (resource.kind === 'Ingress') return backendPorts(resource, view);
  if (resource.kind === 'NetworkPolicy') return policyPorts(resource, view);
  return isWorkload(resource) ? probePorts(resource) : [];
}

function targetPorts(service: Resource, view: ClusterView): readonly PortName[] {
  const services = servicesOf(view.namespaceOf(service));
  const own = services.all.find(candidate => candidate === service);
  const workloads = own ? services.workloadsOf(own) : [];
  return servicePortsOf(service).flatMap(({ node, protocol }) =>
    onPods(node.at('targetPort'), protocol, () => workloads.map(containerPortsOf)),
  );
}

function backendPorts(ingress: Resource, view: ClusterView): readonly PortName[] {
  const services = servicesOf(view.namespaceOf(ingress));
  return ingressBackendsOf(ingress).flatMap(({ service, port }): readonly PortName[] => {
    if (port === undefined) return [];
    const meaningOf = () => {
      const [named, another] = services.named(service.string ?? '');
      if (named === undefined || another !== undefined) return undefined;
      const meant = servicePortsOf(named).find(({ node }) => isMeant(node, port));
      const text = port.number === undefined ? meant?.number : meant?.name;
      return meant && text !== undefined ? { text: `${text}`, declared: meant.node } : undefined;
    };
    return [{ at: port, meaningOf }];
  });
}

function policyPorts(resource: Resource, view: ClusterView): readonly PortName[] {
  const network = networkOf(view);
  const placed = placedOf(network, resource);
  if (placed === undefined) return [];
  const { ingress = [], egress = [] } = placed.policy;
  const named = ({ node }: Rule, podsOf: () => readonly Pod[]) =>
    node
      .at('ports')
      .items()
      .filter(item => !item.at('endPort').exists)
      .flatMap(item =>
        onPods(item.at('port'), item.at('protocol').text ?? 'TCP', () => podsOf().map(({ ports }) => ports)),
      );
  return [
    ...ingress.flatMap(rule => named(rule, () => network.podsSelectedBy(placed).stated)),
    ...egress.flatMap(rule =>
      named(rule, () => rule.peers.pods.flatMap(choice => network.podsChosenBy(choice, placed.namespace).stated)),
    ),
  ];
}

function probePorts(workload: Workload): readonly PortName[] {
  return containersOf(workload).flatMap(container => {
    const own = containerPortsOf(workload).filter(port => port.container === container);
    const handlers = probeNames.flatMap(probe => [
      container.at(probe, 'httpGet', 'port'),
      container.at(probe, 'tcpSocket', 'port'),
    ]);
    return handlers.filter(port => port.string !== undefined).flatMap(port => onPods(port, 'TCP', () => [own]));
  });
}

/** So many numbers are told of one name. */
const most = 3;

type Declared = readonly (readonly ContainerPort[])[];

function onPods(at: Node, protocol: string, podsOf: () => Declared): readonly PortName[] {
  const { number, string } = at;
  if (number === undefined && string === undefined) return [];
  const declared = () =>
    podsOf().map(ports =>
      ports.filter(
        port => port.protocol === protocol && (number === undefined ? port.name === string : port.number === number),
      ),
    );
  return [{ at, meaningOf: () => (number === undefined ? numbersOf(declared()) : nameOf(declared())) }];
}

/** The numbers that pods give to a name. */
function numbersOf(declared: Declared): Meaning | undefined {
  const ports = declared.flat();
  const [first] = ports;
  const numbers = [...new Set(ports.map(({ number }) => number))];
  return first && numbers.length <= most ? { text: numbers.join(', '), declared: first.node } : undefined;
}

/** The one name that all pods give to a number. */
function nameOf(declared: Declared): Meaning | undefined {
  const [first] = declared.flat();
  const name = first?.name;
  const isShared = declared.every(ports => ports.some(port => port.name === name));
  return first && name !== undefined && isShared ? { text: name, declared: first.node } : undefined;
}
