import { type ProxyMode, proxyModeKinds, proxyModesIn } from '../../kube/nodes/kube-proxy';
import { remove } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'kube-proxy/orphan-section',
  title: 'Options of kube-proxy belong to the mode that it runs in',
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
        unread(
          report,
          mode,
          arp,
          'ipvs.strictARP',
          'In other modes kube-proxy puts no Service address on an interface, so there is nothing to be strict about.',
        );
      if (scheduler.string)
        unread(report, mode, scheduler, 'ipvs.scheduler', 'In other modes a connection goes to a random endpoint.');
      if (value === 'nftables' && localhost.boolean === true)
        unread(
          report,
          mode,
          localhost,
          'iptables.localhostNodePorts',
          'In nftables mode node ports are not served on localhost.',
        );
    }
  },
});

/** The option counts for nothing today, so that taking it out changes nothing that runs. */
function unread(report: Report, { value }: ProxyMode, option: Node, name: string, consequence: string): void {
  const runs = value === '' ? 'no mode is set, which means iptables' : `the mode is ${value}`;
  report(option, `kube-proxy does not read ${name} here, as ${runs}. ${consequence}`, {
    fixes: [remove(`Remove ${name}`, option)],
  });
}
