import { allowedSysctlsIn, kubeletConfigKinds } from '../../kube/nodes/kubelet';
import { isPlaceholder } from '../../kube/placeholder';
import { namespaceOf } from '../../kube/pods/sysctl';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'sysctl/allowed-not-namespaced',
  title: 'A kubelet is told to allow only sysctls that a pod can have for itself',
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
        `'${pattern}' is not known to be namespaced, and a kubelet that is told to allow it does not start: only kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.* and net.* can be.`,
        { fixes: node.string === pattern ? [remove(`Remove '${pattern}'`, node)] : [] },
      );
    }
  },
});
