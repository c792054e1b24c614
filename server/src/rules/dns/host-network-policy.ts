import { makesTheNetwork } from '../../kube/dns/resolver';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { callKinds } from '../../network/calls/calls';
import { clusterNamesOf, related } from './shared/names';

export default defineRule({
  id: 'dns/host-network-policy',
  title: 'Host-network pods that name Services use ClusterFirstWithHostNet',
  severity: 'warning',
  per: 'scope',
  kinds: callKinds,
  references: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy'],

  check(cluster, report) {
    for (const workload of cluster.judged(...workloadKinds)) {
      const spec = podSpecOf(workload);
      const policy = spec.at('dnsPolicy');
      const isDefault = !policy.exists || policy.string === 'ClusterFirst';
      if (!isHostNetwork(workload) || !isDefault || makesTheNetwork(workload)) continue;
      const names = clusterNamesOf(workload, cluster);
      // Whose DNS the others ask is nobody's concern.
      if (names.length === 0) continue;
      const reading = policy.exists ? "'ClusterFirst' means" : 'a pod without dnsPolicy uses';
      report(
        policy.exists ? policy : spec.at('hostNetwork'),
        {
          what: `'${nameOf(workload)}' can't resolve Service names on the host network`,
          why: `On the host network ${reading} the resolver of the node. The Service names in the pod's configuration are not found.`,
          how: "Use dnsPolicy 'ClusterFirstWithHostNet'.",
        },
        {
          related: related(names, 'Service name used here'),
          fixes: [set('Use ClusterFirstWithHostNet', policy, 'ClusterFirstWithHostNet')],
        },
      );
    }
  },
});
