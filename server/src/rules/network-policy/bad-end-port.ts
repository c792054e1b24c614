import { isPlaceholder } from '../../kube/placeholder';
import { fix, remove, set } from '../../lint/fixes';
import { defineRule, type Fix, type Message } from '../../lint/rule';
import type { PolicyProblem } from '../../network/policies/policy';
import { networkPolicyOf } from '../../network/policies/read-network-policy';

export default defineRule({
  id: 'network-policy/bad-end-port',
  title: 'endPort follows a numeric port and is not lower than it',
  severity: 'error',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports'],

  check(policy, report) {
    for (const problem of networkPolicyOf(policy).problems) {
      if (isPlaceholder(problem.node.text ?? '')) continue;
      const found = findingOf(problem);
      if (found) report(problem.node, found.message, { fixes: found.fixes });
    }
  },
});

function findingOf({ kind, node }: PolicyProblem): { message: Message; fixes: readonly Fix[] } | undefined {
  const port = node.parent?.at('port');
  if (node.key !== 'endPort' || port === undefined) return undefined;
  const [first, last] = [port.text ?? '', node.text ?? ''];
  switch (kind) {
    case 'end-port-without-number':
      return {
        message:
          first === ''
            ? {
                what: `'endPort: ${last}' has no port to start from`,
                why: 'The API server rejects the policy.',
                how: 'Add port, the first number of the range, or remove endPort.',
              }
            : {
                what: `'endPort: ${last}' stands beside the port name '${first}'`,
                why: 'A range starts with a number. The API server rejects the policy.',
                how: 'Replace the name by its number, or remove endPort.',
              },
        fixes: first === '' ? [] : [remove(`Remove endPort: allow port '${first}' alone`, node)],
      };
    case 'end-port-below-port':
      return {
        message: {
          what: `'endPort: ${last}' is lower than 'port: ${first}'`,
          why: 'The range is empty, so the API server rejects the policy.',
          how: 'Write the lower number as port, the higher one as endPort.',
        },
        fixes: [
          fix(`Swap them: ports ${last} to ${first}`, edits => edits.set(port, Number(last)).set(node, Number(first)), {
            safe: true,
          }),
        ],
      };
    case 'port-out-of-range':
      return {
        message: {
          what: `'endPort: ${last}' is out of range`,
          why: 'Port numbers range from 1 to 65535. The API server rejects the policy.',
          how: 'Use a number up to 65535.',
        },
        fixes: Number(last) > 65535 ? [set('Write 65535, the highest port', node, 65535)] : [],
      };
    default:
      return undefined;
  }
}
