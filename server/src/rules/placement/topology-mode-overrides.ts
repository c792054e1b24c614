import { topologyAnnotationsOf } from '../../kube/services/service';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'placement/topology-mode-overrides',
  title: 'Services have trafficDistribution or the topology annotation, not both',
  severity: 'warning',
  per: 'resource',
  kinds: ['Service'],
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution'],

  check(service, report, { kubernetes }) {
    const distribution = service.at('spec', 'trafficDistribution');
    const value = distribution.string;
    if (value === undefined) return;
    const isDeprecated = kubernetes.atLeast('1.33');
    for (const { node, isOn } of topologyAnnotationsOf(service)) {
      if (!isOn) continue;
      report(
        node,
        {
          what: `'${String(node.key)}' overrides trafficDistribution`,
          why: `Beside the annotation 'trafficDistribution: ${value}' has no effect.`,
          how: isDeprecated ? 'Remove the annotation, which is deprecated.' : 'Keep one of the two.',
        },
        {
          related: [{ at: distribution, message: 'Has no effect' }],
          fixes: [
            remove(`Remove the annotation, so that ${value} counts`, node),
            // From 1.33 on the annotation itself is on its way out.
            ...(isDeprecated ? [] : [remove('Remove trafficDistribution', distribution)]),
          ],
        },
      );
    }
  },
});
