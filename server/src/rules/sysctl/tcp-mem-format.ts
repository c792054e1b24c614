import { isPlaceholder } from '../../kube/placeholder';
import { sysctlsOf } from '../../kube/pods/sysctl';
import { workloadKinds } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

const names = ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

export default defineRule({
  id: 'sysctl/tcp-mem-format',
  title: 'tcp_rmem and tcp_wmem are three sizes in bytes, the smallest first',
  severity: 'error',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://docs.kernel.org/networking/ip-sysctl.html'],

  check(workload, report) {
    for (const { name, valueNode } of sysctlsOf(workload)) {
      const text = valueNode.text;
      if (!names.includes(name) || text === undefined || isPlaceholder(text)) continue;
      const parts = text.trim().split(/[ \t]+/);
      const sizes = parts.map(Number);
      if (text.includes(',')) {
        report(
          valueNode,
          `The kernel refuses '${text}' for ${name}: the three sizes are separated by blanks, not by commas.`,
          { fixes: respaced(valueNode, text) },
        );
      } else if (!parts.every(part => /^[0-9]+$/.test(part)) || sizes.includes(0)) {
        report(
          valueNode,
          `The kernel refuses '${text}' for ${name}: it takes three sizes in bytes, plain numbers above 0.`,
        );
      } else if (sizes.length !== 3) {
        report(
          valueNode,
          `${name} is three sizes in bytes, minimum, default and maximum, and '${text}' has ${sizes.length}: ${sizes.length < 3 ? 'the kernel takes it without a word, and leaves the others as they were' : 'it is not clear which are meant'}.`,
        );
      } else if (!isAscending(sizes)) {
        report(
          valueNode,
          `${name} is minimum, default and maximum, and '${text}' does not ascend: the kernel takes it without a word, and buffers get sizes that nobody asked for.`,
          { severity: 'warning' },
        );
      }
    }
  },
});

const isAscending = (sizes: readonly number[]) => sizes.every((size, i) => size >= (sizes[i - 1] ?? 0));

/** The value was refused as it stood. */
function respaced(node: Node, text: string): Fix[] {
  const value = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .join(' ');
  if (!/^[1-9][0-9]* [1-9][0-9]* [1-9][0-9]*$/.test(value)) return [];
  return [set(`Write '${value}'`, node, value, { safe: true })];
}
