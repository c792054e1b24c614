import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { type Labels, labelsOf } from '../labels';
import type { Resource } from '../resource';

/** Kinds that make pods, or are one. */
export const workloadKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
] as const satisfies readonly Kind[];

export type WorkloadKind = (typeof workloadKinds)[number];
export type Workload = Resource<WorkloadKind>;

export function isWorkload(resource: Resource): resource is Workload {
  return resource.is(...workloadKinds);
}

/** The pod as it is written: `metadata` and `spec` stand below it. */
export const podTemplateOf = memo((workload: Resource): Node => {
  if (workload.kind === 'Pod') return workload.node;
  if (workload.kind === 'CronJob') return workload.at('spec', 'jobTemplate', 'spec', 'template');
  return workload.at('spec', 'template');
});

export const podSpecOf = memo((workload: Resource): Node => podTemplateOf(workload).at('spec'));

/**
 * Labels of the pods: those of the template, and those that the controller of Jobs adds. A ReplicationController without
 * template labels is refused, so nothing is made up.
 *
 * @source https://kubernetes.io/docs/reference/labels-annotations-taints/#batch-kubernetes-io-job-name (1.35)
 */
export const podLabelsOf = memo((workload: Resource): Labels => {
  const written = labelsOf(podTemplateOf(workload).at('metadata', 'labels'));
  const name = workload.kind === 'Job' ? workload.at('metadata', 'name').string : undefined;
  return name === undefined ? written : new Map([...written, ['job-name', name], [jobNameLabel, name]]);
});

export const jobNameLabel = 'batch.kubernetes.io/job-name';

export const isHostNetwork = memo(
  (workload: Resource): boolean => podSpecOf(workload).at('hostNetwork').boolean === true,
);

/**
 * Whether pods of this workload run on Windows nodes only.
 *
 * @source https://kubernetes.io/docs/reference/labels-annotations-taints/ (kubernetes.io/os, 1.35)
 */
export const isForWindows = memo((resource: Resource): boolean => {
  const spec = podSpecOf(resource);
  const selector = spec.at('nodeSelector');
  const systems = [spec.at('os', 'name'), selector.at('kubernetes.io/os'), selector.at('beta.kubernetes.io/os')];
  return systems.some(system => system.string === 'windows');
});

/** Runs to completion: Jobs and CronJobs, and Pods that are not restarted. */
export const runsToCompletion = memo((workload: Resource): boolean => {
  if (workload.kind === 'Job' || workload.kind === 'CronJob') return true;
  const policy = podSpecOf(workload).at('restartPolicy').string;
  return workload.kind === 'Pod' && (policy === 'Never' || policy === 'OnFailure');
});

/** The containers that serve: regular ones, and native sidecars (init containers that are always restarted). */
export const servingContainersOf = memo((workload: Resource): readonly Node[] => {
  const spec = podSpecOf(workload);
  const sidecars = spec
    .at('initContainers')
    .items()
    .filter(container => container.at('restartPolicy').string === 'Always');
  return [...spec.at('containers').items(), ...sidecars];
});

export const initContainersOf = memo((workload: Resource): readonly Node[] =>
  podSpecOf(workload).at('initContainers').items(),
);

/** Every container: init containers first, as they run. */
export const containersOf = memo((workload: Resource): readonly Node[] => [
  ...initContainersOf(workload),
  ...podSpecOf(workload).at('containers').items(),
]);

export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: number;
  readonly protocol: string;
  readonly container: Node;
  readonly node: Node;
}

/** The declared ports of the serving containers. Declaring is informational: an undeclared port may be open too. */
export const containerPortsOf = memo((workload: Resource): readonly ContainerPort[] => {
  return servingContainersOf(workload).flatMap(container =>
    container
      .at('ports')
      .items()
      .flatMap(node => {
        const number = node.at('containerPort').number;
        if (number === undefined) return [];
        const protocol = node.at('protocol').string ?? 'TCP';
        return [{ name: node.at('name').string, number, protocol, container, node }];
      }),
  );
});
