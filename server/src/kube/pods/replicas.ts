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
