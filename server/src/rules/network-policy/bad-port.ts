import { isPlaceholder } from '../../kube/placeholder';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { isPort, networkPolicyOf } from '../../network/policies/read-network-policy';

export default defineRule({
  id: 'network-policy/bad-port',
  title: 'A port is a number from 1 to 65535, or the name of a container port',
  severity: 'error',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: ['https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go'],

  check(policy, report) {
    for (const { kind, node } of networkPolicyOf(policy).problems) {
      if (node.key !== 'port' || isPlaceholder(node.text ?? '')) continue;
      if (kind === 'port-out-of-range') {
        report(
          node,
          `${node.source} is no port number: they go from 1 to 65535, and the API server rejects the policy.`,
        );
      } else if (kind === 'port-name-invalid') {
        const isQuoted = isPort(Number(node.string)) && /^\d+$/.test(node.string ?? '');
        report(
          node,
          isQuoted
            ? `${node.source} is a name, because it stands in quotes, and a port name holds at least one letter: the API server rejects the policy. Write the number.`
            : `'${node.string}' can't be the name of a port: at most 15 lower-case letters, digits and hyphens, with at least one letter. The API server rejects the policy.`,
          {
            fixes: isQuoted
              ? [set(`Write the number ${Number(node.string)}`, node, Number(node.string), { safe: true })]
              : [],
          },
        );
      }
    }
  },
});
