import { namespaceOf, sysctlsOf } from '../../kube/pods/sysctl';
import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

const fields = { net: 'hostNetwork', ipc: 'hostIPC' } as const;

export default defineRule({
  id: 'sysctl/host-network',
  title: "A pod in the node's own namespaces sets no sysctls of them",
  severity: 'error',
  per: 'resource',
  kinds: workloadKinds,
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/sysctl/allowlist.go',
  ],

  check(workload, report) {
    for (const { name, item, nameNode } of sysctlsOf(workload)) {
      const namespace = namespaceOf(name);
      if (namespace === undefined) continue;
      const host = podSpecOf(workload).at(fields[namespace]);
      if (host.boolean !== true) continue;
      report(
        nameNode,
        `'${name}' may not be specified when '${fields[namespace]}' is true: it would change the node itself, so the API server rejects the pod. Set it where the nodes are configured.`,
        {
          related: [{ at: host, message: `The pod uses the node's own ${namespace === 'net' ? 'network' : 'IPC'}.` }],
          fixes: [remove(`Remove ${name}`, item)],
        },
      );
    }
  },
});
