import { ciliumPolicyKinds, ciliumRulesOf, deniesByDefault } from '../../kube/policies/cilium';
import { type Direction, directions } from '../../kube/policies/network-policy';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'network-policy/cilium-rule-without-effect',
  title: 'A Cilium rule has an entry for the direction it is about',
  severity: 'warning',
  per: 'resource',
  kinds: ciliumPolicyKinds,
  references: ['https://docs.cilium.io/en/stable/security/policy/intro/#rule-basics'],

  check(policy, report) {
    for (const rule of ciliumRulesOf(policy)) {
      const empty = directions.filter(direction => rule.at(direction).isSequence && !hasEffect(rule, direction));
      for (const direction of empty) {
        report(
          rule.at(direction),
          `An empty ${direction} list does nothing in Cilium: it isolates only what has an entry, so '${nameOf(policy)}' denies no ${direction}. To deny, write one empty entry: ${direction}: [{}].`,
          { fixes: [denying(rule, direction)] },
        );
      }
      if (empty.length > 0 || directions.some(direction => hasEffect(rule, direction))) continue;
      report(
        rule.at('endpointSelector').exists ? rule.at('endpointSelector') : rule,
        `This rule has no ingress and no egress entry, so '${nameOf(policy)}' does nothing for the pods it selects. To deny, write one empty entry: ingress: [{}].`,
        { fixes: [denying(rule, 'ingress')] },
      );
    }
  },
});

function hasEffect(rule: Node, direction: Direction): boolean {
  const isListed = [rule.at(direction), rule.at(`${direction}Deny`)].some(list => list.items().length > 0);
  return isListed || deniesByDefault(rule, direction);
}

function denying(rule: Node, direction: Direction): Fix {
  return set(`Deny ${direction}: write one empty entry (cuts calls that no policy allows)`, rule.at(direction), [{}]);
}
