import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { defineRule } from '../../lint/rule';
import { pinned, toIpvs, toNftables } from './shared/fixes';

export default defineRule({
  id: 'kube-proxy/iptables-mode',
  title: 'kube-proxy does not walk long iptables rule lists',
  severity: 'info',
  per: 'resource',
  kinds: proxyModeKinds,
  references: [
    'https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-modes',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/3866-nftables-proxy',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/5343-kube-proxy-backend-default',
  ],

  check(resource, report, target) {
    for (const mode of proxyModesIn(resource)) {
      if (mode.value === 'iptables') {
        report(mode.at, `kube-proxy runs in iptables mode: ${cost}`, {
          fixes: [...toNftables(mode, target), ...toIpvs(mode, target)],
        });
      } else if (mode.value === '' && !target.kubernetes.atLeast('1.40')) {
        report(mode.at, `The mode of kube-proxy is not set, so it is iptables today: ${cost} ${plan}`, {
          fixes: [...toNftables(mode, target), ...pinned(mode), ...toIpvs(mode, target)],
        });
      }
    }
  },
});

const cost =
  'fine in a small cluster, but with thousands of Services new connections and updates wait for its long rule lists. nftables, stable since Kubernetes 1.33, is its successor.';

/** KEP-5343, whose dates after 1.37 are provisional. */
const plan =
  'kube-proxy 1.37 warns when no mode is set, and 1.40 is planned to take nftables then: write down the mode that you mean.';
