import { typeOf } from '../../kube/policies/network-policy';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'network-policy/implicit-policy-types',
  title: 'A policy with egress rules says which directions it isolates',
  severity: 'warning',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: ['https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/v1/defaults.go'],

  check(policy, report) {
    const types = policy.at('spec', 'policyTypes');
    const egress = policy.at('spec', 'egress');
    const ingress = policy.at('spec', 'ingress');
    if (!types.isEmpty || !egress.isSequence) return;
    const both = [typeOf('ingress'), typeOf('egress')];
    if (egress.isEmpty) {
      report(
        egress,
        `Without policyTypes an empty egress list adds nothing: '${nameOf(policy)}' isolates its pods for ingress alone, and denies no egress. Write policyTypes.`,
        {
          fixes: [
            set('Isolate egress too: policyTypes: [Ingress, Egress] (cuts calls that no policy allows)', types, both),
            set('Write out how it is read: policyTypes: [Ingress]', types, [typeOf('ingress')], { safe: true }),
          ],
        },
      );
    } else if (!ingress.exists) {
      report(
        egress,
        `Without policyTypes this policy isolates ingress as well, and allows none: nothing can connect to the pods of '${nameOf(policy)}' unless another policy lets it in. Write policyTypes.`,
        {
          fixes: [
            set('Isolate egress alone: policyTypes: [Egress] (opens ingress again)', types, [typeOf('egress')]),
            set('Write out how it is read: policyTypes: [Ingress, Egress]', types, both, { safe: true }),
          ],
        },
      );
    }
  },
});
