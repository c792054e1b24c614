import { proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { defineRule } from '../../lint/rule';
import { toIptables, toNftables } from './shared/fixes';

export default defineRule({
  id: 'kube-proxy/ipvs-deprecated',
  title: 'kube-proxy does not depend on its ipvs mode, which is going away',
  severity: 'warning',
  per: 'resource',
  kinds: proxyModeKinds,
  since: '1.35',
  references: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/5495-deprecate-ipvs-mode-in-kube-proxy',
    'https://github.com/kubernetes/kubernetes/pull/134539',
  ],

  check(resource, report, target) {
    if (!target.kubernetes.atLeast('1.35')) return;
    const isGone = target.kubernetes.atLeast('1.43');
    for (const mode of proxyModesIn(resource)) {
      if (mode.value !== 'ipvs') continue;
      report(mode.at, `The ipvs mode of kube-proxy is deprecated since Kubernetes 1.35. ${isGone ? gone : plan}`, {
        severity: isGone ? 'error' : 'warning',
        fixes: [...toNftables(mode, target), ...toIptables(mode)],
      });
    }
  },
});

const plan =
  'The plan is to switch it off by default in 1.40 and to remove it in 1.43. nftables, stable since 1.33, takes its place; the ipvs schedulers have no counterpart, and gain nothing, as each node balances by its own view.';
const gone =
  'By plan its code is gone in 1.43, so that kube-proxy does not start with it. nftables, stable since 1.33, takes its place.';
