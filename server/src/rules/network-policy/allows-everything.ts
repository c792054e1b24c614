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
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { closingFix, closingKinds } from './shared/closing';

export default defineRule({
  id: 'network-policy/allows-everything',
  title: 'A rule says who may connect, or to which port',
  severity: 'warning',
  per: 'namespace',
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

function messageFor(policy: Resource, rule: Node, direction: Direction, part: 'aside' | 'main'): string {
  const name = nameOf(policy);
  const field = direction === 'ingress' ? 'from' : 'to';
  const through = direction === 'ingress' ? 'in' : 'out';
  if (part === 'aside') {
    return `This rule has no ${field} and no ports, so it lets everything ${through}: for ${direction}, '${name}' is as good as no policy. Name whom its pods call, or leave Egress out of policyTypes.`;
  }
  const peers = peersOf(rule, direction);
  const why = peers.isSequence
    ? `An empty ${field} list means everybody, not nobody, so this rule lets everything ${through}`
    : `This rule has no ${field} and no ports, so it lets everything ${through}`;
  const what = direction === 'ingress' ? 'Name who may connect' : 'Name whom the pods may call';
  return `${why}: '${name}' denies its pods no ${direction}, and cancels what other policies deny them. ${what}, or remove the rule.`;
}
