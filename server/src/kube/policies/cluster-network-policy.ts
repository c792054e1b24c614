import type { Node } from '../../yaml/node';
import { selectorOf } from '../labels';
import type { Resource } from '../resource';
import { type Truth, truthOf } from '../truth';
import { type Effect, type Home, type Influence, namespaceFacts } from './influence';
import { type Direction, selectsByDefault } from './network-policy';

export const clusterPolicyKinds = [
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
] as const;

/**
 * What a ClusterNetworkPolicy (v1alpha2), or one of the two kinds that it replaced, does to all pods of a namespace.
 * It isolates nothing by being there: only a rule with an action counts, and the first that fits decides
 * (kubernetes-sigs/network-policy-api, apis/v1alpha2/clusternetworkpolicy_types.go).
 */
export function clusterPolicyInfluence(policy: Resource, home: Home, direction: Direction): Influence | undefined {
  const stage = stageOf(policy);
  if (stage === undefined) return undefined;
  const subject = coversPods(policy.at('spec', 'subject'), home);
  if (subject === false) return undefined;
  const effect = effectOf(policy.at('spec', direction).items(), direction);
  if (effect === undefined) return undefined;
  const order = policy.at('spec', 'priority').number ?? 0;
  return { policy, effect: subject === undefined ? 'unclear' : effect, stage, tier: '', order };
}

function stageOf(policy: Resource): 'admin' | 'baseline' | undefined {
  if (policy.kind === 'AdminNetworkPolicy.policy.networking.k8s.io') return 'admin';
  if (policy.kind === 'BaselineAdminNetworkPolicy.policy.networking.k8s.io') return 'baseline';
  const tier = policy.at('spec', 'tier').string;
  return tier === 'Admin' ? 'admin' : tier === 'Baseline' ? 'baseline' : undefined;
}

/** Whether a subject takes in the pods of a namespace, those of which nothing is known included. */
function coversPods(subject: Node, home: Home): Truth {
  const namespaces = subject.at('namespaces');
  if (namespaces.isMapping) return truthOf(selectorOf(namespaces), namespaceFacts(home));
  const pods = subject.at('pods');
  if (!pods.isMapping) return undefined;
  const isCovered = selectsByDefault(pods.at('podSelector'));
  if (isCovered !== true) return isCovered;
  return truthOf(selectorOf(pods.at('namespaceSelector')), namespaceFacts(home));
}

/** The first rule that is for every pod as the other end, on every port. */
function effectOf(rules: readonly Node[], direction: Direction): Effect | undefined {
  for (const rule of rules) {
    if (!rule.at('ports').isEmpty || !rule.at('protocols').isEmpty) continue;
    const peers = rule.at(direction === 'ingress' ? 'from' : 'to').items();
    const action = rule.at('action').string;
    if (peers.some(isEveryPod)) return effects.get(action ?? '') ?? 'unclear';
    // Whether all addresses are all pods is up to the implementation.
    if (action === 'Deny' && peers.some(isEveryAddress)) return 'unclear';
  }
  return undefined;
}

/**
 * @source kubernetes-sigs/network-policy-api:apis/v1alpha2/clusternetworkpolicy_types.go (0.2.0)
 * @source kubernetes-sigs/network-policy-api:apis/v1alpha1/adminnetworkpolicy_types.go (read 2026-11-29 at 0b04ed7)
 */
const effects: ReadonlyMap<string, Effect> = new Map([
  ['Deny', 'denies'],
  ['Accept', 'opens'],
  ['Allow', 'opens'],
  ['Pass', 'passes'],
]);

function isEveryPod(peer: Node): boolean {
  const namespaces = peer.at('namespaces');
  if (namespaces.isMapping) return selectorOf(namespaces).isEmpty;
  const pods = peer.at('pods');
  return (
    pods.isMapping && selectorOf(pods.at('namespaceSelector')).isEmpty && selectorOf(pods.at('podSelector')).isEmpty
  );
}

function isEveryAddress(peer: Node): boolean {
  return peer
    .at('networks')
    .items()
    .some(network => network.string === '0.0.0.0/0' || network.string === '::/0');
}
