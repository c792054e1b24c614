import { selectorOf } from '../../kube/labels';
import { isHostNetwork, podLabelsOf } from '../../kube/pods/workload';
import { peerOf } from '../../kube/policies/allow-policy';
import { isolatedDirections, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { meansToDenyAll } from '../../kube/policies/policy-intent';
import { nameOf, type Resource } from '../../kube/resource';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { type Call, callKinds, callsOf } from '../../network/calls/calls';
import { ownLabelsOf } from '../../network/references/near-misses';
import { counted } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'network-policy/allows-whole-cluster',
  title: 'NetworkPolicies allow only the namespaces that need access',
  severity: 'info',
  per: 'namespace',
  kinds: ['NetworkPolicy', ...callKinds],
  subjects: ['NetworkPolicy'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  ],

  check(namespace, report) {
    const policies = namespace.judged('NetworkPolicy').filter(policy => wholeClusterPeersOf(policy).length > 0);
    if (policies.length === 0) return;
    const calls = callsOf(namespace.cluster).filter(
      ({ caller, calleeNamespace }) => calleeNamespace.name === namespace.name && !isHostNetwork(caller),
    );
    for (const policy of policies) {
      for (const peer of wholeClusterPeersOf(policy)) {
        report(
          peer.at('namespaceSelector'),
          {
            what: `'${nameOf(policy)}' allows every pod of the cluster on every port`,
            why: 'An empty namespaceSelector matches all pods of all namespaces, and nobody else: load balancers and machines outside the cluster are still blocked.',
            how: 'Name the namespaces and ports that need access.',
          },
          { fixes: onlyCallers(namespace.name, policy, peer, calls) },
        );
      }
    }
  },
});

/** The peers that are every pod there is, in rules for every port. */
function wholeClusterPeersOf(policy: Resource): readonly Node[] {
  if (isolatedDirections(policy)?.has('ingress') !== true) return [];
  return rulesOf(policy, 'ingress')
    .filter(rule => rule.at('ports').isEmpty && !meansToDenyAll(policy, rule, 'ingress'))
    .flatMap(rule => peersOf(rule, 'ingress').items())
    .filter(peer => peer.at('namespaceSelector').isMapping && selectorOf(peer.at('namespaceSelector')).isEmpty)
    .filter(peer => selectorOf(peer.at('podSelector')).isEmpty);
}

/** The pods that are known to call those of the policy, in the place of everybody; nothing where none is known. */
function onlyCallers(own: string, policy: Resource, peer: Node, all: readonly Call[]): readonly Fix[] {
  const selector = selectorOf(policy.at('spec', 'podSelector'));
  const calls = all.filter(({ workloads }) => workloads.some(each => selector.matches(podLabelsOf(each))));
  // Where a caller is put is written as a name, which has to be known.
  if (calls.some(({ callerNamespace: home }) => home.isAssumed && home.name !== own)) return [];
  const peers = calls.map(({ caller, callerNamespace: home }) =>
    peerOf(ownLabelsOf(caller), home.name === own ? undefined : home.name),
  );
  const [first, ...more] = new Map(peers.map(each => [JSON.stringify(each), each])).values();
  const list = peer.parent;
  if (first === undefined || list === undefined) return [];
  const callers = new Set(calls.map(({ caller }) => caller)).size;
  return [
    fix(`Let in only ${counted(callers, 'known caller')} (cuts other calls)`, edits => {
      edits.set(peer, first);
      for (const [i, another] of more.entries()) edits.set(list.at(list.items().length + i), another);
    }),
  ];
}
