import { type NodeLevel, nodeLevel } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { ownSysctlsOf } from './shared/host-namespace';

export default defineRule({
  id: 'sysctl/not-namespaced',
  title: 'Pods set only namespaced sysctls',
  severity: 'error',
  per: 'resource',
  kinds: workloadKinds,
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/sysctl/allowlist.go',
  ],

  check(workload, report) {
    for (const { name, item, nameNode } of ownSysctlsOf(workload)) {
      const level = nodeLevel(name);
      if (level === undefined) continue;
      const buffer = /^net\.core\.([rw]mem)_/.exec(name)?.[1];
      const instead = buffer ? `, or limit TCP buffers by the last number of 'net.ipv4.tcp_${buffer}'` : '';
      report(
        nameNode,
        {
          what: `Sysctl '${name}' can't be set in a pod`,
          why: reasons[level],
          how: `Set it where the nodes are configured instead${instead}.`,
        },
        { fixes: [remove(`Remove ${name}`, item)] },
      );
    }
  },
});

const reasons: Readonly<Record<NodeLevel, string>> = {
  'not namespaced':
    'It has one value for the whole node: no kubelet can allow it, and the pod fails with SysctlForbidden.',
  'read-only': "It is read-only in a pod's network: the pod does not start, even where the kubelet allows the name.",
  absent: "It does not exist in a pod's network: the pod does not start, even where the kubelet allows the name.",
};
