import { type ProxyMode, proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Message, type Target } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { inWords } from '../../text/words';
import { toIptables, toNftables, write } from './shared/fixes';

export default defineRule({
  id: 'kube-proxy/unknown-mode',
  title: 'The mode of kube-proxy exists',
  severity: 'error',
  per: 'resource',
  kinds: proxyModeKinds,
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/'],

  check(resource, report, target) {
    for (const mode of proxyModesIn(resource)) {
      const modes = modesOf(mode);
      if (mode.value === '' || modes.includes(mode.value)) continue;
      const meant = nearest(mode.value, modes);
      report(mode.at, messageFor(mode, modes), {
        fixes: meant ? meantFixes(mode, meant, target) : [...toNftables(mode, target), ...toIptables(mode)],
      });
    }
  },
});

function modesOf({ form }: ProxyMode): readonly string[] {
  return form === 'kind' ? ['nftables', 'iptables', 'ipvs', 'none'] : ['nftables', 'iptables', 'ipvs', 'kernelspace'];
}

function messageFor({ value, form }: ProxyMode, modes: readonly string[]): Message {
  const what = `Unknown ${form === 'kind' ? 'proxy mode of kind' : 'kube-proxy mode'} '${value}'`;
  const how = `Use ${inWords(modes, 'or')}${form === 'kind' ? '' : ' (on Windows)'}.`;
  if (form === 'kind') return { what, why: "'kind' refuses to create the cluster.", how };
  const why = 'With it kube-proxy exits at start, and the node serves no Services.';
  return value === 'userspace'
    ? { what: "Mode 'userspace' of kube-proxy was removed in Kubernetes 1.26", why, how }
    : { what, why, how };
}

/** The name that was meant; where that is a mode on its way out, the one that takes its place beside it. */
function meantFixes(mode: ProxyMode, meant: string, target: Target): Fix[] {
  const isLeaving = meant === 'ipvs' && target.kubernetes.atLeast('1.35');
  const title = `Use ${meant}, probably meant${isLeaving ? ' (deprecated since Kubernetes 1.35)' : ''}`;
  const use = fix(title, edits => write(edits, mode, meant));
  return isLeaving ? [use, ...toNftables(mode, target)] : [use];
}
