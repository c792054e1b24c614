import { trafficPoliciesOf } from '../../kube/pods/mesh';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'mesh/old-least-conn',
  title: 'A DestinationRule names LEAST_REQUEST by its name',
  severity: 'warning',
  per: 'resource',
  kinds: ['DestinationRule.networking.istio.io'],
  references: [
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-SimpleLB',
  ],

  check(rule, report) {
    for (const policy of trafficPoliciesOf(rule)) {
      const field = policy.at('loadBalancer', 'simple');
      if (field.string !== 'LEAST_CONN') continue;
      report(
        field,
        "'LEAST_CONN' is a deprecated name of 'LEAST_REQUEST': Istio counts open requests, not connections, and does the same for both.",
        { fixes: [use(field, 'LEAST_REQUEST', { safe: true })] },
      );
    }
  },
});
