import { isPlaceholder } from '../../kube/placeholder';
import { fix, remove, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { PolicyProblem } from '../../network/policies/policy';
import { networkPolicyOf } from '../../network/policies/read-network-policy';

export default defineRule({
  id: 'network-policy/bad-end-port',
  title: 'endPort ends a range that a port number begins',
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

function findingOf({ kind, node }: PolicyProblem): { message: string; fixes: readonly Fix[] } | undefined {
  const port = node.parent?.at('port');
  if (node.key !== 'endPort' || port === undefined) return undefined;
  const [first, last] = [port.text ?? '', node.text ?? ''];
  switch (kind) {
    case 'end-port-without-number':
      return {
        message:
          first === ''
            ? `endPort ${last} has no port that the range begins with, so the API server rejects the policy. Write port beside it, or leave endPort out.`
            : `endPort ${last} stands beside the port name '${first}', and a range takes numbers: the API server rejects the policy. Write the number, or leave endPort out.`,
        fixes: first === '' ? [] : [remove(`Leave endPort out: allow the port '${first}' alone`, node)],
      };
    case 'end-port-below-port':
      return {
        message: `endPort ${last} is lower than port ${first}, so the range is empty and the API server rejects the policy. Write the lower number first.`,
        fixes: [
          fix(`Swap them: ports ${last} to ${first}`, edits => edits.set(port, Number(last)).set(node, Number(first)), {
            safe: true,
          }),
        ],
      };
    case 'port-out-of-range':
      return {
        message: `endPort ${last} is no port number: they go from 1 to 65535, and the API server rejects the policy.`,
        fixes: Number(last) > 65535 ? [set('Write 65535, the highest port', node, 65535)] : [],
      };
    default:
      return undefined;
  }
}
