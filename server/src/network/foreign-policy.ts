import { type Requirement, Selector, selectorOf } from '../kube/labels';
import type { Resource } from '../kube/resource';
import type { Node } from '../yaml/node';
import { calicoSelectorOf } from './calico-selector';
import type { Direction, PodChoice } from './policy';

export const foreignPolicyKinds = [
  'NetworkPolicy.projectcalico.org',
  'GlobalNetworkPolicy.projectcalico.org',
  'CiliumNetworkPolicy.cilium.io',
  'CiliumClusterwideNetworkPolicy.cilium.io',
] as const;

/** A policy of another API: which pods it may touch is known, what it lets through is not. */
export interface ForeignPolicy {
  readonly resource: Resource;
  readonly directions: ReadonlySet<Direction>;
  /** At least the pods that it selects. */
  readonly subject: PodChoice;
}

const known = new WeakMap<Resource, readonly ForeignPolicy[]>();

/** What a Calico or Cilium policy may change. Staged policies are other kinds, and change nothing. */
export function foreignPoliciesOf(resource: Resource): readonly ForeignPolicy[] {
  let policies = known.get(resource);
  if (policies === undefined) {
    policies = resource.is('NetworkPolicy.projectcalico.org', 'GlobalNetworkPolicy.projectcalico.org')
      ? calicoPoliciesOf(resource)
      : [resource.at('spec'), ...resource.at('specs').items()].flatMap(spec => ciliumPoliciesOf(resource, spec));
    known.set(resource, policies);
  }
  return policies;
}

/** Calico's default of `types` differs from Kubernetes': with only egress rules it is egress alone. */
function calicoPoliciesOf(resource: Resource): readonly ForeignPolicy[] {
  const spec = resource.at('spec');
  const written = spec.at('types').items();
  const directions = new Set<Direction>();
  for (const type of written) {
    if (type.string === 'Ingress') directions.add('ingress');
    if (type.string === 'Egress') directions.add('egress');
  }
  if (written.length === 0) {
    if (spec.at('egress').items().length > 0) directions.add('egress');
    if (spec.at('ingress').items().length > 0 || directions.size === 0) directions.add('ingress');
  }
  const scope = spec.at('namespaceSelector').string ?? '';
  // `global()` is for host endpoints: no pod is in it.
  if (scope.trim() === 'global()') return [];
  const { namespaces, pods } = split(calicoSelectorOf(spec.at('selector').string ?? '', spec));
  const inNamespaces = split(calicoSelectorOf(scope, spec)).all;
  const isGlobal = resource.kind === 'GlobalNetworkPolicy.projectcalico.org';
  const own = isGlobal ? new Selector([...namespaces, ...inNamespaces], true) : 'own';
  return [{ resource, directions, subject: { namespaces: own, pods: new Selector(pods, true), node: spec } }];
}

/** A Cilium rule isolates a direction in which it has at least one entry. */
function ciliumPoliciesOf(resource: Resource, spec: Node): readonly ForeignPolicy[] {
  const directions = new Set<Direction>();
  for (const direction of ['ingress', 'egress'] as const) {
    const entries = [...spec.at(direction).items(), ...spec.at(`${direction}Deny`).items()];
    if (entries.length > 0) directions.add(direction);
  }
  // A rule with a nodeSelector is for the host.
  if (directions.size === 0 || !spec.at('nodeSelector').isEmpty) return [];
  const selector = selectorOf(spec.at('endpointSelector'));
  const { namespaces, pods } = split(selector.isSound ? selector.requirements.map(plainKey) : []);
  const isGlobal = resource.kind === 'CiliumClusterwideNetworkPolicy.cilium.io';
  const own = isGlobal ? new Selector(namespaces, true) : 'own';
  return [{ resource, directions, subject: { namespaces: own, pods: new Selector(pods, true), node: spec } }];
}

/** Cilium writes the source of a label before its key: `k8s:app`, `any:app`. */
function plainKey(requirement: Requirement): Requirement {
  return { ...requirement, key: requirement.key.replace(/^(?:k8s|any)[:.]/, '') };
}

const namespaceNameKeys = ['io.kubernetes.pod.namespace', 'projectcalico.org/namespace', 'projectcalico.org/name'];
const namespaceLabelPrefix = /^(?:io\.cilium\.k8s\.namespace\.labels\.|pcns\.)/;
const unknowable = /^(?:reserved|cidr|fqdn)[:.]|^io\.cilium\.|^pcsa\./;

interface Split {
  readonly namespaces: readonly Requirement[];
  readonly pods: readonly Requirement[];
  readonly all: readonly Requirement[];
}

/** Tells requirements on the namespace from those on the pod. What no manifest can answer is dropped: it may hold. */
function split(requirements: readonly Requirement[]): Split {
  const namespaces: Requirement[] = [];
  const pods: Requirement[] = [];
  for (const requirement of requirements) {
    const { key } = requirement;
    if (namespaceNameKeys.includes(key)) namespaces.push({ ...requirement, key: 'kubernetes.io/metadata.name' });
    else if (namespaceLabelPrefix.test(key)) {
      namespaces.push({ ...requirement, key: key.replace(namespaceLabelPrefix, '') });
    } else if (!unknowable.test(key)) pods.push(requirement);
  }
  return { namespaces, pods, all: [...namespaces, ...pods] };
}
