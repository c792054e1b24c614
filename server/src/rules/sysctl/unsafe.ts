import { isForWindows } from '../../kube/nodes/flags';
import { allowedSysctlsIn, allowListsIn, isAllowed, kubeletConfigKinds } from '../../kube/nodes/kubelet';
import { namespaceOf, nodeLevel, safeSince, sysctlsOf } from '../../kube/pods/sysctl';
import { isHostNetwork, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Namespace } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Target } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { isRefused } from './shared/pod-security';

export default defineRule({
  id: 'sysctl/unsafe',
  title: 'Sysctls that are not safe in every pod are allowed by the kubelets',
  severity: 'warning',
  per: 'namespace',
  kinds: [...workloadKinds, ...kubeletConfigKinds, 'Namespace'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/'],

  check(namespace, report, target) {
    const unsafe = namespace
      .of(...workloadKinds)
      .flatMap(workload =>
        isForWindows(workload)
          ? []
          : sysctlsOf(workload).filter(({ name }) => isJudged(name, workload, namespace, target)),
      );
    if (unsafe.length === 0) return;
    const configs = namespace.cluster.of(...kubeletConfigKinds);
    const patterns = configs.flatMap(allowedSysctlsIn).map(({ pattern }) => pattern);
    const lists = configs.flatMap(allowListsIn);
    for (const { name, nameNode } of unsafe) {
      if (isAllowed(name, patterns)) continue;
      const since = safeSince(name);
      const known = patterns.length > 0 ? ' (those found here list other names)' : '';
      const later = since ? `, and is safe only from Kubernetes ${since} on` : '';
      report(
        nameNode,
        `'${name}' is an unsafe sysctl${later}: a node runs the pod only if its kubelet lists it in allowedUnsafeSysctls${known}, else the pod fails there with SysctlForbidden.`,
        { fixes: lists.length > 0 ? [allowing(name, lists)] : [] },
      );
    }
  },
});

/** Unsafe in the target version, and not the matter of another rule of this area. */
function isJudged(name: string, workload: Workload, namespace: Namespace<never>, target: Target): boolean {
  const since = safeSince(name);
  if (since !== undefined && target.kubernetes.atLeast(since)) return false;
  if (nodeLevel(name) !== undefined || isRefused(name, namespace, target)) return false;
  return namespaceOf(name) !== 'net' || !isHostNetwork(workload);
}

/** In every configuration of the scope: a pod can land on any of their nodes. */
function allowing(name: string, lists: readonly Node[]): Fix {
  return fix(`Allow ${name} in KubeletConfiguration`, edits => {
    for (const list of lists) edits.set(list.at(list.items().length), name);
  });
}
