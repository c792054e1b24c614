import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { defineRule } from '../../lint/rule';
import { canUseNftables, nftablesNeeds, pinned, toIpvs, toNftables } from './shared/fixes';

export default defineRule({
  id: 'kube-proxy/iptables-mode',
  title: 'kube-proxy does not run in iptables mode',
  severity: 'info',
  per: 'resource',
  kinds: proxyModeKinds,
  options: ['kubernetes'],
  references: [
    'https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-modes',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/3866-nftables-proxy',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/5343-kube-proxy-backend-default',
  ],

  check(resource, report, target) {
    for (const mode of proxyModesIn(resource)) {
      const how = canUseNftables(mode, target) ? nftablesNeeds : later;
      if (mode.value === 'iptables') {
        const message = { what: "Mode 'iptables' of kube-proxy is slow with many Services", why: cost, how };
        report(mode.at, message, { fixes: [...toNftables(mode, target), ...toIpvs(mode, target)] });
      } else if (mode.value === '' && !target.kubernetes.atLeast('1.40')) {
        const message = { what: 'Mode of kube-proxy is not set, which means iptables', why: `${cost} ${plan}`, how };
        report(mode.at, message, {
          fixes: [...toNftables(mode, target), ...pinned(mode), ...toIpvs(mode, target)],
        });
      }
    }
  },
});

const cost =
  'With thousands of Services new connections and updates wait for long rule lists; a small cluster does not notice.';

/** KEP-5343, whose dates after 1.37 are provisional. */
const plan = 'From 1.37 kube-proxy warns when no mode is set, and nftables is planned as the default of 1.40.';

const later = 'Plan for nftables, its successor, which is stable since Kubernetes 1.33.';
