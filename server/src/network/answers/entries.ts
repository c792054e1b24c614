import { controllersRunBy } from '../../kube/controllers/running';
import { nameOf, type Resource, titleOf } from '../../kube/resource';
import { endpointsOf, monitorKinds } from '../../kube/services/monitor';
import { servicePortsOf } from '../../kube/services/service';
import type { Cluster, Namespace } from '../../kube/view';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { servicesOf } from '../calls/services';
import { networkKinds } from '../network-kinds';
import type { Network } from '../policies/network';
import type { Pod } from '../policies/pods';
import { metricsPortsOf, monitoredIn } from '../references/monitored';
import { Connections } from '../sets/connections';
import { exposuresThrough, portsOn } from './exposure';

const apiServerKinds = [
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'APIService',
  'CustomResourceDefinition',
] as const;

/** Every kind that tells who connects to pods without being a pod that calls them. */
export const entryKinds = [
  ...new Set([...networkKinds, ...monitorKinds, ...apiServerKinds, 'Prometheus.monitoring.coreos.com'] as const),
] as const;

type EntryKind = (typeof entryKinds)[number];

/** Somebody who connects to a pod, as an object other than the caller shows it. */
export interface Entry {
  readonly pod: Pod;
  readonly connections: Connections;
  /** The pods from which it comes; all pods of a namespace; or anybody, where no manifest tells who it is. */
  readonly from: readonly Pod[] | { readonly namespace: string } | 'anybody';
  /** The object that shows it. */
  readonly by: Resource;
  /** The same in words that follow "for": "Ingress 'web'". */
  readonly what: string;
  readonly at: Node;
  /** Who reads metrics: whoever isolated the pods has chosen whether they may. */
  readonly isMetrics: boolean;
}

/** What comes into the pods of a namespace through routes, load balancers, the API server, and those who read metrics. */
export function entriesInto(namespace: Namespace<EntryKind>, network: Network): readonly Entry[] {
  const own = namespace.name || 'default';
  return [
    ...routesInto(namespace, network),
    ...publicServicesOf(namespace, network),
    ...apiServerCallsInto(namespace, network),
    ...metricsOf(namespace.cluster, network),
  ].filter(({ pod }) => pod.namespaceName === own && !pod.isHostNetwork);
}

/** Pods that run an ingress controller. */
export const controllersOf = memo((network: Network): readonly Pod[] =>
  network.peers.flatMap(({ pods }) => pods).filter(({ workload }) => controllersRunBy(workload).length > 0),
);

/** An Ingress leads into its own namespace, a route of other APIs anywhere. */
function routesInto(namespace: Namespace<EntryKind>, network: Network): readonly Entry[] {
  const { cluster } = namespace;
  const controllers = controllersOf(network);
  const areKnown = controllers.length > 0 && controllers.every(({ isHostNetwork }) => !isHostNetwork);
  const mayLeadHere = (route: Resource) =>
    route.kind !== 'Ingress' || cluster.namespaceOf(route).name === namespace.name;
  return exposuresThrough(mayLeadHere, cluster, network).map(({ route, backend, pod, connections }) => ({
    pod,
    connections,
    from: areKnown && route.kind === 'Ingress' ? controllers : 'anybody',
    by: route,
    what: titleOf(route),
    at: backend,
    isMetrics: false,
  }));
}

/** Load balancers and node ports bring connections from anywhere. */
function publicServicesOf(namespace: Namespace<EntryKind>, network: Network): readonly Entry[] {
  return servicesOf(namespace).all.flatMap(service => {
    const type = service.at('spec', 'type');
    if (type.string !== 'LoadBalancer' && type.string !== 'NodePort') return [];
    const what = `${type.string} '${nameOf(service)}'`;
    return behind(service, namespace, network, () => true).map(({ pod, connections }): Entry => {
      return { pod, connections, from: 'anybody', by: service, what, at: type, isMetrics: false };
    });
  });
}

/** Webhooks and aggregated APIs: the control plane calls them, from addresses that no manifest knows. */
function apiServerCallsInto(home: Namespace<EntryKind>, network: Network): readonly Entry[] {
  const own = apiServerReferencesIn(home.cluster).filter(({ service }) => service.at('namespace').string === home.name);
  return own.flatMap(({ owner, service }) => {
    const port = service.at('port').number ?? 443;
    return servicesOf(home)
      .named(service.at('name').string ?? '')
      .flatMap(found => behind(found, home, network, number => number === port))
      .map(({ pod, connections }): Entry => {
        return { pod, connections, from: 'anybody', by: owner, what: titleOf(owner), at: service, isMetrics: false };
      });
  });
}

interface ServiceReference {
  readonly owner: Resource;
  readonly service: Node;
}

/** The Services that objects of the API server name as their own. */
const apiServerReferencesIn = memo(
  (cluster: Cluster<EntryKind>): readonly ServiceReference[] =>
    cluster
      .of(...apiServerKinds)
      .flatMap(owner => servicesNamedBy(owner).map(service => ({ owner, service })))
      .filter(({ service }) => service.exists),
  cluster => cluster.of(...apiServerKinds),
);

function servicesNamedBy(owner: Resource): readonly Node[] {
  if (owner.kind === 'APIService') return [owner.at('spec', 'service')];
  if (owner.kind !== 'CustomResourceDefinition') {
    return owner
      .at('webhooks')
      .items()
      .map(hook => hook.at('clientConfig', 'service'));
  }
  // Definitions are not parsed: of most the text says that they convert nothing.
  if (!owner.document.text.includes('clientConfig')) return [];
  return [owner.at('spec', 'conversion', 'webhook', 'clientConfig', 'service')];
}

/** Monitors, from the namespace of Prometheus where the manifests show one. */
function metricsOf(cluster: Cluster<EntryKind>, network: Network): readonly Entry[] {
  const homes = new Set(cluster.of('Prometheus.monitoring.coreos.com').map(one => cluster.namespaceOf(one).name));
  const [home] = homes.size === 1 ? homes : [];
  const from = home === undefined ? 'anybody' : { namespace: home };
  return monitoredIn(cluster).flatMap(monitored =>
    monitored.workloads.flatMap(workload => {
      const pod = network.podOf(workload, cluster.namespaceOf(workload).name);
      const numbers = endpointsOf(monitored.monitor).flatMap(each => metricsPortsOf(each, workload, monitored));
      if (pod === undefined || numbers.length === 0) return [];
      const connections = Connections.unionOf(numbers.map(number => Connections.onPort('TCP', number)));
      const { name: at } = monitored.monitor;
      return [{ pod, connections, from, by: monitored.monitor, what: titleOf(monitored.monitor), at, isMetrics: true }];
    }),
  );
}

/** The pods behind some ports of a Service, and where these end. */
function behind(
  service: Resource<'Service'>,
  home: Namespace<EntryKind>,
  network: Network,
  isMeant: (port: number) => boolean,
): readonly { pod: Pod; connections: Connections }[] {
  const ports = servicePortsOf(service).filter(({ number }) => isMeant(number ?? 0));
  return servicesOf(home)
    .workloadsOf(service)
    .flatMap(workload => {
      const pod = network.podOf(workload, home.name || 'default');
      const connections = pod ? Connections.unionOf(ports.map(port => portsOn(pod, port))) : Connections.none;
      return pod && !connections.isEmpty ? [{ pod, connections }] : [];
    });
}
