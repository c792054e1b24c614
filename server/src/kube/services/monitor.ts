import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { type Labels, labelsOf, type Selector, selectorOf } from '../labels';
import { isWorkload, podLabelsOf } from '../pods/workload';
import type { Resource } from '../resource';

export const monitorKinds = ['ServiceMonitor.monitoring.coreos.com', 'PodMonitor.monitoring.coreos.com'] as const;

export type Monitor = Resource<(typeof monitorKinds)[number]>;

/** A ServiceMonitor selects Services by the labels of the Services; a PodMonitor selects pods. */
export function isPodMonitor(monitor: Resource): boolean {
  return monitor.is('PodMonitor.monitoring.coreos.com');
}

export const monitorSelectorOf = memo((monitor: Resource): Selector => selectorOf(monitor.at('spec', 'selector')));

/** The labels that a monitor goes by: those of a Service itself, or those of the pods that a workload makes. */
export const monitoredLabelsOf = memo(
  (target: Resource): Labels => (isWorkload(target) ? podLabelsOf(target) : labelsOf(target.at('metadata', 'labels'))),
);

/** The namespaces that a monitor looks into: its own where nothing is written. */
export function monitoredNamespacesOf(monitor: Resource, own: string): 'any' | ReadonlySet<string> {
  const selector = monitor.at('spec', 'namespaceSelector');
  if (selector.at('any').boolean === true) return 'any';
  const names = selector
    .at('matchNames')
    .items()
    .flatMap(item => item.text ?? []);
  return new Set(names.length > 0 ? names : [own]);
}

/** The endpoints of a monitor. `port` is the name of a port, and wins over `targetPort`. */
export const endpointsOf = memo((monitor: Resource): readonly Node[] =>
  monitor.at('spec', isPodMonitor(monitor) ? 'podMetricsEndpoints' : 'endpoints').items(),
);
