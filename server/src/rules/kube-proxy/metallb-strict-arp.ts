import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'kube-proxy/metallb-strict-arp',
  title: 'kube-proxy in ipvs mode leaves the addresses of MetalLB to MetalLB',
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
        "In ipvs mode kube-proxy puts every load balancer address on all nodes, and without strictARP each of them answers for it: MetalLB's layer 2 mode then has no say in which node gets the traffic. Set strictARP to true.",
        {
          related: [{ at: advertisement.name, message: `MetalLB announces addresses in layer 2 mode here.` }],
          fixes: field ? [set('Set strictARP to true', field, true)] : [],
        },
      );
    }
  },
});
