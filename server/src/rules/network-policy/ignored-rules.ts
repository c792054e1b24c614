import { directions, isolatedDirections, rulesOf, typeOf } from '../../kube/policies/network-policy';
import { nameOf } from '../../kube/resource';
import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'network-policy/ignored-rules',
  title: 'Every direction that has rules is among the policyTypes',
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
        `The ${direction} rules of '${nameOf(policy)}' are ignored, because its policyTypes don't list ${type}: it isolates no pod for ${direction}. Add ${type} to policyTypes, or remove the rules.`,
        {
          related: [{ at: types, message: `${type} is not listed here` }],
          fixes: [
            set(
              `Add ${type} to policyTypes (cuts calls that the rules don't allow)`,
              types.at(types.items().length),
              type,
            ),
            remove(`Remove the ignored ${direction} rules`, rules),
          ],
        },
      );
    }
  },
});
