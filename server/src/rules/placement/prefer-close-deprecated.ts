import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'placement/prefer-close-deprecated',
  title: 'trafficDistribution is PreferSameZone instead of the deprecated PreferClose',
  severity: 'info',
  per: 'resource',
  kinds: ['Service'],
  since: '1.34',
  options: ['kubernetes'],
  references: ['https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/3015-prefer-same-node'],

  check(service, report, { kubernetes }) {
    const value = service.at('spec', 'trafficDistribution');
    if (!kubernetes.atLeast('1.34') || value.string !== 'PreferClose') return;
    const message = {
      what: `'trafficDistribution: PreferClose' of Service '${nameOf(service)}' is deprecated`,
      why: "'PreferSameZone' does the same from Kubernetes 1.34 on, and says what is preferred.",
      how: "Use 'PreferSameZone'.",
    };
    const renamed = set('Use PreferSameZone, the same under its new name', value, 'PreferSameZone', { safe: true });
    report(value, message, { fixes: [renamed] });
  },
});
