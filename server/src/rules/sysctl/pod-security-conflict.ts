import { nodeLevel, safeSince } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { ownSysctlsOf } from './shared/host-namespace';
import { enforcedLevel, enforcedVersion, enforceLabel, isRefused } from './shared/pod-security';

export default defineRule({
  id: 'sysctl/pod-security-conflict',
  title: 'Pods set only sysctls that the Pod Security level of the namespace allows',
  severity: 'warning',
  per: 'namespace',
  kinds: [...workloadKinds, 'Namespace'],
  options: ['kubernetes'],
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
      for (const { name, item, nameNode } of ownSysctlsOf(workload)) {
        if (nodeLevel(name) !== undefined || !isRefused(name, namespace, target)) continue;
        const since = safeSince(name);
        const later = since ? `; ${since} does` : '';
        report(
          nameNode,
          {
            what: `Namespace '${namespace.name}' forbids sysctl '${name}'`,
            why: `Its Pod Security level '${level}' of Kubernetes ${version} does not list the sysctl as safe${later}. Pods of '${nameOf(workload)}' are rejected.`,
            how: `Remove it, or run '${nameOf(workload)}' in a namespace with level 'privileged'.`,
          },
          {
            related: label ? [{ at: label, message: `Pod Security level of '${namespace.name}'` }] : [],
            fixes: [remove(`Remove ${name}`, item)],
          },
        );
      }
    }
  },
});
