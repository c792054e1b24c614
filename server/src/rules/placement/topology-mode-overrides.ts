import { topologyAnnotationsOf } from '../../kube/services/service';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'placement/topology-mode-overrides',
  title: 'A Service has trafficDistribution or the topology annotation, not both',
  severity: 'warning',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution'],

  check(service, report, { kubernetes }) {
    const distribution = service.at('spec', 'trafficDistribution');
    const value = distribution.string;
    if (value === undefined) return;
    for (const { node, isOn } of topologyAnnotationsOf(service)) {
      if (!isOn) continue;
      report(
        node,
        `The annotation '${String(node.key)}' wins over 'trafficDistribution: ${value}', which has no effect beside it.`,
        {
          related: [{ at: distribution, message: 'without effect' }],
          fixes: [
            remove(`Remove the annotation, so that trafficDistribution: ${value} counts`, node),
            // From 1.33 on the annotation itself is on its way out.
            ...(kubernetes.atLeast('1.33') ? [] : [remove('Remove trafficDistribution', distribution)]),
          ],
        },
      );
    }
  },
});
