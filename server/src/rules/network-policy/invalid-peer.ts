import { nameOf } from '../../kube/resource';
import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { networkPolicyOf } from '../../network/policies/read-network-policy';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'network-policy/invalid-peer',
  title: 'A policy peer has either selectors or an ipBlock',
  severity: 'error',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: ['https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go'],

  check(policy, report) {
    for (const { kind, node } of networkPolicyOf(policy).problems) {
      if (kind === 'peer-empty') {
        const own: Node | undefined = node.parent?.items().length === 1 ? node.parent : undefined;
        const isWritten = node.entries().length > 0;
        report(
          node,
          {
            what: `A peer of '${nameOf(policy)}' has no selector and no ipBlock`,
            why: rejected,
            how: "Write 'podSelector: {}' for every pod of the namespace, or remove the list to allow everybody.",
          },
          {
            fixes: isWritten
              ? []
              : [
                  set('Select every pod of the namespace: podSelector: {}', node, { podSelector: {} }),
                  ...(own ? [remove(`Allow everybody: remove ${own.key}`, own)] : []),
                ],
          },
        );
      } else if (kind === 'peer-mixed') {
        report(node.at('ipBlock'), {
          what: `A peer of '${nameOf(policy)}' has both an ipBlock and a selector`,
          why: rejected,
          how: 'Write two peers, each of which is then allowed.',
        });
      }
    }
  },
});

const rejected = 'The API server rejects the policy.';
