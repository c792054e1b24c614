import type { Labels } from '../../kube/labels';
import type { LabelFacts } from '../../kube/truth';
import type { Pod } from './pods';

/** Something with labels, as far as the manifests tell. */
export interface Labelled {
  readonly labels: Labels;
  /** Whether the label may be other than written: nobody wrote the object, or somebody adds to it. */
  isUncertain(key: string): boolean;
}

/**
 * Labels that a workload's controller adds to its pods, and no template writes.
 *
 * @source kubernetes/kubernetes:staging/src/k8s.io/api/apps/v1/types.go (0122c43, read 2026-11-29)
 * @source kubernetes/kubernetes:pkg/apis/batch/types.go (00a8b4e, read 2026-11-29)
 * @source https://kubernetes.io/docs/reference/labels-annotations-taints/ (job-completion-index, 1.35)
 * @source https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label (1.35)
 * @source kubernetes/kubernetes:staging/src/k8s.io/api/extensions/v1beta1/types.go (pod-template-generation, 1.35)
 */
export const addedByControllers: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
]);

export function podLabelsIn({ labels, workload }: Pod): Labelled {
  const isMade = workload.kind !== 'Pod';
  return {
    labels,
    isUncertain: key => !labels.has(key) && isMade && addedByControllers.has(key),
  };
}

const nameLabel = 'kubernetes.io/metadata.name';

/**
 * The labels of a pod's namespace, with the one that the API server gives to each (since Kubernetes 1.22). Of a
 * namespace without a manifest only the name is known, and not even that of the assumed one.
 */
export function namespaceLabelsIn({ namespace, namespaceName }: Pod): Labelled {
  const labels = new Map([...namespace.labels, [nameLabel, namespaceName]]);
  const mayGain = namespace.of('Namespace').length === 0;
  return {
    labels,
    isUncertain: key => (key === nameLabel ? namespace.isAssumed : mayGain && !labels.has(key)),
  };
}

export function factsOf({ labels, isUncertain }: Labelled): LabelFacts {
  return key => (isUncertain(key) ? undefined : (labels.get(key) ?? null));
}
