import type { Node } from '../../yaml/node';
import { labelsOf, selectorOf } from '../labels';
import { podLabelsOf, podTemplateOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import { type Service, servicePortsOf } from '../services/service';

export interface MetricsSurroundings {
  readonly workload: Workload | undefined;
  /** Those of the DNS, in its namespace. */
  readonly services: readonly Service[];
  /** ServiceMonitors and PodMonitors of the whole cluster. */
  readonly monitors: readonly Resource[];
  readonly port: number;
}

/** What expects to read metrics from the pods of CoreDNS on a port. */
export interface MetricsReader {
  readonly who: string;
  readonly node: Node;
}

/** A port of a Service, an annotation for Prometheus, or a monitor that selects the Service or the pods. */
export function metricsReaderOf(surroundings: MetricsSurroundings): MetricsReader | undefined {
  const { workload, services, monitors, port } = surroundings;
  for (const service of services) {
    const found = servicePortsOf(service).find(({ number, target }) => number === port || target === port);
    if (found) return { who: `the Service '${service.name.string}'`, node: found.node.at('port') };
  }
  const annotated = [...services.map(({ node }) => node), ...(workload ? [podTemplateOf(workload)] : [])];
  for (const object of annotated) {
    const annotation = object.at('metadata', 'annotations', 'prometheus.io/port');
    if (annotation.text === String(port)) return { who: 'Prometheus', node: annotation };
  }
  const monitor = monitors.find(candidate => selects(candidate, surroundings));
  return monitor && { who: `the ${monitor.kindName} '${monitor.name.string}'`, node: monitor.name };
}

function selects(monitor: Resource, { workload, services }: MetricsSurroundings): boolean {
  const selector = selectorOf(monitor.at('spec', 'selector'));
  if (selector.isEmpty) return false;
  if (monitor.kindName === 'PodMonitor') return workload !== undefined && selector.matches(podLabelsOf(workload));
  return services.some(service => selector.matches(labelsOf(service.at('metadata', 'labels'))));
}
