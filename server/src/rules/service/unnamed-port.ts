import { isDnsLabel } from '../../kube/dns-name';
import { servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/unnamed-port',
  title: 'Each of several ports of a Service has a name',
  severity: 'error',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services'],

  check(service, report) {
    const ports = servicePortsOf(service);
    if (ports.length < 2) return;
    const taken = new Set(ports.map(({ name }) => name));
    for (const { name, node, number, protocol, target } of ports) {
      if (name) continue;
      const proposals = [target, wellKnown.get(number), `${protocol.toLowerCase()}-${number}`, `port-${number}`];
      const free = proposals.find(
        proposal => typeof proposal === 'string' && !taken.has(proposal) && isDnsLabel(proposal),
      );
      if (typeof free === 'string') taken.add(free);
      report(
        node.at('port'),
        `Port ${number} has no name, and a Service with more than one port needs one for each: the API server rejects it.`,
        { fixes: typeof free === 'string' ? [set(`Name it '${free}'`, node.at('name'), free, { safe: true })] : [] },
      );
    }
  },
});

const wellKnown = new Map([
  [53, 'dns'],
  [80, 'http'],
  [443, 'https'],
  [8080, 'http'],
  [8443, 'https'],
  [9090, 'metrics'],
]);
