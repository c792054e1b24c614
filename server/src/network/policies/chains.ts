import type { Cluster } from '../../kube/view';
import type { NetworkKind } from '../network-kinds';
import type { AddressSet } from '../sets/addresses';
import type { Bits } from '../sets/bits';
import type { Chain, Facet, Step, Verse } from './evaluate';
import { addressFacetsOf, podFacetsOf, type Standing } from './facets';
import type { Subject } from './foreign-policy';
import { factsOf, namespaceLabelsIn, podLabelsIn } from './labelled';
import { foreignPoliciesIn, type PlacedForeignPolicy, type PlacedPolicy, policiesOf } from './placed-policies';
import { networkNameOf, type Pod } from './pods';
import { type Direction, directions, type Rule, type Tier } from './policy';
import { type ClassId, type Selection, Universe } from './universe';

/** A policy that selects a pod, for one direction. */
export interface Applied {
  readonly placed: PlacedPolicy;
  readonly rules: readonly Rule[];
  /** Whether it isn't sure that the policy is in force and means this pod. */
  readonly isDoubtful: boolean;
  readonly isStated: boolean;
}

export interface RuleVerse<S> extends Verse<S> {
  readonly rule: Rule;
}

export interface PolicyStep<S> extends Step<S> {
  readonly placed: PlacedPolicy;
  readonly verses: readonly RuleVerse<S>[];
}

export interface PolicyChain<S> extends Chain<S> {
  readonly admin: readonly PolicyStep<S>[];
  readonly namespace: readonly PolicyStep<S>[];
  readonly baseline: readonly PolicyStep<S>[];
}

/** Which policies apply to which pods, in the order in which they speak. */
export class Chains {
  readonly policies: readonly PlacedPolicy[];
  readonly foreign: readonly PlacedForeignPolicy[];
  readonly universe: Universe;
  readonly #applied: Readonly<Record<Direction, readonly Applied[][]>>;
  readonly #foreign = new Map<ClassId, readonly PlacedForeignPolicy[]>();
  readonly #networks = new Map<ClassId, string>();
  readonly #facets = new Map<Rule, readonly Facet<Bits>[]>();
  readonly #keys: Readonly<Record<Direction, readonly string[]>>;

  constructor(view: Cluster<NetworkKind>, pods: Iterable<Pod>) {
    this.policies = policiesOf(view);
    this.foreign = foreignPoliciesIn(view);
    const all = [...pods];
    const touching = new Map(all.map(pod => [pod, this.#mayTouch(pod)]));
    this.universe = new Universe(all, {
      ...mentionsOf(this.policies),
      otherwise: pod =>
        [networkNameOf(pod), ...(touching.get(pod) ?? []).map(placed => this.foreign.indexOf(placed))].join(),
    });
    for (const [pod, placed] of touching) {
      this.#foreign.set(this.universe.classOf(pod), placed);
      this.#networks.set(this.universe.classOf(pod), networkNameOf(pod));
    }
    this.#applied = { ingress: this.#perClass(), egress: this.#perClass() };
    const keys = { ingress: this.#perClass<string>(), egress: this.#perClass<string>() };
    for (const [index, placed] of this.policies.entries()) {
      const { stated, doubt } = this.subjectOf(placed);
      for (const direction of directions) {
        const rules = placed.policy[direction];
        if (rules === undefined) continue;
        for (const id of stated.or(doubt)) {
          const isDoubtful = placed.isDoubtful || doubt.has(id);
          const isStated = placed.isStated && stated.has(id);
          this.#applied[direction][id]?.push({ placed, rules, isDoubtful, isStated });
          keys[direction][id]?.push(`${index}${isDoubtful ? '?' : ''}${isStated ? '' : '-'}`);
        }
      }
    }
    this.#keys = {
      ingress: keys.ingress.map((parts, id) => this.#ingressKey(parts, id)),
      egress: keys.egress.map(parts => parts.join()),
    };
  }

  /** The network of its own that a pod is in; '' for the usual one. */
  networkOf(id: ClassId): string {
    return this.#networks.get(id) ?? '';
  }

  /** The policies of other APIs that may touch a pod, for a direction. */
  foreignTouching(id: ClassId, direction: Direction): readonly PlacedForeignPolicy[] {
    return (this.#foreign.get(id) ?? []).filter(({ policy }) => policy.directions.has(direction));
  }

  /** The policies that may select a pod, for a direction. */
  applied(id: ClassId, direction: Direction): readonly Applied[] {
    return this.#applied[direction][id] ?? [];
  }

  /** The same for pods to which the very same policies mean the very same. */
  keyOf(id: ClassId, direction: Direction): string {
    return this.#keys[direction][id] ?? '';
  }

  subjectOf({ policy, namespace }: PlacedPolicy): Selection {
    if (policy.subject) return this.universe.select(policy.subject, namespace);
    // A subject that can't be read may be anybody in reach of the policy.
    const doubt = namespace === '' ? this.universe.all : this.universe.inNamespace(namespace);
    return { stated: this.universe.none, doubt };
  }

  podChain(id: ClassId, direction: Direction): PolicyChain<Bits> {
    return this.#chain(id, direction, (rule, standing) => {
      // A rule that names no port says the same for every pod it is asked about.
      if (rule.ports.named.length > 0) return podFacetsOf(rule, standing, this.universe);
      const facets = this.#facets.get(rule) ?? podFacetsOf(rule, standing, this.universe);
      this.#facets.set(rule, facets);
      return facets;
    });
  }

  addressChain(id: ClassId, direction: Direction): PolicyChain<AddressSet> {
    return this.#chain(id, direction, (rule, standing) => addressFacetsOf(rule, standing, this.universe));
  }

  #chain<S>(
    subject: ClassId,
    direction: Direction,
    facetsOf: (rule: Rule, standing: Standing) => readonly Facet<S>[],
  ): PolicyChain<S> {
    const steps = (tier: Tier) =>
      this.applied(subject, direction)
        .filter(({ placed }) => placed.policy.tier === tier)
        .map(({ placed, rules, isDoubtful, isStated }): PolicyStep<S> => {
          const standing: Standing = { tier, namespace: placed.namespace, direction, subject };
          const verses = rules.map(rule => ({ rule, action: rule.action, facets: facetsOf(rule, standing) }));
          return { placed, priority: placed.policy.priority, isDoubtful, isStated, verses };
        });
    return { admin: steps('admin'), namespace: steps('namespace'), baseline: steps('baseline') };
  }

  /** Where a rule names a port, it depends on the receiving pod which one it is. */
  #ingressKey(parts: readonly string[], id: ClassId): string {
    const naming = this.applied(id, 'ingress').some(({ rules }) => rules.some(({ ports }) => ports.named.length > 0));
    return naming ? `${parts.join()}@${id}` : parts.join();
  }

  #mayTouch(pod: Pod): readonly PlacedForeignPolicy[] {
    if (this.foreign.length === 0) return [];
    const subject: Subject = {
      namespaceName: pod.namespaceName,
      labels: factsOf(podLabelsIn(pod)),
      namespaceLabels: factsOf(namespaceLabelsIn(pod)),
    };
    return this.foreign.filter(({ policy, namespace }) => {
      const isInReach = namespace === '' || namespace === pod.namespaceName;
      return isInReach && policy.selects(subject) !== false;
    });
  }

  #perClass<T = Applied>(): T[][] {
    return Array.from({ length: this.universe.size }, () => []);
  }
}

function mentionsOf(policies: readonly PlacedPolicy[]) {
  const rules = policies.flatMap(({ policy }) => [...(policy.ingress ?? []), ...(policy.egress ?? [])]);
  const ports = new Map(rules.flatMap(rule => rule.ports.named.map(port => [`${port.name}/${port.protocol}`, port])));
  return {
    choices: [...policies.flatMap(({ policy }) => policy.subject ?? []), ...rules.flatMap(({ peers }) => peers.pods)],
    ports: [...ports.values()],
    namespaces: new Set(policies.map(({ namespace }) => namespace)),
  };
}
