import type { Resource } from '../../kube/resource';
import { Connections } from '../sets/connections';
import type { PolicyChain, PolicyStep } from './chains';
import type { PlacedForeignPolicy, PlacedPolicy } from './placed-policies';
import type { Rule } from './policy';

/** A rule that has to do with a connection. */
export interface Deciding {
  readonly placed: PlacedPolicy;
  readonly rule: Rule;
}

/** Why the policies of one end of a connection allow or deny it, going by what is written. */
export interface Reason {
  /** NetworkPolicies because of which only what a rule allows is allowed. */
  readonly isolating: readonly PlacedPolicy[];
  /** The rules that allow some of it. None, and nothing isolating or denying: it is allowed because nobody objects. */
  readonly allowing: readonly Deciding[];
  readonly denying: readonly Deciding[];
  /** Policies of other APIs that may change the answer. */
  readonly foreign: readonly Resource[];
}

/** Walks the policies as their evaluation does, and notes which rules speak of the connections. */
export function reasonOf<S>(
  chain: PolicyChain<S>,
  isMeant: (peers: S) => boolean,
  connections: Connections,
  foreign: readonly PlacedForeignPolicy[],
): Reason {
  const allowing: Deciding[] = [];
  const denying: Deciding[] = [];
  const walk = (steps: readonly PolicyStep<S>[], asked: Connections): Connections => {
    let open = asked;
    let passed = Connections.none;
    for (const { placed, rule, ports } of meant(steps, isMeant)) {
      const hit = open.intersect(ports);
      if (hit.isEmpty) continue;
      open = open.subtract(hit);
      if (rule.action === 'pass') passed = passed.union(hit);
      else (rule.action === 'allow' ? allowing : denying).push({ placed, rule });
    }
    return open.union(passed);
  };
  const open = walk(chain.admin, connections);
  const isolating = open.isEmpty ? [] : chain.namespace.filter(step => step.isStated).map(({ placed }) => placed);
  if (isolating.length === 0) walk(chain.baseline, open);
  else {
    for (const { placed, rule, ports } of meant(chain.namespace, isMeant)) {
      if (!open.intersect(ports).isEmpty) allowing.push({ placed, rule });
    }
  }
  return { isolating, allowing, denying, foreign: foreign.map(({ policy }) => policy.resource) };
}

/** The rules that mean the other end, with the ports they mean there. */
function* meant<S>(
  steps: readonly PolicyStep<S>[],
  isMeant: (peers: S) => boolean,
): Iterable<Deciding & { readonly ports: Connections }> {
  for (const { placed, verses, isStated } of steps) {
    if (!isStated) continue;
    for (const { rule, facets } of verses) {
      const ports = Connections.unionOf(facets.flatMap(facet => (isMeant(facet.stated) ? facet.ports : [])));
      if (!ports.isEmpty) yield { placed, rule, ports };
    }
  }
}
