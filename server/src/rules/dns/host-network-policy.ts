import { makesTheNetwork } from '../../kube/dns/resolver';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { callKinds } from '../../network/calls/calls';
import { clusterNamesOf, related } from './shared/names';

export default defineRule({
  id: 'dns/host-network-policy',
  title: 'A pod in the network of its node says whose DNS it means',
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
      const what = policy.exists
        ? "'ClusterFirst' means the resolver of the node for this pod"
        : 'Without a dnsPolicy this pod uses the resolver of its node';
      const consequence =
        names.length > 0
          ? 'the names of Services that it is configured with are not found.'
          : 'names of Services are not found.';
      report(
        policy.exists ? policy : spec.at('hostNetwork'),
        `${what}, as it runs in the node's network: ${consequence} Say ClusterFirstWithHostNet, or Default if the node's resolver is meant.`,
        {
          ...(names.length === 0 && { severity: 'info' }),
          related: related(names, 'This is a name of the cluster.'),
          fixes: [
            set('Use ClusterFirstWithHostNet', policy, 'ClusterFirstWithHostNet'),
            ...(names.length === 0 ? [set(asItIs, policy, 'Default', { safe: true })] : []),
          ],
        },
      );
    }
  },
});

const asItIs = "Say Default, which is the node's resolver as now";
