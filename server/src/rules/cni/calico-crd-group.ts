import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'cni/calico-crd-group',
  title: 'Calico policies are written for its API, not for the store behind it',
  severity: 'info',
  per: 'resource',
  kinds: ['NetworkPolicy.projectcalico.org', 'GlobalNetworkPolicy.projectcalico.org'],
  references: ['https://docs.tigera.io/calico/latest/operations/install-apiserver'],

  check(policy, report) {
    if (!policy.apiVersion.startsWith('crd.projectcalico.org/')) return;
    if (policy.annotation('projectcalico.org/metadata').exists) return;
    const apiVersion = policy.at('apiVersion');
    report(
      apiVersion.exists ? apiVersion : policy.at('kind'),
      `crd.projectcalico.org is where Calico keeps what its API has checked and completed: a policy that is written there by hand skips both. Write it for projectcalico.org/v3, which calicoctl and Calico's API server take.`,
      {
        fixes: apiVersion.exists
          ? [
              set(
                "Use projectcalico.org/v3 (needs Calico's API server, or calicoctl)",
                apiVersion,
                'projectcalico.org/v3',
              ),
            ]
          : [],
      },
    );
  },
});
