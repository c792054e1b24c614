import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'cni/ippool-both-encapsulations',
  title: 'An IP pool encapsulates in IP-in-IP or in VXLAN, not in both',
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
      `IP pool '${nameOf(pool)}' asks for IP-in-IP (${ipip.string}) and for VXLAN (${vxlan.string}), of which only one can be: Calico refuses the pool. Set the other to Never.`,
      {
        related: [{ at: ipip, message: 'IP-in-IP is asked for here.' }],
        fixes: [set('Use VXLAN alone', ipip, 'Never'), set('Use IP-in-IP alone', vxlan, 'Never')],
      },
    );
  },
});

const isOn = (mode: Node) => mode.string === 'Always' || mode.string === 'CrossSubnet';
