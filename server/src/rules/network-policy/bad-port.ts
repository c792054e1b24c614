import { isPlaceholder } from '../../kube/placeholder';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { isPort, networkPolicyOf } from '../../network/policies/read-network-policy';

export default defineRule({
  id: 'network-policy/bad-port',
  title: 'Policy ports are numbers from 1 to 65535 or valid port names',
  severity: 'error',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: ['https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go'],

  check(policy, report) {
    for (const { kind, node } of networkPolicyOf(policy).problems) {
      if (node.key !== 'port' || isPlaceholder(node.text ?? '')) continue;
      if (kind === 'port-out-of-range') {
        report(node, {
          what: `Port ${node.source} is out of range`,
          why: `Port numbers range from 1 to 65535. ${rejected}`,
          how: 'Use a number from 1 to 65535.',
        });
      } else if (kind === 'port-name-invalid') {
        const isQuoted = isPort(Number(node.string)) && /^\d+$/.test(node.string ?? '');
        report(
          node,
          isQuoted
            ? {
                what: `Port ${node.source} is in quotes, so it is not a number`,
                why: `It is read as a port name, and a name needs at least one letter. ${rejected}`,
                how: 'Remove the quotes.',
              }
            : {
                what: `'${node.string}' is not a valid port name`,
                why: `A name has at most 15 lowercase letters, digits and hyphens, with at least one letter. ${rejected}`,
                how: 'Use the name that the containers declare for the port, or its number.',
              },
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

const rejected = 'The API server rejects the policy.';
