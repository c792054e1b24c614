import type { Resource } from '../resource';

/** How many pods a workload is meant to have: the number that is written, or what an autoscaler may make of it. */
export function mostPodsOf(workload: Resource, autoscalers: readonly Resource[]): number {
  const written = workload.at('spec', 'replicas').number ?? 1;
  const scaled = autoscalers.flatMap(autoscaler => {
    const target = autoscaler.at('spec', 'scaleTargetRef');
    const isMeant = target.at('kind').string === workload.kindName && target.at('name').string === workload.name.string;
    return isMeant ? [autoscaler.at('spec', 'maxReplicas').number ?? 1] : [];
  });
  return Math.max(written, ...scaled);
}

/** Whether several pods run, or as many as an autoscaler sees fit. A workload in two variants is one. */
export function areSeveral(workloads: readonly Resource[], autoscalers: readonly Resource[]): boolean {
  if (workloads.some(workload => workload.kind === 'DaemonSet' || mostPodsOf(workload, autoscalers) > 1)) return true;
  const running = workloads.filter(workload => mostPodsOf(workload, autoscalers) > 0);
  return new Set(running.map(({ kind, name }) => `${kind} ${name.text}`)).size > 1;
}
