import { directions, isolatedDirections, rulesOf, typeOf } from '../../kube/policies/network-policy';
import { nameOf } from '../../kube/resource';
import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'network-policy/ignored-rules',
  title: 'policyTypes lists every direction that has rules',
  severity: 'warning',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],

  check(policy, report) {
    const types = policy.at('spec', 'policyTypes');
    const isolated = isolatedDirections(policy);
    if (isolated === undefined) return;
    for (const direction of directions) {
      if (isolated.has(direction) || rulesOf(policy, direction).length === 0) continue;
      const rules = policy.at('spec', direction);
      const type = typeOf(direction);
      report(
        rules,
        {
          what: `The ${direction} rules of '${nameOf(policy)}' are ignored`,
          why: `Its policyTypes do not list ${type}, so the policy isolates no pod for ${direction}.`,
          how: `Add ${type} to policyTypes, or remove the rules.`,
        },
        {
          related: [{ at: types, message: `${type} is not listed here` }],
          fixes: [
            set(`Add ${type} to policyTypes (cuts what no rule allows)`, types.at(types.items().length), type),
            remove(`Remove the ignored ${direction} rules`, rules),
          ],
        },
      );
    }
  },
});
