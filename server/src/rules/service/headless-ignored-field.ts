import { isHeadless } from '../../kube/services/service';
import { fix, remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/headless-ignored-field',
  title: 'A headless Service sets nothing that needs an address of its own',
  severity: 'info',
  per: 'resource',
  kinds: ['Service'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
    'https://github.com/kubernetes/kubernetes/pull/132214',
  ],

  check(service, report, target) {
    if (!isHeadless(service)) return;
    const type = service.at('spec', 'type');
    if (type.string === 'LoadBalancer' || type.string === 'NodePort') {
      report(
        service.at('spec', 'clusterIP'),
        `A Service of type ${type.string} needs an address of its own, and 'None' gives it none: the API server rejects it.`,
        {
          severity: 'error',
          fixes: [
            remove('Give it an address', service.at('spec', 'clusterIP')),
            set('Leave it headless, of type ClusterIP', type, 'ClusterIP'),
          ],
        },
      );
      return;
    }
    for (const field of ['loadBalancerIP', 'externalIPs', 'sessionAffinity']) {
      const node = service.at('spec', field);
      if (node.isEmpty || node.string === 'None' || node.string === '') continue;
      const also = target.kubernetes.atLeast('1.34') ? ', and the API server warns of it' : '';
      report(node, `'${field}' does nothing on a headless Service, whose traffic no proxy sees${also}.`, {
        fixes: [
          fix(`Remove '${field}'`, edits => {
            edits.remove(node);
            const config = service.at('spec', 'sessionAffinityConfig');
            if (field === 'sessionAffinity' && config.exists) edits.remove(config);
          }),
        ],
      });
    }
  },
});
