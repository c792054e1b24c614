import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';
import { clusterPolicyFix } from './shared/cluster-policy-fix';

export default defineRule({
  id: 'network-policy/superseded-admin-policy',
  title: 'Cluster-wide policies use the kind ClusterNetworkPolicy',
  severity: 'info',
  per: 'resource',
  kinds: ['AdminNetworkPolicy.policy.networking.k8s.io', 'BaselineAdminNetworkPolicy.policy.networking.k8s.io'],
  references: ['https://github.com/kubernetes-sigs/network-policy-api/blob/main/CHANGELOG.md'],

  check(policy, report) {
    const isBaseline = policy.kind === 'BaselineAdminNetworkPolicy.policy.networking.k8s.io';
    report(
      policy.at('kind'),
      {
        what: `${policy.kindName} is replaced by ClusterNetworkPolicy`,
        why: 'Version 0.2.0 of network-policy-api removed the old kind; the new one is in policy.networking.k8s.io/v1alpha2.',
        how: `Once the network plugin implements it, write '${nameOf(policy)}' as a ClusterNetworkPolicy of tier ${isBaseline ? 'Baseline' : 'Admin'}.`,
      },
      { fixes: () => clusterPolicyFix(policy) },
    );
  },
});
