import { enforcementKinds, unenforcedBy } from '../../kube/nodes/enforcement';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { listedInShort } from '../../text/words';

export default defineRule({
  id: 'network-policy/unenforced-by-cni',
  title: 'The network plugin enforces NetworkPolicies',
  severity: 'warning',
  per: 'scope',
  kinds: ['NetworkPolicy', ...enforcementKinds],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites',
    'https://github.com/flannel-io/flannel/blob/master/Documentation/netpol.md',
  ],

  check(cluster, report) {
    const policies = cluster.of('NetworkPolicy');
    if (policies.length === 0) return;
    for (const { at, plugin, why, how, remedy } of unenforcedBy(cluster.of(...enforcementKinds))) {
      const fix: Fix | undefined =
        remedy === undefined
          ? undefined
          : set(
              `Enforce policies: ${remedy} (those that are there take effect)`,
              at,
              at.string === undefined ? remedy === 'true' : remedy,
            );
      report(
        at,
        {
          what: `NetworkPolicies have no effect with ${plugin}`,
          why: `${why}. Policies such as ${listedInShort(policies.map(nameOf))} are accepted and protect nothing.`,
          how,
        },
        {
          related: policies
            .slice(0, 5)
            .map(policy => ({ at: policy.name, message: `'${nameOf(policy)}' is not enforced` })),
          fixes: fix ? [fix] : [],
        },
      );
    }
  },
});
