import { remove, set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { networkPolicyOf } from '../../network/policies/read-network-policy';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'network-policy/invalid-peer',
  title: 'A peer is chosen by selectors or by addresses',
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
          `This peer says nothing about whom it means, and the API server rejects the policy. For every pod of the namespace write podSelector: {}; to allow everybody leave the list out.`,
          {
            fixes: isWritten
              ? []
              : [
                  set('Mean every pod of the namespace: podSelector: {}', node, { podSelector: {} }),
                  ...(own ? [remove(`Mean everybody: leave ${own.key} out`, own)] : []),
                ],
          },
        );
      } else if (kind === 'peer-mixed') {
        report(
          node.at('ipBlock'),
          'An ipBlock can not stand beside a selector in one peer: the API server rejects the policy. Make two peers of them, each of which is allowed.',
        );
      }
    }
  },
});
