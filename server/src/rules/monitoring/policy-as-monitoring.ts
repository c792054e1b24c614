import { selectorOf } from '../../kube/labels';
import { allowsEverything, isolatedDirections, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/policy-as-monitoring',
  title: 'Nobody expects a NetworkPolicy to observe traffic',
  severity: 'info',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#what-you-can-t-do-with-network-policies-at-least-not-yet',
  ],

  check(policy, report) {
    const name = policy.name.string ?? '';
    if (!/analy[sz]|monitor|observe|inspect/i.test(name) || /allow|permit|accept|deny|block/i.test(name)) return;
    if (isolatedDirections(policy)?.has('ingress') !== true) return;
    if (!rulesOf(policy, 'ingress').some(letsAllIn)) return;
    report(
      policy.name,
      `A NetworkPolicy observes and logs nothing. What '${name}' does is let every pod of the cluster connect to the pods it selects. To see traffic, use what the network plugin offers, such as Hubble with Cilium.`,
    );
  },
});

/** From everywhere, or from all namespaces, on all ports. */
function letsAllIn(rule: Node): boolean {
  if (allowsEverything(rule, 'ingress')) return true;
  if (!rule.at('ports').isEmpty) return false;
  return peersOf(rule, 'ingress')
    .items()
    .some(peer => {
      const namespaces = peer.at('namespaceSelector');
      return namespaces.isMapping && selectorOf(namespaces).isEmpty && selectorOf(peer.at('podSelector')).isEmpty;
    });
}
