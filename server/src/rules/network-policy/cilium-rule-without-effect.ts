import { ciliumPolicyKinds, ciliumRulesOf, deniesByDefault } from '../../kube/policies/cilium';
import { refusalOf } from '../../kube/policies/cilium-refusal';
import { type Direction, directions } from '../../kube/policies/network-policy';
import { directionsInName } from '../../kube/policies/policy-intent';
import { nameOf, type Resource } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'network-policy/cilium-rule-without-effect',
  title: 'Cilium policy rules take effect',
  severity: 'warning',
  per: 'resource',
  kinds: ciliumPolicyKinds,
  references: [
    'https://docs.cilium.io/en/stable/security/policy/intro/#rule-basics',
    'https://github.com/cilium/cilium/issues/38795',
    'https://github.com/cilium/cilium/blob/main/pkg/policy/api/rule_validation.go',
  ],

  check(policy, report) {
    const refusal = refusalOf(policy);
    if (refusal) {
      const why = 'Cilium refuses the whole policy, so it neither denies nor allows anything.';
      report(
        refusal.at,
        { what: `'${nameOf(policy)}' ${refusal.fault}`, why, how: refusal.remedy },
        { severity: 'error' },
      );
      return;
    }
    for (const rule of ciliumRulesOf(policy)) {
      const isIdle = !directions.some(direction => hasEffect(rule, direction));
      const empty = directions.filter(direction => {
        const list = rule.at(direction);
        // A key without a value may be a leftover beside a direction that is filled in.
        return (list.isSequence || (isIdle && list.exists)) && list.isEmpty && !hasEffect(rule, direction);
      });
      for (const direction of empty) {
        report(
          rule.at(direction),
          {
            what: `The empty ${direction} list of '${nameOf(policy)}' has no effect in Cilium`,
            why: `Cilium isolates pods only in a direction that has an entry, so the rule denies no ${direction}.`,
            how: `To deny all ${direction}, write one empty entry: '${direction}: [{}]'.`,
          },
          { fixes: [denying(rule, direction)] },
        );
      }
      if (empty.length > 0 || !isIdle) continue;
      const [meant = 'ingress', ...more] = meantBy(policy, rule);
      report(
        rule.at('endpointSelector').exists ? rule.at('endpointSelector') : rule,
        {
          what: `A rule of '${nameOf(policy)}' has no ingress and no egress entry`,
          why: 'Cilium isolates pods only in a direction that has an entry, so the rule has no effect on the pods it selects.',
          how: `To deny all ${meant}, write one empty entry: '${meant}: [{}]'.`,
        },
        { fixes: [meant, ...more].map(direction => denying(rule, direction)) },
      );
    }
  },
});

/** What is to be denied: the direction that has a field, else the one that the name speaks of, else either. */
function meantBy(policy: Resource, rule: Node): readonly Direction[] {
  const written = directions.filter(direction => rule.at(`${direction}Deny`).exists);
  return [written, directionsInName(policy), directions].find(found => found.length > 0) ?? directions;
}

function hasEffect(rule: Node, direction: Direction): boolean {
  const isListed = [rule.at(direction), rule.at(`${direction}Deny`)].some(list => list.items().length > 0);
  return isListed || deniesByDefault(rule, direction);
}

function denying(rule: Node, direction: Direction): Fix {
  return set(`Deny ${direction} by one empty entry (cuts other calls)`, rule.at(direction), [{}]);
}
