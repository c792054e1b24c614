import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'network-policy/superseded-admin-policy',
  title: 'Cluster-wide policies are ClusterNetworkPolicies',
  severity: 'info',
  per: 'resource',
  kinds: ['AdminNetworkPolicy.policy.networking.k8s.io', 'BaselineAdminNetworkPolicy.policy.networking.k8s.io'],
  references: ['https://github.com/kubernetes-sigs/network-policy-api/blob/main/CHANGELOG.md'],

  check(policy, report) {
    const isBaseline = policy.kind === 'BaselineAdminNetworkPolicy.policy.networking.k8s.io';
    report(
      policy.at('kind'),
      `${policy.kindName} was replaced by ClusterNetworkPolicy (policy.networking.k8s.io/v1alpha2), and network-policy-api v0.2.0 no longer has it. Once your network plugin implements the new kind, write '${nameOf(policy)}' as one with tier ${isBaseline ? 'Baseline' : 'Admin'}.`,
    );
  },
});
