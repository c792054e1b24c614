import { selectorOf } from '../../kube/labels';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';
import { faultOf, hintOf, selectionKinds, worded } from './shared/selection';

export default defineRule({
  id: 'network-policy/selects-nothing',
  title: 'The podSelector of a policy matches pods',
  severity: 'warning',
  per: 'namespace',
  kinds: selectionKinds,
  subjects: ['NetworkPolicy'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],

  check(namespace, report) {
    for (const policy of namespace.judged('NetworkPolicy')) {
      const podSelector = policy.at('spec', 'podSelector');
      const fault = faultOf(podSelector, [namespace]);
      if (fault === undefined) continue;
      const where = namespace.isAssumed ? 'these files' : `namespace '${namespace.name}'`;
      report(
        fault.at,
        {
          what: `'${nameOf(policy)}' selects no pod`,
          why: `No pod in ${where} ${worded(selectorOf(podSelector))}, so the policy has no effect.`,
          how: hintOf(fault) ?? 'Correct the podSelector, or remove the policy.',
        },
        { fixes: fault.fixes },
      );
    }
  },
});
