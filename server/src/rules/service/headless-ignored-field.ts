import { nameOf } from '../../kube/resource';
import { isHeadless } from '../../kube/services/service';
import { fix, remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/headless-ignored-field',
  title: 'Headless Services set no field that needs a cluster IP',
  severity: 'info',
  per: 'resource',
  kinds: ['Service'],
  options: ['kubernetes'],
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
        {
          what: `${type.string} Service '${nameOf(service)}' has clusterIP None`,
          why: `A Service of type ${type.string} needs a cluster IP: the API server rejects it.`,
          how: "Remove 'clusterIP', or use type ClusterIP.",
        },
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
      const also = target.kubernetes.atLeast('1.34') ? ' The API server warns about it.' : '';
      report(
        node,
        {
          what: `'${field}' has no effect on headless Service '${nameOf(service)}'`,
          why: `Clients connect to the pods themselves, past every proxy.${also}`,
          how: `Remove '${field}'.`,
        },
        {
          fixes: [
            fix(`Remove '${field}'`, edits => {
              edits.remove(node);
              const config = service.at('spec', 'sessionAffinityConfig');
              if (field === 'sessionAffinity' && config.exists) edits.remove(config);
            }),
          ],
        },
      );
    }
  },
});
