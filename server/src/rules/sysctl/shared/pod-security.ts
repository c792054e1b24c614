import { safeSince } from '../../../kube/pods/sysctl';
import type { Namespace } from '../../../kube/view';
import type { Target } from '../../../lint/rule';
import { Version } from '../../../lint/version';

export const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The level of Pod Security that a namespace enforces, when that level has a say about sysctls. */
export function enforcedLevel(namespace: Namespace<never>): 'baseline' | 'restricted' | undefined {
  const level = namespace.labels.get(enforceLabel);
  return level === 'baseline' || level === 'restricted' ? level : undefined;
}

/** The Kubernetes version whose rules it enforces: the cluster's own, unless a label pins another. */
export function enforcedVersion(namespace: Namespace<never>, target: Target): Version {
  const pinned = Version.parse(namespace.labels.get(`${enforceLabel}-version`) ?? '');
  return pinned ?? target.kubernetes;
}

export function isRefused(name: string, namespace: Namespace<never>, target: Target): boolean {
  if (enforcedLevel(namespace) === undefined) return false;
  const since = safeSince(name);
  return since === undefined || !enforcedVersion(namespace, target).atLeast(since);
}
