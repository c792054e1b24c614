import { isPlaceholder } from '../../kube/placeholder';
import { workloadKinds } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { ownSysctlsOf } from './shared/host-namespace';

export default defineRule({
  id: 'sysctl/port-range',
  title: 'net.ipv4.ip_local_port_range is two port numbers, the lower one first',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://docs.kernel.org/networking/ip-sysctl.html'],

  check(workload, report) {
    for (const { name, valueNode } of ownSysctlsOf(workload)) {
      const text = valueNode.text;
      if (name !== 'net.ipv4.ip_local_port_range' || text === undefined || isPlaceholder(text)) continue;
      const parts = text.trim().split(/[ \t]+/);
      const [low = 0, high = 0] = parts.map(Number);
      const isRange = parts.length === 2 && parts.every(part => /^[0-9]{1,5}$/.test(part)) && high <= 65535;
      if (isRange && low <= high && low > 0) continue;
      const inRange = low > high ? 'The first port is above the last' : 'The range begins at port 0';
      report(
        valueNode,
        {
          what: `Invalid port range '${text}' in '${name}'`,
          why: `${isRange ? inRange : 'It is not two port numbers'}: the kernel rejects the value, and the pod does not start.`,
          how: 'Write the lower port, a blank, and the higher port.',
        },
        {
          fixes:
            isRange && low > high && high > 0 && low <= 65535
              ? [set('Swap them: the lower port first', valueNode, swapped(text.trim(), parts))]
              : [],
        },
      );
    }
  },
});

function swapped(range: string, [first = '', last = '']: readonly string[]): string {
  return `${last}${range.slice(first.length, -last.length)}${first}`;
}
