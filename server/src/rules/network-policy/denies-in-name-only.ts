import { selectorOf } from '../../kube/labels';
import {
  allowsEverything,
  type Direction,
  directions,
  isolatedDirections,
  peersOf,
  rulesOf,
  typeOf,
} from '../../kube/policies/network-policy';
import { meansToDenyAll } from '../../kube/policies/policy-intent';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { closingFix, closingKinds } from './shared/closing';

export default defineRule({
  id: 'network-policy/denies-in-name-only',
  title: 'Policies named as a denial do not allow everything',
  severity: 'warning',
  per: 'namespace',
  kinds: ['NetworkPolicy', ...closingKinds],
  subjects: ['NetworkPolicy'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],

  check(namespace, report) {
    for (const policy of namespace.judged('NetworkPolicy')) {
      for (const direction of directions) {
        if (isolatedDirections(policy)?.has(direction) !== true) continue;
        const open = rulesOf(policy, direction).flatMap(rule => {
          const allowed = allowedBy(rule, direction);
          return allowed && meansToDenyAll(policy, rule, direction) ? [{ rule, allowed }] : [];
        });
        const fixes = [
          closingFix(
            namespace.cluster,
            policy,
            direction,
            open.map(({ rule }) => rule),
          ),
        ];
        for (const { rule, allowed } of open) {
          report(
            rule,
            {
              what: `'${nameOf(policy)}' claims to deny ${direction} but allows ${allowed}`,
              why: 'Rules only allow: a policy denies by isolating its pods without any rule. Whoever trusts its name or comment takes open pods for closed.',
              how: `Leave the ${direction} list empty, and list ${typeOf(direction)} in policyTypes.`,
            },
            { fixes },
          );
        }
      }
    }
  },
});

/** What a rule allows that can't be an exception from a denial. */
function allowedBy(rule: Node, direction: Direction): string | undefined {
  if (allowsEverything(rule, direction)) return 'all traffic';
  if (!rule.at('ports').isEmpty) return undefined;
  const peers = peersOf(rule, direction).items();
  if (peers.some(isEveryAddress)) return 'all addresses';
  return peers.some(isEveryNamespace) ? 'all namespaces' : undefined;
}

function isEveryNamespace(peer: Node): boolean {
  const namespaces = peer.at('namespaceSelector');
  return namespaces.isMapping && selectorOf(namespaces).isEmpty && selectorOf(peer.at('podSelector')).isEmpty;
}

function isEveryAddress(peer: Node): boolean {
  const block = peer.at('ipBlock');
  const cidr = block.at('cidr').string;
  return (cidr === '0.0.0.0/0' || cidr === '::/0') && block.at('except').isEmpty;
}
