import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { defineRule } from '../../lint/rule';
import { canUseNftables, nftablesNeeds, toIptables, toNftables } from './shared/fixes';

export default defineRule({
  id: 'kube-proxy/ipvs-deprecated',
  title: 'kube-proxy does not run in the deprecated ipvs mode',
  severity: 'warning',
  per: 'resource',
  kinds: proxyModeKinds,
  since: '1.35',
  options: ['kubernetes'],
  references: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/5495-deprecate-ipvs-mode-in-kube-proxy',
    'https://github.com/kubernetes/kubernetes/pull/134539',
  ],

  check(resource, report, target) {
    if (!target.kubernetes.atLeast('1.35')) return;
    const isGone = target.kubernetes.atLeast('1.43');
    for (const mode of proxyModesIn(resource)) {
      if (mode.value !== 'ipvs') continue;
      report(
        mode.at,
        {
          what: "Mode 'ipvs' of kube-proxy is deprecated since Kubernetes 1.35",
          why: isGone ? gone : plan,
          how: canUseNftables(mode, target) ? nftablesNeeds : later,
        },
        {
          severity: isGone ? 'error' : 'warning',
          fixes: [...toNftables(mode, target), ...toIptables(mode)],
        },
      );
    }
  },
});

const plan = 'It is planned to be off by default in 1.40 and removed in 1.43.';
const gone = 'Its removal is planned for 1.43, so kube-proxy does not start with it.';
const later = 'Plan for nftables, which is stable since 1.33 and takes its place.';
