import { allowedSysctlsIn, allowListsIn, isAllowed, kubeletConfigKinds } from '../../kube/nodes/kubelet';
import { nodeLevel, safeSince } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import type { Namespace } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Target } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { ownSysctlsOf } from './shared/host-namespace';
import { isRefused } from './shared/pod-security';

export default defineRule({
  id: 'sysctl/unsafe',
  title: 'Unsafe sysctls of pods are allowed by the kubelets',
  severity: 'warning',
  per: 'namespace',
  kinds: [...workloadKinds, ...kubeletConfigKinds, 'Namespace'],
  about: 'absence',
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/'],

  check(namespace, report, target) {
    const unsafe = namespace
      .of(...workloadKinds)
      .flatMap(ownSysctlsOf)
      .filter(({ name }) => isJudged(name, namespace, target));
    if (unsafe.length === 0) return;
    const configs = namespace.cluster.of(...kubeletConfigKinds);
    const patterns = configs.flatMap(allowedSysctlsIn).map(({ pattern }) => pattern);
    const lists = configs.flatMap(allowListsIn);
    for (const { name, nameNode } of unsafe) {
      if (isAllowed(name, patterns)) continue;
      const since = safeSince(name);
      const known = patterns.length > 0 ? ', which lists other names here' : '';
      const later = since ? ` It is safe from Kubernetes ${since}.` : '';
      report(
        nameNode,
        {
          what: `Unsafe sysctl '${name}' must be allowed by the kubelet`,
          why: `The pod fails with SysctlForbidden on nodes whose kubelet does not list it in 'allowedUnsafeSysctls'${known}.${later}`,
          how: "Add it to 'allowedUnsafeSysctls' of the nodes that run the pod, or remove it.",
        },
        { fixes: lists.length > 0 ? [allowing(name, lists)] : [] },
      );
    }
  },
});

/** Unsafe in the target version, and not the matter of another rule of this area. */
function isJudged(name: string, namespace: Namespace<never>, target: Target): boolean {
  const since = safeSince(name);
  if (since !== undefined && target.kubernetes.atLeast(since)) return false;
  return nodeLevel(name) === undefined && !isRefused(name, namespace, target);
}

/** In every configuration of the scope: a pod can land on any of their nodes. */
function allowing(name: string, lists: readonly Node[]): Fix {
  return fix(`Allow ${name} in KubeletConfiguration`, edits => {
    for (const list of lists) edits.set(list.at(list.items().length), name);
  });
}
