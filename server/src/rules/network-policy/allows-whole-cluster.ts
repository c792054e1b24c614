import { selectorOf } from '../../kube/labels';
import { isolatedDirections, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { meansToDenyAll } from '../../kube/policies/policy-intent';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'network-policy/allows-whole-cluster',
  title: 'A rule lets in the namespaces that need it',
  severity: 'info',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  ],

  check(policy, report) {
    if (isolatedDirections(policy)?.has('ingress') !== true) return;
    for (const rule of rulesOf(policy, 'ingress')) {
      if (!rule.at('ports').isEmpty || meansToDenyAll(policy, rule, 'ingress')) continue;
      for (const peer of peersOf(rule, 'ingress').items()) {
        const namespaces = peer.at('namespaceSelector');
        if (!namespaces.isMapping || !selectorOf(namespaces).isEmpty) continue;
        if (!selectorOf(peer.at('podSelector')).isEmpty) continue;
        report(
          namespaces,
          `This lets every pod of every namespace connect to the pods of '${nameOf(policy)}', on every port, and nobody else: load balancers and machines outside of the cluster are kept out. Name the namespaces and ports that need it.`,
        );
      }
    }
  },
});
