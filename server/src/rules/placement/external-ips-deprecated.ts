import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'placement/external-ips-deprecated',
  title: 'Services get outside addresses from a load balancer, not from externalIPs',
  severity: 'warning',
  per: 'resource',
  kinds: ['Service'],
  since: '1.36',
  options: ['kubernetes'],
  references: ['https://github.com/kubernetes/enhancements/issues/5707'],

  check(service, report, { kubernetes }) {
    const addresses = service.at('spec', 'externalIPs');
    if (!kubernetes.atLeast('1.36') || addresses.items().length === 0) return;
    report(addresses, {
      what: `'externalIPs' of Service '${nameOf(service)}' is deprecated`,
      why: 'Kubernetes deprecated it in 1.36, because whoever may write a Service can take over any address with it.',
      how: "Use 'type: LoadBalancer', with MetalLB or the like where there is no cloud, or a Gateway.",
    });
  },
});
