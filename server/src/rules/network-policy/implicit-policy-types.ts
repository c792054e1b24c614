import { typeOf } from '../../kube/policies/network-policy';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'network-policy/implicit-policy-types',
  title: 'Policies with egress rules declare policyTypes',
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
        {
          what: `The empty egress list of '${nameOf(policy)}' denies nothing`,
          why: 'Without policyTypes a policy isolates egress only if it has an egress rule. This one isolates its pods for ingress alone.',
          how: 'List in policyTypes the directions that are meant.',
        },
        {
          fixes: [
            set('Isolate egress too: [Ingress, Egress] (cuts other calls)', types, both),
            set('Write what it means now: policyTypes: [Ingress]', types, [typeOf('ingress')], { safe: true }),
          ],
        },
      );
    } else if (!ingress.exists) {
      report(
        egress,
        {
          what: `'${nameOf(policy)}' blocks all ingress to its pods too`,
          why: 'Without policyTypes every policy isolates ingress, and this one has no ingress rule: nothing can connect to its pods unless another policy allows it.',
          how: 'List in policyTypes the directions that are meant.',
        },
        {
          fixes: [
            set('Isolate egress alone: [Egress] (opens ingress again)', types, [typeOf('egress')]),
            set('Write what it means now: policyTypes: [Ingress, Egress]', types, both, { safe: true }),
          ],
        },
      );
    }
  },
});
