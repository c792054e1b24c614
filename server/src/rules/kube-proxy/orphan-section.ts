import { type ProxyMode, proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { remove } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'kube-proxy/orphan-section',
  title: 'kube-proxy has no options of a mode that it does not run in',
  severity: 'info',
  per: 'resource',
  kinds: proxyModeKinds,
  references: ['https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/'],

  check(resource, report) {
    for (const mode of proxyModesIn(resource)) {
      const { value, config } = mode;
      if (config === undefined || !['', 'iptables', 'nftables'].includes(value)) continue;
      const arp = config.at('ipvs', 'strictARP');
      const scheduler = config.at('ipvs', 'scheduler');
      const localhost = config.at('iptables', 'localhostNodePorts');
      if (arp.boolean === true)
        unread(report, mode, arp, 'ipvs.strictARP', 'Only ipvs mode puts addresses of Services on an interface.');
      if (scheduler.string)
        unread(report, mode, scheduler, 'ipvs.scheduler', 'Other modes send a connection to a random endpoint.');
      if (value === 'nftables' && localhost.boolean === true)
        unread(
          report,
          mode,
          localhost,
          'iptables.localhostNodePorts',
          'nftables mode does not serve node ports on localhost.',
        );
    }
  },
});

/** The option counts for nothing today, so that taking it out changes nothing that runs. */
function unread(report: Report, { value }: ProxyMode, option: Node, name: string, consequence: string): void {
  const runs = value === '' ? 'No mode is set, which means iptables' : `The mode is ${value}`;
  const why = `${runs}, so kube-proxy does not read it. ${consequence}`;
  report(
    option,
    { what: `'${name}' has no effect in ${value || 'iptables'} mode`, why, how: `Remove '${name}'.` },
    {
      fixes: [remove(`Remove ${name}`, option)],
    },
  );
}
