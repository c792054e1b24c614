import { trafficPoliciesOf } from '../../kube/pods/mesh';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'mesh/old-least-conn',
  title: 'A DestinationRule uses LEAST_REQUEST, not its old name LEAST_CONN',
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
        {
          what: "Load-balance method 'LEAST_CONN' is deprecated",
          why: "It is the old name of 'LEAST_REQUEST', and behaves the same: Istio counts open requests, not connections.",
          how: "Write 'LEAST_REQUEST'.",
        },
        { fixes: [use(field, 'LEAST_REQUEST', { safe: true })] },
      );
    }
  },
});
