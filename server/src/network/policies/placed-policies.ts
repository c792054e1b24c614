import type { Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import type { NetworkKind } from '../network-kinds';
import { adminPolicyKinds, adminPolicyOf } from './admin-policy';
import { type ForeignPolicy, foreignPoliciesOf } from './foreign-policy';
import { isSound, type Policy } from './policy';
import { networkPolicyOf } from './read-network-policy';

/** A policy in its namespace. */
export interface PlacedPolicy {
  readonly policy: Policy;
  /** '' for one without namespace. */
  readonly namespace: string;
  /** Not sure to be in force: the API server refuses it, or there is another one of its name. */
  readonly isDoubtful: boolean;
  /** Of several with one name, the last is what applying the files in order leaves. */
  readonly isStated: boolean;
}

export interface PlacedForeignPolicy {
  readonly policy: ForeignPolicy;
  readonly namespace: string;
}

/** Every policy this model understands, by tier and priority: the order in which they speak. */
export function policiesOf(view: Cluster<NetworkKind>): readonly PlacedPolicy[] {
  const placed: PlacedPolicy[] = [];
  for (const namespace of view.namespaces) {
    const resources = distinct(namespace.of('NetworkPolicy'));
    placed.push(...place(resources, networkPolicyOf, namespace.name || 'default'));
  }
  const admin = place(distinct(view.of(...adminPolicyKinds)), adminPolicyOf, '');
  return [...placed, ...[...admin].sort(byPrecedence)];
}

export function foreignPoliciesIn(view: Cluster<NetworkKind>): readonly PlacedForeignPolicy[] {
  const placed: PlacedForeignPolicy[] = [];
  const add = (resources: readonly Resource[], namespace: string) => {
    for (const resource of resources) {
      for (const policy of foreignPoliciesOf(resource)) placed.push({ policy, namespace });
    }
  };
  for (const namespace of view.namespaces) {
    add(namespace.of('NetworkPolicy.projectcalico.org', 'CiliumNetworkPolicy.cilium.io'), namespace.name || 'default');
  }
  add(view.of('GlobalNetworkPolicy.projectcalico.org', 'CiliumClusterwideNetworkPolicy.cilium.io'), '');
  return placed;
}

/** Among policies of one priority the API promises no order: by name, so that the answer is at least always the same. */
function byPrecedence(a: PlacedPolicy, b: PlacedPolicy): number {
  if (a.policy.priority !== b.policy.priority) return a.policy.priority < b.policy.priority ? -1 : 1;
  const [left, right] = [a.policy.resource.name.text ?? '', b.policy.resource.name.text ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

function place(
  resources: readonly Resource[],
  policyOf: (resource: Resource) => Policy,
  namespace: string,
): readonly PlacedPolicy[] {
  const last = new Map<string, Resource>();
  const names = new Set<string>();
  const repeated = new Set<string>();
  for (const resource of resources) {
    const identity = identityOf(resource);
    if (identity === undefined) continue;
    if (names.has(identity)) repeated.add(identity);
    names.add(identity);
    last.set(identity, resource);
  }
  return resources.map(resource => {
    const policy = policyOf(resource);
    const identity = identityOf(resource);
    const isAlone = identity === undefined || !repeated.has(identity);
    const isStated = identity === undefined || last.get(identity) === resource;
    return { policy, namespace, isDoubtful: !isAlone || !isSound(policy), isStated };
  });
}

/** Without a second copy of the very same text. */
function distinct(resources: readonly Resource[]): readonly Resource[] {
  const seen = new Map<string, Set<number>>();
  return resources.filter(({ document, index }) => {
    const indices = seen.get(document.text) ?? new Set();
    seen.set(document.text, indices);
    return !indices.has(index) && indices.add(index);
  });
}

function identityOf(resource: Resource): string | undefined {
  const name = resource.name.text;
  return name === undefined ? undefined : `${resource.kind}/${name}`;
}
