import { directions, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { nameOf } from '../../kube/resource';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'network-policy/and-or-confusion',
  title: 'A namespaceSelector and podSelector that belong together are one peer',
  severity: 'info',
  per: 'resource',
  kinds: ['NetworkPolicy'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  ],

  check(policy, report) {
    for (const direction of directions) {
      for (const rule of rulesOf(policy, direction)) {
        const peers = peersOf(rule, direction).items();
        for (const [i, peer] of peers.entries()) {
          const next = peers[i + 1];
          if (next === undefined || !hasOnly(peer, 'namespaceSelector') || !hasOnly(next, 'podSelector')) continue;
          const pods = next.at('podSelector');
          if (pods.isEmpty) continue;
          const verb = direction === 'ingress' ? 'allows' : 'allows traffic to';
          report(
            pods,
            {
              what: `'${nameOf(policy)}' lists namespaceSelector and podSelector as two peers`,
              why: `The rule ${verb} every pod of the selected namespaces, and also these pods of the policy's own namespace.`,
              how: 'If only these pods of those namespaces are meant, write both selectors in one list item.',
            },
            {
              related: [{ at: peer.at('namespaceSelector'), message: 'Every pod of these namespaces is a peer' }],
              fixes: [
                fix('Make one peer of the two: these pods of those namespaces', edits =>
                  edits.set(peer.at('podSelector'), pods.value).remove(next),
                ),
              ],
            },
          );
        }
      }
    }
  },
});

function hasOnly(peer: Node, field: string): boolean {
  const written = peer.entries();
  return written.length === 1 && written[0]?.key === field && written[0].isMapping;
}
