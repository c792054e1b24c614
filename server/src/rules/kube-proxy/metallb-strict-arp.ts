import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'kube-proxy/metallb-strict-arp',
  title: 'kube-proxy in ipvs mode has strictARP beside MetalLB in layer 2 mode',
  severity: 'warning',
  per: 'scope',
  kinds: [...proxyModeKinds, 'L2Advertisement.metallb.io'],
  references: ['https://metallb.io/installation/#preparation'],

  check(cluster, report) {
    const [advertisement] = cluster.of('L2Advertisement.metallb.io');
    if (advertisement === undefined) return;
    for (const mode of cluster.of(...proxyModeKinds).flatMap(proxyModesIn)) {
      if (mode.value !== 'ipvs' || mode.strictArp !== false) continue;
      const field = mode.config?.at('ipvs', 'strictARP');
      report(
        field?.exists ? field : mode.at,
        {
          what: "Mode 'ipvs' of kube-proxy lacks strictARP, which MetalLB needs",
          why: 'Every node binds every load balancer address and answers ARP for it, so MetalLB cannot choose the node.',
          how: 'Set ipvs.strictARP to true.',
        },
        {
          related: [{ at: advertisement.name, message: 'MetalLB announces addresses in layer 2 mode here' }],
          fixes: field ? [set('Set strictARP to true', field, true)] : [],
        },
      );
    }
  },
});
