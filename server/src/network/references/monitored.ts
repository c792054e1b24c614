import type { Kind } from '../../kube/kinds';
import type { Selector } from '../../kube/labels';
import { containerPortsOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import {
  isPodMonitor,
  type Monitor,
  monitoredLabelsOf,
  monitoredNamespacesOf,
  monitorKinds,
  monitorSelectorOf,
} from '../../kube/services/monitor';
import { type Service, servicePortsOf } from '../../kube/services/service';
import type { Cluster, Namespace } from '../../kube/view';
import { add, memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { podPortsOf, servicesOf } from '../calls/services';

/** Every kind that tells what a monitor reads. */
export const monitoringKinds = [...monitorKinds, 'Service', ...workloadKinds] as const;

export type MonitoringKind = (typeof monitoringKinds)[number];

/** What a monitor selects. */
export interface Monitored<K extends Kind> {
  readonly monitor: Monitor;
  /** The namespaces that it looks into and that manifests show. */
  readonly namespaces: readonly Namespace<K>[];
  /** Of a ServiceMonitor. */
  readonly services: readonly Service[];
  /** The pods behind those Services, or those of a PodMonitor. */
  readonly workloads: readonly Workload[];
}

/** Every ServiceMonitor and PodMonitor of a cluster with what it selects. */
export function monitoredIn<K extends Kind>(
  cluster: Cluster<K | MonitoringKind>,
): readonly Monitored<K | MonitoringKind>[] {
  const all = [...cluster.namespaces];
  return cluster.of(...monitorKinds).flatMap((monitor): Monitored<K | MonitoringKind>[] => {
    if (!monitor.is(...monitorKinds)) return [];
    const wanted = monitoredNamespacesOf(monitor, cluster.namespaceOf(monitor).name);
    const namespaces = all.filter(({ name }) => wanted === 'any' || wanted.has(name));
    const selector = monitorSelectorOf(monitor);
    if (monitor.is('PodMonitor.monitoring.coreos.com')) {
      const pods = namespaces.flatMap(namespace => selectedFrom(namespace.of(...workloadKinds), selector));
      return [{ monitor, namespaces, services: [], workloads: pods.filter(isPods) }];
    }
    const found = namespaces.map(namespace => {
      const services = servicesOf(namespace);
      const meant = selectedFrom(namespace.of('Service'), selector).filter(isService);
      return { meant, behind: meant.flatMap(service => services.workloadsOf(service)) };
    });
    const services = found.flatMap(({ meant }) => meant);
    return [{ monitor, namespaces, services, workloads: [...new Set(found.flatMap(({ behind }) => behind))] }];
  });
}

const isPods = (resource: Resource): resource is Workload => resource.is(...workloadKinds);
const isService = (resource: Resource): resource is Service => resource.is('Service');

/** Those of a list that a selector means; by the label of which there are the fewest. */
function selectedFrom(list: readonly Resource[], selector: Selector): readonly Resource[] {
  const known = byLabel(list);
  const candidates = selector.requirements.flatMap(({ key, operator, values }) =>
    operator === 'In' && values.size === 1 ? [known.get(`${key}=${[...values][0]}`) ?? []] : [],
  );
  const fewest = candidates.reduce((least, some) => (some.length < least.length ? some : least), list);
  return fewest.filter(resource => selector.matches(monitoredLabelsOf(resource)));
}

const byLabel = memo((list: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> => {
  const index = new Map<string, Resource[]>();
  for (const resource of list) {
    for (const [key, value] of monitoredLabelsOf(resource)) {
      add(index, `${key}=${value}`, resource);
    }
  }
  return index;
});

/** The numbers on the pods of a workload that an endpoint leads to. */
export function metricsPortsOf(
  endpoint: Node,
  workload: Workload,
  { monitor, services }: Monitored<MonitoringKind>,
): readonly number[] {
  const name = endpoint.at('port').text;
  if (name !== undefined && !isPodMonitor(monitor)) {
    const ports = services.flatMap(servicePortsOf).filter(port => port.name === name);
    return ports.flatMap(port => podPortsOf(port, workload));
  }
  const target = name ?? endpoint.at('targetPort').text ?? endpoint.at('portNumber').text ?? '';
  if (/^\d{1,5}$/.test(target)) return [Number(target)];
  return containerPortsOf(workload).flatMap(port => (port.name === target ? [port.number] : []));
}
