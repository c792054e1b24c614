import { servicePortsOf } from '../../kube/services/service';
import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/duplicate-port',
  title: 'A Service has each port and each port name once',
  severity: 'error',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec'],

  check(service, report) {
    const numbers = new Map<string, number>();
    const names = new Map<string, number>();
    for (const { name, number, protocol, node } of servicePortsOf(service)) {
      const earlier = numbers.get(`${number}/${protocol}`);
      numbers.set(`${number}/${protocol}`, number);
      if (earlier !== undefined) {
        report(
          node.at('port'),
          `Port ${number} with protocol ${protocol} is in this Service already: the API server rejects it.`,
          { fixes: [remove('Remove this port', node)] },
        );
        continue;
      }
      if (!name) continue;
      const other = names.get(name);
      names.set(name, number);
      if (other === undefined) continue;
      const free = `${name}-${number}`.slice(0, 63);
      report(
        node.at('name'),
        `The name '${name}' is that of port ${other} already: the API server rejects the Service.`,
        { fixes: [set(`Name it '${free}'`, node.at('name'), free, { safe: true })] },
      );
    }
  },
});
