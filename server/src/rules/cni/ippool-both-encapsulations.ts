import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'cni/ippool-both-encapsulations',
  title: 'An IP pool uses IP-in-IP or VXLAN, not both',
  severity: 'error',
  per: 'resource',
  kinds: ['IPPool.projectcalico.org'],
  references: ['https://docs.tigera.io/calico/latest/reference/resources/ippool'],

  check(pool, report) {
    const ipip = pool.at('spec', 'ipipMode');
    const vxlan = pool.at('spec', 'vxlanMode');
    if (!isOn(ipip) || !isOn(vxlan)) return;
    report(
      vxlan,
      {
        what: `IPPool '${nameOf(pool)}' enables both IP-in-IP and VXLAN`,
        why: `'ipipMode: ${ipip.string}' and 'vxlanMode: ${vxlan.string}' exclude each other: Calico rejects the pool.`,
        how: "Set one of the two to 'Never'.",
      },
      {
        related: [{ at: ipip, message: 'IP-in-IP is enabled here' }],
        fixes: [set('Use VXLAN alone', ipip, 'Never'), set('Use IP-in-IP alone', vxlan, 'Never')],
      },
    );
  },
});

const isOn = (mode: Node) => mode.string === 'Always' || mode.string === 'CrossSubnet';
