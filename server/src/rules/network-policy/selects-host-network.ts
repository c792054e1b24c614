import { selectorOf } from '../../kube/labels';
import { podsMatching } from '../../kube/pods/matching';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';
import { listedInShort } from '../../text/words';

export default defineRule({
  id: 'network-policy/selects-host-network',
  title: 'Policies do not rely on selecting host-network pods',
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
        {
          what: `'${nameOf(policy)}' selects only pods on the host network`,
          why: `Most network plugins do not apply policies to such pods (${listedInShort(selected.map(nameOf))}): their traffic is the node's.`,
          how: 'Restrict the traffic of the node instead, or remove hostNetwork.',
        },
        {
          related: selected.slice(0, 5).map(workload => ({
            at: podSpecOf(workload).at('hostNetwork'),
            message: `'${nameOf(workload)}' is on the host network`,
          })),
        },
      );
    }
  },
});
