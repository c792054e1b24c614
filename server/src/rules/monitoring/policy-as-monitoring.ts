import { selectorOf } from '../../kube/labels';
import { allowsEverything, isolatedDirections, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/policy-as-monitoring',
  title: 'A NetworkPolicy is not meant to observe traffic',
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
    report(policy.name, {
      what: `NetworkPolicy '${name}' observes no traffic`,
      why: 'A policy neither inspects nor logs. This one lets every pod of the cluster connect to the pods that it selects.',
      how: 'Use the observability of the network plugin, such as Hubble with Cilium, and narrow or remove this policy.',
    });
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
