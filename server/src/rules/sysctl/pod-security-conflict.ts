import { isForWindows } from '../../kube/nodes/flags';
import { nodeLevel, safeSince, sysctlsOf } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { enforcedLevel, enforcedVersion, enforceLabel, isRefused } from './shared/pod-security';

export default defineRule({
  id: 'sysctl/pod-security-conflict',
  title: 'Pods set no sysctls that the Pod Security level of their namespace forbids',
  severity: 'warning',
  per: 'namespace',
  kinds: [...workloadKinds, 'Namespace'],
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://github.com/kubernetes/pod-security-admission/blob/master/policy/check_sysctls.go',
  ],

  check(namespace, report, target) {
    const level = enforcedLevel(namespace);
    const version = enforcedVersion(namespace, target);
    const label = namespace
      .of('Namespace')
      .map(manifest => manifest.label(enforceLabel))
      .find(node => node.exists);
    for (const workload of namespace.judged(...workloadKinds)) {
      if (isForWindows(workload)) continue;
      for (const { name, item, nameNode } of sysctlsOf(workload)) {
        if (nodeLevel(name) !== undefined || !isRefused(name, namespace, target)) continue;
        const since = safeSince(name);
        const later = since ? ` It is on their list from ${since} on.` : '';
        report(
          nameNode,
          `Namespace '${namespace.name}' enforces the Pod Security level '${level}', whose rules of Kubernetes ${version} don't list '${name}' as safe: pods of '${nameOf(workload)}' are refused.${later}`,
          {
            related: label ? [{ at: label, message: `The level that '${namespace.name}' enforces.` }] : [],
            fixes: [remove(`Remove ${name}`, item)],
          },
        );
      }
    }
  },
});
