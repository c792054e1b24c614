import { Connections } from './connections';
import type { Action } from './policy';

/** Sets of peers: classes of pods, or addresses. */
export interface Algebra<S> {
  readonly everything: S;
  and(a: S, b: S): S;
  or(a: S, b: S): S;
  minus(a: S, b: S): S;
  isEmpty(set: S): boolean;
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

/** The policies that select a pod, for one direction. In order of priority. */
export interface Chain<S> {
  readonly admin: readonly Step<S>[];
  readonly namespace: readonly Step<S>[];
  readonly baseline: readonly Step<S>[];
}

/** Going by what is written; at least; at most. Between the last two lies what is not known. */
export type Reading = 'stated' | 'least' | 'most';

/** What connections there are, with whom. The sets don't overlap, and together are everything. */
export type Parts<S> = readonly { readonly connections: Connections; readonly peers: S }[];

/** Peers that are alike so far: what is not decided yet about them, what is allowed, and what goes to the next tier. */
interface Cell<S> {
  readonly peers: S;
  readonly open: Connections;
  readonly allowed: Connections;
  readonly passed: Connections;
}

/**
 * What the policies of a chain allow, by peer. Admin policies first, in order: the first rule that matches decides, or
 * passes. Then NetworkPolicies, if there is any: what one of them allows is allowed, all else denied. Without any, the
 * baseline policies, in order. What nobody decides is allowed (network-policy-api, apis/v1alpha2).
 */
export function allowedBy<S>(chain: Chain<S>, reading: Reading, algebra: Algebra<S>): Parts<S> {
  let cells: readonly Cell<S>[] = [
    { peers: algebra.everything, open: Connections.all, allowed: Connections.none, passed: Connections.none },
  ];
  cells = inOrder(cells, chain.admin, reading, algebra).map(cell => ({
    ...cell,
    open: cell.open.union(cell.passed),
    passed: Connections.none,
  }));
  const policies = reading === 'stated' ? chain.namespace.filter(step => step.isStated) : chain.namespace;
  if (policies.length > 0) cells = granted(cells, policies, reading, algebra);
  // Policies that may not be in force isolate at least; at most they only allow.
  const isolates = policies.some(step => reading !== 'most' || !step.isDoubtful);
  if (!isolates) {
    cells = inOrder(cells, chain.baseline, reading, algebra).map(cell => ({
      ...cell,
      allowed: cell.allowed.union(cell.open).union(cell.passed),
    }));
  }
  const parts = cells.map(({ peers, allowed }) => ({
    peers,
    open: Connections.none,
    allowed,
    passed: Connections.none,
  }));
  return merged(parts, algebra).map(({ peers, allowed }) => ({ peers, connections: allowed }));
}

interface Effect<S> {
  readonly action: Action;
  readonly ports: Connections;
  readonly peers: S;
}

function inOrder<S>(
  cells: readonly Cell<S>[],
  steps: readonly Step<S>[],
  reading: Reading,
  algebra: Algebra<S>,
): readonly Cell<S>[] {
  let current = cells;
  for (const [index, step] of steps.entries()) {
    if (step.priority === steps[index - 1]?.priority) continue;
    for (const effect of effectsAt(step.priority, steps, reading, algebra)) {
      current = merged(
        current.flatMap(cell => decided(cell, effect, algebra)),
        algebra,
      );
    }
  }
  return current;
}

/** What the API leaves open, an order among policies of one priority, is settled for the worse, or for the better. */
const severity = {
  stated: { deny: 0, pass: 0, allow: 0 },
  least: { deny: 0, pass: 1, allow: 2 },
  most: { allow: 0, pass: 1, deny: 2 },
} as const;

function effectsAt<S>(
  priority: number,
  steps: readonly Step<S>[],
  reading: Reading,
  algebra: Algebra<S>,
): readonly Effect<S>[] {
  const rivals = steps.filter(step => step.priority === priority);
  const effects = rivals.flatMap(step => effectsOf(step, reading, algebra));
  if (rivals.length < 2) return effects;
  return effects.sort((a, b) => severity[reading][a.action] - severity[reading][b.action]);
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

/** The cell after a rule: in two, if the rule speaks of some of its peers only. */
function decided<S>(cell: Cell<S>, { action, ports, peers }: Effect<S>, algebra: Algebra<S>): readonly Cell<S>[] {
  const hit = cell.open.intersect(ports);
  if (hit.isEmpty) return [cell];
  const inside = algebra.and(cell.peers, peers);
  if (algebra.isEmpty(inside)) return [cell];
  const outside = algebra.minus(cell.peers, peers);
  const changed: Cell<S> = {
    peers: inside,
    open: cell.open.subtract(hit),
    allowed: action === 'allow' ? cell.allowed.union(hit) : cell.allowed,
    passed: action === 'pass' ? cell.passed.union(hit) : cell.passed,
  };
  return algebra.isEmpty(outside) ? [changed] : [changed, { ...cell, peers: outside }];
}

/** The cells with what NetworkPolicies allow of what is still open. Their rules have no order, so equal ports go together. */
function granted<S>(
  cells: readonly Cell<S>[],
  policies: readonly Step<S>[],
  reading: Reading,
  algebra: Algebra<S>,
): readonly Cell<S>[] {
  const byPorts = new Map<string, Effect<S>>();
  for (const step of policies) {
    if (reading === 'least' && step.isDoubtful) continue;
    for (const effect of effectsOf(step, reading, algebra)) {
      const same = byPorts.get(effect.ports.toString());
      const peers = same ? algebra.or(same.peers, effect.peers) : effect.peers;
      byPorts.set(effect.ports.toString(), { ...effect, peers });
    }
  }
  let current = cells;
  for (const { ports, peers } of byPorts.values()) {
    current = merged(
      current.flatMap((cell): readonly Cell<S>[] => {
        const hit = cell.open.intersect(ports).subtract(cell.allowed);
        const inside = hit.isEmpty ? undefined : algebra.and(cell.peers, peers);
        if (inside === undefined || algebra.isEmpty(inside)) return [cell];
        const outside = algebra.minus(cell.peers, peers);
        const changed = { ...cell, peers: inside, allowed: cell.allowed.union(hit) };
        return algebra.isEmpty(outside) ? [changed] : [changed, { ...cell, peers: outside }];
      }),
      algebra,
    );
  }
  return current;
}

/** Cells that became alike are one again, so there are never more than kinds of outcome. */
function merged<S>(cells: readonly Cell<S>[], algebra: Algebra<S>): readonly Cell<S>[] {
  if (cells.length < 2) return cells;
  const byState = new Map<string, Cell<S>>();
  for (const cell of cells) {
    const key = `${cell.open}|${cell.allowed}|${cell.passed}`;
    const same = byState.get(key);
    byState.set(key, same ? { ...same, peers: algebra.or(same.peers, cell.peers) } : cell);
  }
  return [...byState.values()];
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
