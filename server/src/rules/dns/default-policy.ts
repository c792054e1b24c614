import { makesTheNetwork } from '../../kube/dns/resolver';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { callKinds } from '../../network/calls/calls';
import { clusterNamesOf, related } from './shared/names';

export default defineRule({
  id: 'dns/default-policy',
  title: 'A pod that names Services can look them up',
  severity: 'warning',
  per: 'scope',
  kinds: callKinds,
  references: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy'],

  check(cluster, report) {
    for (const workload of cluster.judged(...workloadKinds)) {
      const policy = podSpecOf(workload).at('dnsPolicy');
      if (policy.string !== 'Default' || makesTheNetwork(workload)) continue;
      const names = clusterNamesOf(workload, cluster);
      if (names.length === 0) continue;
      const right = isHostNetwork(workload) ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
      report(
        policy,
        `'Default' is the resolver of the node, not the default of Kubernetes, and it knows no Services: the names of the cluster that this pod is configured with are not found. Say ${right}.`,
        {
          related: related(names, 'This is a name of the cluster.'),
          fixes: [set(`Use ${right}`, policy, right)],
        },
      );
    }
  },
});
