import { containerPortsOf } from '../../kube/pods/workload';
import { servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';

export default defineRule({
  id: 'service/protocol-mismatch',
  title: 'A Service port has the protocol of the port it leads to',
  severity: 'warning',
  per: 'namespace',
  kinds: serviceKinds,
  subjects: ['Service'],
  references: ['https://kubernetes.io/docs/reference/networking/service-protocols/'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    for (const service of namespace.judged('Service')) {
      for (const port of servicePortsOf(service)) {
        const listed = workloadsBehind(services, service)
          .flatMap(containerPortsOf)
          .filter(({ number }) => number === port.target);
        const [other] = listed;
        if (other === undefined || listed.some(({ protocol }) => protocol === port.protocol)) continue;
        const written = port.node.at('protocol').exists ? 'protocol' : 'port';
        report(
          port.node.at(written),
          `This port is ${port.protocol}${written === 'port' ? ' (the default)' : ''}, and the pods list ${other.number} as ${other.protocol}: if the list is right, packets of the one never reach what listens for the other.`,
          {
            related: [
              { at: other.node.at('containerPort'), message: `Port ${other.number} of the pods, ${other.protocol}` },
            ],
            fixes: [
              set(`Use protocol ${other.protocol}`, port.node.at('protocol'), other.protocol),
              set(
                `List port ${other.number} of the pods as ${port.protocol}`,
                other.node.at('protocol'),
                port.protocol,
              ),
            ],
          },
        );
      }
    }
  },
});
