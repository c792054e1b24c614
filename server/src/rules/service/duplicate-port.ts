import { nameOf } from '../../kube/resource';
import { servicePortsOf } from '../../kube/services/service';
import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/duplicate-port',
  title: 'Ports of a Service have unique numbers and names',
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
          {
            what: `Port ${number}/${protocol} of Service '${nameOf(service)}' is listed twice`,
            why: 'The API server rejects the Service: a number may occur once for each protocol.',
            how: 'Remove one of the two, or change its number.',
          },
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
        {
          what: `Port name '${name}' is used twice`,
          why: `Port ${other} has this name already: the API server rejects Service '${nameOf(service)}'.`,
          how: 'Give this port another name.',
        },
        { fixes: [set(`Name it '${free}'`, node.at('name'), free, { safe: true })] },
      );
    }
  },
});
