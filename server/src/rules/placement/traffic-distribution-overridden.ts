import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'placement/traffic-distribution-overridden',
  title: 'trafficDistribution stands where no stricter policy decides already',
  severity: 'info',
  per: 'resource',
  kinds: ['Service'],
  references: ['https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution'],

  check(service, report) {
    const spec = service.at('spec');
    const distribution = spec.at('trafficDistribution');
    const policy = spec.at('internalTrafficPolicy');
    if (distribution.string === undefined || policy.string !== 'Local') return;
    // What comes from outside of the cluster goes by another policy; a ClusterIP has no such traffic.
    const type = spec.at('type').string ?? 'ClusterIP';
    if (type !== 'ClusterIP' && spec.at('externalTrafficPolicy').string !== 'Local') return;
    report(
      distribution,
      `'trafficDistribution: ${distribution.string}' has no effect beside 'internalTrafficPolicy: Local', which sends traffic to pods of the same node only.`,
      {
        related: [{ at: policy, message: 'decides alone' }],
        fixes: [remove('Remove trafficDistribution', distribution)],
      },
    );
  },
});
