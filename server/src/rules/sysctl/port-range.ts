import { isPlaceholder } from '../../kube/placeholder';
import { sysctlsOf } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'sysctl/port-range',
  title: 'ip_local_port_range is two ports, the lower one first',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://docs.kernel.org/networking/ip-sysctl.html'],

  check(workload, report) {
    for (const { name, valueNode } of sysctlsOf(workload)) {
      const text = valueNode.text;
      if (name !== 'net.ipv4.ip_local_port_range' || text === undefined || isPlaceholder(text)) continue;
      const parts = text.trim().split(/[ \t]+/);
      const [low = 0, high = 0] = parts.map(Number);
      const isRange = parts.length === 2 && parts.every(part => /^[0-9]{1,5}$/.test(part)) && high <= 65535;
      if (isRange && low <= high && low > 0) continue;
      const fault = isRange ? 'the first port is above the second, or 0' : 'that is not two port numbers';
      report(
        valueNode,
        `${name} takes the first and the last port, separated by a blank, and in '${text}' ${fault}: the kernel refuses it, and the pod does not start.`,
      );
    }
  },
});
