import { nameOf } from '../../kube/resource';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';

export default defineRule({
  id: 'gateway/unknown-class',
  title: 'The GatewayClass of a Gateway exists',
  severity: 'warning',
  per: 'scope',
  kinds: ['Gateway', 'GatewayClass'],
  subjects: ['Gateway'],
  about: 'absence',
  references: ['https://gateway-api.sigs.k8s.io/api-types/gatewayclass/'],

  check(cluster, report) {
    const classes = new Set(cluster.of('GatewayClass').flatMap(({ name }) => name.string ?? []));
    for (const gateway of cluster.judged('Gateway')) {
      const node = gateway.at('spec', 'gatewayClassName');
      // Controllers bring classes of their own, so that a name is wrong only when it is a slip away from one that is here.
      const near = nearest(node.string ?? '', classes);
      if (near === undefined) continue;
      report(
        node,
        {
          what: `GatewayClass '${node.string ?? ''}' not found`,
          why: `No controller sets up Gateway '${nameOf(gateway)}', so its routes get no requests.`,
          how: `Use '${near}', or add the GatewayClass.`,
        },
        { fixes: choose(node, near) },
      );
    }
  },
});
