import { sysctlsOf } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

/** Of the kernel since 5.4, in a pod's network too. */
const kernelDefault = 4096;

export default defineRule({
  id: 'sysctl/somaxconn-lowers',
  title: 'somaxconn is not set below what the kernel has anyway',
  severity: 'info',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://docs.kernel.org/networking/ip-sysctl.html'],

  check(workload, report) {
    for (const { name, item, valueNode } of sysctlsOf(workload)) {
      const text = valueNode.text?.trim() ?? '';
      if (name !== 'net.core.somaxconn' || !/^[0-9]{1,9}$/.test(text) || Number(text) >= kernelDefault) continue;
      report(
        valueNode,
        `This lowers the limit of waiting connections: the kernel's own value is ${kernelDefault}, in a pod too, and ${text} is less.`,
        { fixes: [remove(`Remove ${name}`, item)] },
      );
    }
  },
});
