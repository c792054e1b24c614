import { selectorOf } from '../../kube/labels';
import { podsMatching } from '../../kube/pods/matching';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';
import { listedInShort } from '../../text/words';

export default defineRule({
  id: 'network-policy/selects-host-network',
  title: 'A policy selects pods that have a network of their own',
  severity: 'info',
  per: 'namespace',
  kinds: ['NetworkPolicy', ...workloadKinds],
  subjects: ['NetworkPolicy'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods',
  ],

  check(namespace, report) {
    for (const policy of namespace.judged('NetworkPolicy')) {
      const written = policy.at('spec', 'podSelector');
      const selector = selectorOf(written);
      const selected = podsMatching(namespace.of(...workloadKinds), selector);
      // A policy for the whole namespace is also for pods that are still to come.
      if (selected.length === 0 || selector.isEmpty || !selected.every(isHostNetwork)) continue;
      report(
        written,
        `'${nameOf(policy)}' selects only pods on the network of their node (${listedInShort(selected.map(nameOf))}), and most network plugins don't apply policies to them: their traffic is the node's. Don't rely on it; restrict the node, or let the pods do without hostNetwork.`,
        {
          related: selected.slice(0, 5).map(workload => ({
            at: podSpecOf(workload).at('hostNetwork'),
            message: `'${nameOf(workload)}' uses the network of its node`,
          })),
        },
      );
    }
  },
});
