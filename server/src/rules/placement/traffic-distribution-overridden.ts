import { nameOf } from '../../kube/resource';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'placement/traffic-distribution-overridden',
  title: 'trafficDistribution is not overridden by internalTrafficPolicy: Local',
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
      {
        what: `'trafficDistribution: ${distribution.string}' of Service '${nameOf(service)}' has no effect`,
        why: "'internalTrafficPolicy: Local' already sends traffic to pods of the same node only.",
        how: 'Keep one of the two.',
      },
      {
        related: [{ at: policy, message: 'Overrides trafficDistribution' }],
        fixes: [remove('Remove trafficDistribution', distribution)],
      },
    );
  },
});
