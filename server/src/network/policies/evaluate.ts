import { Connections } from '../sets/connections';
import type { Action } from './policy';

/** Sets of peers: classes of pods, or addresses. */
export interface Algebra<S> {
  or(a: S, b: S): S;
  and(a: S, b: S): S;
  minus(a: S, b: S): S;
  isEmpty(set: S): boolean;
  readonly everything: S;
  /** Everything, split so that the peers of a part are in the very same sets. Members are indices, ascending. */
  atoms(sets: readonly S[]): readonly Atom<S>[];
}

export interface Atom<S> {
  readonly peers: S;
  readonly members: readonly number[];
}

/** A part of a rule: the peers it speaks of, and about which ports. */
export interface Facet<S> {
  readonly ports: Connections;
  readonly stated: S;
  /** Peers of which it isn't sure whether the rule means them. */
  readonly doubt: S;
}

export interface Verse<S> {
  readonly action: Action;
  readonly facets: readonly Facet<S>[];
}

/** A policy that selects the pod in question. */
export interface Step<S> {
  readonly priority: number;
  /** Not sure to be in force, or to select the pod. */
  readonly isDoubtful: boolean;
  /** Whether it counts when one goes by what is written. */
  readonly isStated: boolean;
  readonly verses: readonly Verse<S>[];
}

/** The policies that select a pod, for one direction, in order of priority. */
export interface Chain<S> {
  readonly admin: readonly Step<S>[];
  readonly namespace: readonly Step<S>[];
  readonly baseline: readonly Step<S>[];
}

/** Going by what is written; at least; at most. Between the last two lies what is not known. */
export type Reading = 'stated' | 'least' | 'most';

/** What connections there are, with whom. The sets don't overlap, and together are everything. */
export type Parts<S> = readonly { readonly connections: Connections; readonly peers: S }[];

interface Effect<S> {
  readonly action: Action;
  readonly ports: Connections;
  readonly peers: S;
}

/**
 * What the policies of a chain allow, by peer. Admin policies first, in order: the first rule that matches decides, or
 * passes. Then NetworkPolicies, if there is any: what one of them allows is allowed, all else denied. Without any, the
 * baseline policies, in order. What nobody decides is allowed (network-policy-api, apis/v1alpha2).
 */
export function allowedBy<S>(chain: Chain<S>, reading: Reading, algebra: Algebra<S>): Parts<S> {
  const policies = reading === 'stated' ? chain.namespace.filter(step => step.isStated) : chain.namespace;
  // Policies that may not be in force isolate at least; at most they only allow.
  const isolates = policies.some(step => reading !== 'most' || !step.isDoubtful);
  const admin = inOrder(chain.admin, reading, algebra);
  const grants = grantsOf(policies, reading, algebra);
  const baseline = isolates ? [] : inOrder(chain.baseline, reading, algebra);
  const effects = [...admin, ...grants, ...baseline];
  const parts = new Map<string, { readonly connections: Connections; readonly peers: S }>();
  for (const { peers, members } of algebra.atoms(effects.map(effect => effect.peers))) {
    const tiers: Record<'admin' | 'grants' | 'baseline', Effect<S>[]> = { admin: [], grants: [], baseline: [] };
    for (const member of members) {
      const effect = effects[member];
      const isGrant = member >= admin.length && member < admin.length + grants.length;
      if (effect) tiers[isGrant ? 'grants' : member < admin.length ? 'admin' : 'baseline'].push(effect);
    }
    const first = decide(tiers.admin, Connections.all);
    const granted = first.rest.intersect(Connections.unionOf(tiers.grants.map(({ ports }) => ports)));
    let connections = first.allowed.union(granted);
    if (!isolates) {
      const last = decide(tiers.baseline, first.rest);
      connections = connections.union(last.allowed).union(last.rest);
    }
    const same = parts.get(connections.toString());
    parts.set(connections.toString(), { connections, peers: same ? algebra.or(same.peers, peers) : peers });
  }
  return [...parts.values()];
}

/** Whether every reading gives the same: nothing is in doubt, and no two policies share a priority. */
export function isCertain<S>(chain: Chain<S>, algebra: Algebra<S>): boolean {
  const steps = [...chain.admin, ...chain.namespace, ...chain.baseline];
  const ordered = [chain.admin, chain.baseline];
  return (
    steps.every(step => step.isStated && !step.isDoubtful) &&
    steps.every(({ verses }) => verses.every(({ facets }) => facets.every(({ doubt }) => algebra.isEmpty(doubt)))) &&
    ordered.every(tier => tier.every((step, i) => step.priority !== tier[i + 1]?.priority))
  );
}

/** What the rules of a tier allow of some connections, and what they leave to the next tier. */
function decide<S>(effects: readonly Effect<S>[], asked: Connections): { allowed: Connections; rest: Connections } {
  let open = asked;
  let passed = Connections.none;
  let allowed = Connections.none;
  for (const { action, ports } of effects) {
    const hit = open.intersect(ports);
    if (hit.isEmpty) continue;
    open = open.subtract(hit);
    if (action === 'allow') allowed = allowed.union(hit);
    if (action === 'pass') passed = passed.union(hit);
  }
  return { allowed, rest: open.union(passed) };
}

/**
 * What the API leaves open, an order among policies of one priority, is settled for the worse, or for the better.
 *
 * @own the order that makes each reading of a verdict the least or the most that the API allows
 */
const severity = {
  stated: { deny: 0, pass: 0, allow: 0 },
  least: { deny: 0, pass: 1, allow: 2 },
  most: { allow: 0, pass: 1, deny: 2 },
} as const;

function inOrder<S>(steps: readonly Step<S>[], reading: Reading, algebra: Algebra<S>): readonly Effect<S>[] {
  const effects: Effect<S>[] = [];
  for (let from = 0, to = 0; from < steps.length; from = to) {
    while (to < steps.length && steps[to]?.priority === steps[from]?.priority) to++;
    const rivals = steps.slice(from, to);
    const ordered = rivals.flatMap(step => effectsOf(step, reading, algebra));
    if (rivals.length > 1) ordered.sort((a, b) => severity[reading][a.action] - severity[reading][b.action]);
    effects.push(...ordered);
  }
  return effects;
}

/** What NetworkPolicies allow. Their rules have no order, so those about the same ports go together. */
function grantsOf<S>(policies: readonly Step<S>[], reading: Reading, algebra: Algebra<S>): readonly Effect<S>[] {
  const byPorts = new Map<string, Effect<S>>();
  for (const step of policies) {
    if (reading === 'least' && step.isDoubtful) continue;
    for (const effect of effectsOf(step, reading, algebra)) {
      const key = effect.ports.toString();
      const same = byPorts.get(key);
      byPorts.set(key, same ? { ...effect, peers: algebra.or(same.peers, effect.peers) } : effect);
    }
  }
  return [...byPorts.values()];
}

function effectsOf<S>(step: Step<S>, reading: Reading, algebra: Algebra<S>): readonly Effect<S>[] {
  if (reading === 'stated' && !step.isStated) return [];
  return step.verses.flatMap(({ action, facets }) =>
    facets.flatMap(facet => effectsIn(action, facet, step.isDoubtful, reading, algebra)),
  );
}

/**
 * One rule in one reading. Where it may or may not match, the least reading takes the worse: a Deny that matches, an
 * Allow that doesn't, and instead of a Pass, which may end either way, a Deny. The most reading takes the better.
 */
function effectsIn<S>(
  action: Action,
  { ports, stated, doubt }: Facet<S>,
  isDoubtful: boolean,
  reading: Reading,
  algebra: Algebra<S>,
): readonly Effect<S>[] {
  if (reading === 'stated') return [{ action, ports, peers: stated }];
  const certain: Effect<S> = { action, ports, peers: algebra.minus(stated, doubt) };
  const possible: Effect<S> = { action, ports, peers: algebra.or(stated, doubt) };
  const bound: Action = reading === 'least' ? 'deny' : 'allow';
  if (action === bound) return [possible];
  if (action !== 'pass') return isDoubtful ? [] : [certain];
  return isDoubtful ? [{ ...possible, action: bound }] : [certain, { ports, peers: doubt, action: bound }];
}
