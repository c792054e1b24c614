import { allowedSysctlsIn, kubeletConfigKinds } from '../../kube/nodes/kubelet';
import { isPlaceholder } from '../../kube/placeholder';
import { namespaceOf } from '../../kube/pods/sysctl';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'sysctl/allowed-not-namespaced',
  title: 'allowedUnsafeSysctls lists only namespaced sysctls',
  severity: 'error',
  per: 'resource',
  kinds: kubeletConfigKinds,
  references: ['https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/sysctl/allowlist.go'],

  check(resource, report) {
    for (const { pattern, node } of allowedSysctlsIn(resource)) {
      const prefix = pattern.replace(/\*$/, '');
      if (namespaceOf(prefix) !== undefined || isPlaceholder(pattern)) continue;
      report(
        node,
        {
          what: `'${pattern}' in allowedUnsafeSysctls is not namespaced`,
          why: 'The kubelet does not start with it: only kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.* and net.* can be allowed.',
          how: 'Remove it, and set the value where the nodes are configured.',
        },
        { fixes: node.string === pattern ? [remove(`Remove '${pattern}'`, node)] : [] },
      );
    }
  },
});
