import { isForWindows } from '../../kube/nodes/flags';
import { type NodeLevel, nodeLevel, sysctlsOf } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'sysctl/not-namespaced',
  title: 'A pod sets only sysctls that a pod can have for itself',
  severity: 'error',
  per: 'resource',
  kinds: workloadKinds,
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/sysctl/allowlist.go',
  ],

  check(workload, report) {
    if (isForWindows(workload)) return;
    for (const { name, item, nameNode } of sysctlsOf(workload)) {
      const level = nodeLevel(name);
      if (level === undefined) continue;
      const more = /^net\.core\.[rw]mem_/.test(name)
        ? ` TCP does not need it: the last number of net.ipv4.tcp_${name.includes('rmem') ? 'r' : 'w'}mem is what limits its buffers.`
        : '';
      report(nameNode, `'${name}' ${reasons[level]} Set it where the nodes are configured.${more}`, {
        fixes: [remove(`Remove ${name}`, item)],
      });
    }
  },
});

const reasons: Readonly<Record<NodeLevel, string>> = {
  'not namespaced':
    'has one value for the whole node: no kubelet can be told to allow it for a pod, so that the pod fails with SysctlForbidden.',
  'read-only':
    "is a setting of the node, which a pod's network only lets be read: the pod does not start, not even where the kubelet allows it.",
  absent:
    "is a setting of the node, which a pod's network does not have: the pod does not start, not even where the kubelet allows it.",
};
