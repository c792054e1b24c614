import { sysctlsOf } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { hostFieldOf } from './shared/host-namespace';

export default defineRule({
  id: 'sysctl/host-network',
  title: 'Pods with hostNetwork or hostIPC set no sysctls of these namespaces',
  severity: 'error',
  per: 'resource',
  kinds: workloadKinds,
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/sysctl/allowlist.go',
  ],

  check(workload, report) {
    for (const { name, item, nameNode } of sysctlsOf(workload)) {
      const host = hostFieldOf(workload, name);
      if (host === undefined) continue;
      report(
        nameNode,
        {
          what: `Sysctl '${name}' conflicts with ${host.key}`,
          why: 'It would change the node itself, so the API server rejects the pod.',
          how: 'Remove it, and set it where the nodes are configured.',
        },
        {
          related: [{ at: host, message: 'The pod shares this namespace with the node' }],
          fixes: [remove(`Remove ${name}`, item)],
        },
      );
    }
  },
});
