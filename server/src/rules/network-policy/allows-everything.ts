import {
  allowsEverything,
  type Direction,
  directions,
  isolatedDirections,
  openRulesOf,
  peersOf,
  rulesOf,
} from '../../kube/policies/network-policy';
import { meansToAllowAll, meansToDenyAll } from '../../kube/policies/policy-intent';
import { nameOf, type Resource } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { defineRule, type Message } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { closingFix, closingKinds } from './shared/closing';

export default defineRule({
  id: 'network-policy/allows-everything',
  title: 'NetworkPolicy rules name peers or ports',
  severity: 'warning',
  per: 'namespace',
  habit: true,
  kinds: ['NetworkPolicy', ...closingKinds],
  subjects: ['NetworkPolicy'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic'],

  check(namespace, report) {
    for (const policy of namespace.judged('NetworkPolicy')) {
      for (const direction of directions) {
        if (isolatedDirections(policy)?.has(direction) !== true) continue;
        for (const rule of rulesOf(policy, direction)) {
          if (!allowsEverything(rule, direction) || isMeant(policy, rule, direction)) continue;
          // Nobody writes '- {}' by accident.
          const isIdle = rule.isEmpty && isAside(namespace, policy, direction);
          report(rule, messageFor(policy, rule, direction, isIdle ? 'aside' : 'main'), {
            ...(isIdle ? { severity: 'info' } : {}),
            fixes: [closingFix(namespace.cluster, policy, direction, openRulesOf(policy, direction))],
          });
        }
      }
    }
  },
});

/** Said by the policy itself; or the contrary is, which is for network-policy/denies-in-name-only to tell. */
function isMeant(policy: Resource, rule: Node, direction: Direction): boolean {
  return meansToAllowAll(policy, rule, direction) || meansToDenyAll(policy, rule, direction);
}

/** Egress left as it is by a policy that is about ingress, where nothing else isolates egress either. */
function isAside(namespace: Namespace<'NetworkPolicy'>, policy: Resource, direction: Direction): boolean {
  const isAboutIngress =
    direction === 'egress' &&
    isolatedDirections(policy)?.has('ingress') === true &&
    !rulesOf(policy, 'ingress').some(rule => allowsEverything(rule, 'ingress'));
  const others = namespace.of('NetworkPolicy').filter(other => isolatedDirections(other)?.has('egress') !== false);
  return (
    isAboutIngress && others.every(other => rulesOf(other, 'egress').some(rule => allowsEverything(rule, 'egress')))
  );
}

function messageFor(policy: Resource, rule: Node, direction: Direction, part: 'aside' | 'main'): Message {
  const name = nameOf(policy);
  const field = direction === 'ingress' ? 'from' : 'to';
  const isEmptyList = peersOf(rule, direction).isSequence;
  const what = isEmptyList
    ? `An empty '${field}' list in '${name}' allows everybody`
    : `An ${direction} rule of '${name}' allows all traffic`;
  if (part === 'aside') {
    const why = `No other policy of the namespace restricts ${direction} either, so for ${direction} '${name}' has the same effect as no policy.`;
    return { what, why, how: 'Name whom its pods call, or remove Egress from policyTypes.' };
  }
  const reading = isEmptyList
    ? 'An empty list matches everybody, not nobody'
    : `Without ${field} and ports a rule matches all traffic`;
  return {
    what,
    why: `${reading}. Rules add up, so this one overrides what other policies deny to the same pods.`,
    how: `Name ${direction === 'ingress' ? 'who may connect' : 'whom the pods may call'}, or remove the rule.`,
  };
}
