import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'placement/prefer-close-deprecated',
  title: 'trafficDistribution names what it prefers: PreferSameZone',
  severity: 'info',
  per: 'resource',
  kinds: ['Service'],
  since: '1.34',
  references: ['https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/3015-prefer-same-node'],

  check(service, report, { kubernetes }) {
    const value = service.at('spec', 'trafficDistribution');
    if (!kubernetes.atLeast('1.34') || value.string !== 'PreferClose') return;
    report(value, "'PreferClose' is deprecated: 'PreferSameZone' is the same thing under a name that says which.", {
      fixes: [set('Use PreferSameZone, the same under its new name', value, 'PreferSameZone', { safe: true })],
    });
  },
});
