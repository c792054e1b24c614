import { isMonitored, type Monitor, monitoredNamespacesOf, monitorKinds } from '../kube/monitoring';
import type { Resource } from '../kube/resource';
import type { Service } from '../kube/service';
import { type Workload, workloadKinds } from '../kube/workload';
import { servicesOf } from './services';

/** Every kind that tells what a monitor reads. */
export const monitoringKinds = [...monitorKinds, 'Service', ...workloadKinds] as const;

type MonitoringKind = (typeof monitoringKinds)[number];

export interface MonitoringNamespace {
  readonly name: string;
  of(...kinds: MonitoringKind[]): readonly Resource[];
}

/** What is asked of a cluster; the `Cluster` of a rule is one. */
export interface MonitoringCluster<N extends MonitoringNamespace = MonitoringNamespace> {
  readonly namespaces: Iterable<N>;
  of(...kinds: MonitoringKind[]): readonly Resource[];
  namespaceOf(resource: Resource): MonitoringNamespace;
}

/** What a monitor selects. */
export interface Monitored<N extends MonitoringNamespace> {
  readonly monitor: Monitor;
  /** The namespaces that it looks into and that manifests show. */
  readonly namespaces: readonly N[];
  /** Of a ServiceMonitor. */
  readonly services: readonly Service[];
  /** The pods behind those Services, or those of a PodMonitor. */
  readonly workloads: readonly Workload[];
}

/** Every ServiceMonitor and PodMonitor of a cluster with what it selects. */
export function monitoredIn<N extends MonitoringNamespace>(cluster: MonitoringCluster<N>): readonly Monitored<N>[] {
  const all = [...cluster.namespaces];
  return cluster.of(...monitorKinds).flatMap((monitor): Monitored<N>[] => {
    if (!monitor.is(...monitorKinds)) return [];
    const wanted = monitoredNamespacesOf(monitor, cluster.namespaceOf(monitor).name);
    const namespaces = all.filter(({ name }) => wanted === 'any' || wanted.has(name));
    if (monitor.is('PodMonitor.monitoring.coreos.com')) {
      const workloads = namespaces.flatMap(namespace => namespace.of(...workloadKinds)).filter(isPods);
      return [{ monitor, namespaces, services: [], workloads: workloads.filter(pods => isMonitored(pods, monitor)) }];
    }
    const found = namespaces.map(namespace => {
      const services = servicesOf(namespace);
      const meant = services.all.filter(service => isMonitored(service, monitor));
      return { meant, behind: meant.flatMap(service => services.workloadsOf(service)) };
    });
    const services = found.flatMap(({ meant }) => meant);
    return [{ monitor, namespaces, services, workloads: [...new Set(found.flatMap(({ behind }) => behind))] }];
  });
}

const isPods = (resource: Resource): resource is Workload => resource.is(...workloadKinds);
