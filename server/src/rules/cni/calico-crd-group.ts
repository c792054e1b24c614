import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'cni/calico-crd-group',
  title: 'Calico policies use projectcalico.org/v3, not crd.projectcalico.org',
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
      {
        what: `'${policy.apiVersion}' is the storage of Calico, not its API`,
        why: "A policy that is written there by hand skips the validation and the defaults of Calico's API.",
        how: "Use 'projectcalico.org/v3', which calicoctl and Calico's API server take.",
      },
      {
        fixes: apiVersion.exists
          ? [set('Use projectcalico.org/v3 (needs API server or calicoctl)', apiVersion, 'projectcalico.org/v3')]
          : [],
      },
    );
  },
});
