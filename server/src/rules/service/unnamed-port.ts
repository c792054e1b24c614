import { isDnsLabel } from '../../kube/dns-name';
import { nameOf } from '../../kube/resource';
import { servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/unnamed-port',
  title: 'Ports of a multi-port Service have names',
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
        {
          what: `Port ${number} of Service '${nameOf(service)}' has no name`,
          why: 'Each port of a Service with more than one needs a name: the API server rejects the Service.',
          how: "Add a 'name' to this port.",
        },
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
