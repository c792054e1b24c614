import { workloadKinds } from '../../kube/pods/workload';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { ownSysctlsOf } from './shared/host-namespace';

/** Of the kernel since 5.4, in a pod's network too. */
const kernelDefault = 4096;

export default defineRule({
  id: 'sysctl/somaxconn-lowers',
  title: 'net.core.somaxconn is not below the kernel default of 4096',
  severity: 'info',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://docs.kernel.org/networking/ip-sysctl.html'],

  check(workload, report) {
    for (const { name, item, valueNode } of ownSysctlsOf(workload)) {
      const text = valueNode.text?.trim() ?? '';
      if (name !== 'net.core.somaxconn' || !/^[0-9]{1,9}$/.test(text) || Number(text) >= kernelDefault) continue;
      report(
        valueNode,
        {
          what: `'${name}' of ${text} is below the kernel default of ${kernelDefault}`,
          why: `It lowers the limit on connections that wait to be accepted: ${kernelDefault} is the default since kernel 5.4, in pods too.`,
          how: 'Remove it, or set a higher value.',
        },
        { fixes: [remove(`Remove ${name}`, item)] },
      );
    }
  },
});
