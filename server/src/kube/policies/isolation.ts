import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import type { Resource } from '../resource';
import type { Namespace } from '../view';
import { calicoInfluence, calicoPolicyKinds } from './calico';
import { ciliumInfluences, ciliumPolicyKinds } from './cilium';
import { refusalOf } from './cilium-refusal';
import { clusterPolicyInfluence, clusterPolicyKinds } from './cluster-network-policy';
import type { Effect, Home, Influence } from './influence';
import { usualOrder } from './influence';
import { allowsEverything, type Direction, isolatedDirections, rulesOf, selectsByDefault } from './network-policy';
import { isForeignPolicy, makesPolicies, policyMakerKinds } from './policy-maker';

/** Every kind of policy that says who may connect to whom. */
export const policyKinds = [
  'NetworkPolicy',
  ...calicoPolicyKinds,
  ...ciliumPolicyKinds,
  ...clusterPolicyKinds,
] as const;

/** Every kind that decides whether a namespace is isolated. */
export const isolationKinds = [
  'Namespace',
  ...policyKinds,
  'Tier.projectcalico.org',
  ...policyMakerKinds,
] as const satisfies readonly Kind[];

type IsolationKind = (typeof isolationKinds)[number];

export type Isolation =
  /** What no policy allows does not get through. */
  | { readonly state: 'isolated'; readonly by: Resource }
  /** Where a policy that allows everything makes it so, `openedBy` is that, and `denial` a default deny that it cancels. */
  | { readonly state: 'open'; readonly openedBy: Resource | undefined; readonly denial: Resource | undefined }
  | { readonly state: 'unclear' };

/** Whether a new pod of the namespace, of which nothing is known but that it is there, is isolated. */
export function isolationOf(namespace: Namespace<IsolationKind>, direction: Direction): Isolation {
  const { cluster } = namespace;
  const makers = cluster.of(...policyMakerKinds).filter(makesPolicies);
  const own = new Set<Resource>(namespace.of('Unlisted'));
  // A foreign policy of another namespace is that namespace's business.
  const isNear = (maker: Resource) => !isForeignPolicy(maker) || own.has(maker) || maker.namespace === undefined;
  if (makers.some(isNear)) return { state: 'unclear' };
  const influences = influencesOn(namespace, direction);
  if (influences.some(({ effect }) => effect === 'unclear')) return { state: 'unclear' };
  return decide(influences, cluster.of('Tier.projectcalico.org'));
}

function influencesOn(namespace: Namespace<IsolationKind>, direction: Direction): Influence[] {
  const { cluster } = namespace;
  const isDescribed = namespace.of('Namespace').length > 0;
  const home: Home = { name: namespace.name, labels: namespace.labels, isDescribed };
  const calico = [
    ...namespace.of('NetworkPolicy.projectcalico.org'),
    ...cluster.of('GlobalNetworkPolicy.projectcalico.org'),
  ];
  const cilium = [
    ...namespace.of('CiliumNetworkPolicy.cilium.io'),
    ...cluster.of('CiliumClusterwideNetworkPolicy.cilium.io'),
  ];
  return [
    ...namespace.of('NetworkPolicy').flatMap(policy => networkPolicyInfluence(policy, direction) ?? []),
    ...calico.flatMap(policy => calicoInfluence(policy, home, direction) ?? []),
    ...cilium.flatMap(policy => (refusalOf(policy) ? [] : ciliumInfluences(policy, home, direction))),
    ...cluster.of(...clusterPolicyKinds).flatMap(policy => clusterPolicyInfluence(policy, home, direction) ?? []),
  ];
}

function networkPolicyInfluence(policy: Resource, direction: Direction): Influence | undefined {
  const covers = selectsByDefault(policy.at('spec', 'podSelector'));
  if (covers === false) return undefined;
  const types = isolatedDirections(policy);
  if (types?.has(direction) === false) return undefined;
  const opens = rulesOf(policy, direction).some((rule: Node) => allowsEverything(rule, direction));
  const effect: Effect = covers === undefined || types === undefined ? 'unclear' : opens ? 'opens' : 'isolates';
  return { policy, effect, stage: 'default', tier: '', order: usualOrder };
}

/** Stages speak one after the other, as do Calico's tiers; within each the first word that ends the matter counts. */
function decide(influences: readonly Influence[], tiers: readonly Resource[]): Isolation {
  const of = (stage: Influence['stage']) => influences.filter(influence => influence.stage === stage);
  const named = [...new Set(of('tier').map(({ tier }) => tier))]
    .map(name => ({ name, manifest: tiers.find(tier => tier.name.string === name) }))
    .sort((a, b) => orderOf(a.manifest) - orderOf(b.manifest));
  // Which of two tiers speaks first is not known without their manifests.
  if (named.length > 1 && named.some(({ manifest }) => manifest === undefined)) return { state: 'unclear' };
  const inTiers = named.map(({ name, manifest }) => {
    const group = of('tier').filter(({ tier }) => tier === name);
    return verdictOf(manifest?.at('spec', 'defaultAction').string === 'Pass' ? group.filter(isFinal) : group);
  });
  const verdicts = [verdictOf(of('admin')), ...inTiers, verdictOf(of('default')), verdictOf(of('baseline'))];
  return verdicts.find(verdict => verdict !== undefined) ?? { state: 'open', openedBy: undefined, denial: undefined };
}

const isFinal = ({ effect }: Influence) => effect !== 'isolates';
const orderOf = (tier: Resource | undefined) => tier?.at('spec', 'order').number ?? Number.POSITIVE_INFINITY;

function verdictOf(group: readonly Influence[]): Isolation | undefined {
  const ordered = group.toSorted((a, b) => a.order - b.order || 0);
  const final = ordered.find(isFinal);
  const denial = ordered.find(({ effect }) => effect === 'isolates' || effect === 'denies');
  if (final?.effect === 'denies') return { state: 'isolated', by: final.policy };
  if (final?.effect === 'opens') return { state: 'open', openedBy: final.policy, denial: denial?.policy };
  return final === undefined && denial ? { state: 'isolated', by: denial.policy } : undefined;
}
