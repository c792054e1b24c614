import { isPlaceholder } from '../../kube/placeholder';
import { workloadKinds } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { counted } from '../../text/words';
import type { Node } from '../../yaml/node';
import { ownSysctlsOf } from './shared/host-namespace';

const names = ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

export default defineRule({
  id: 'sysctl/tcp-mem-format',
  title: 'net.ipv4.tcp_rmem and tcp_wmem are three ascending sizes in bytes',
  severity: 'error',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://docs.kernel.org/networking/ip-sysctl.html'],

  check(workload, report) {
    for (const { name, valueNode } of ownSysctlsOf(workload)) {
      const text = valueNode.text;
      if (!names.includes(name) || text === undefined || isPlaceholder(text)) continue;
      const parts = text.trim().split(/[ \t]+/);
      const sizes = parts.map(Number);
      if (text.includes(',')) {
        report(
          valueNode,
          {
            what: `'${name}' has commas between its sizes`,
            why: `The kernel rejects '${text}', and the pod does not start.`,
            how,
          },
          { fixes: respaced(valueNode, text) },
        );
      } else if (!parts.every(part => /^[0-9]+$/.test(part)) || sizes.includes(0)) {
        report(valueNode, {
          what: `'${name}' has sizes that are not plain numbers above 0`,
          why: `The kernel rejects '${text}', and the pod does not start.`,
          how,
        });
      } else if (sizes.length !== 3) {
        report(valueNode, {
          what: `'${name}' has ${counted(sizes.length, 'size')} instead of 3`,
          why:
            sizes.length < 3
              ? `The kernel accepts '${text}' without an error, and leaves the other sizes as they were.`
              : `It is unclear which sizes of '${text}' are meant.`,
          how,
        });
      } else if (!isAscending(sizes)) {
        report(
          valueNode,
          {
            what: `'${name}' has sizes that do not ascend`,
            why: `The kernel accepts '${text}' without an error, and buffers get sizes that nobody intended.`,
            how,
          },
          { severity: 'warning' },
        );
      }
    }
  },
});

const how = 'Write minimum, default and maximum in bytes, separated by blanks.';

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
