import type { Cluster } from '../../kube/view';
import { add, memo } from '../../text/maps';
import type { NetworkKind } from '../network-kinds';
import { type Network, networkOf } from '../policies/network';
import type { Pod } from '../policies/pods';
import type { Direction } from '../policies/policy';
import type { Row } from '../policies/row';
import type { ClassId } from '../policies/universe';
import { type AddressSet, everyIpv4, everyIpv6 } from '../sets/addresses';
import { Connections } from '../sets/connections';
import { intersect } from '../sets/intervals';
import { type End, endsOf } from './ends';
import { exposuresOf } from './exposure';

export const ingressController = '{ingress-controller}';

export const unknown = 'Unknown';

/** What goes by what is written; unknown where a policy is in the way that is not understood. */
export type Allowed = Connections | typeof unknown;

/** Addresses between which the policies make no difference for an end. */
export interface Outside {
  readonly peers: AddressSet;
  readonly allowed: Allowed;
}

/** An end with its rows at hand: there are as many pairs of ends as their number squared. */
export interface Cell extends End {
  readonly isForeign: Readonly<Record<Direction, boolean>>;
  readonly rows: Readonly<Record<Direction, readonly Row[]>>;
}

/** What is allowed between each two ends of a cluster. */
export class EndTable {
  readonly ends: readonly Cell[];
  readonly #endOf: ReadonlyMap<Pod, Cell>;
  readonly #both = new Map<Connections, Map<Connections, Connections>>();

  readonly #foreignTargets: readonly number[];
  /** For a class of pods, the ends that let anything in from it, in groups that share a row. */
  readonly #inbound = new Map<ClassId, (readonly number[])[]>();

  constructor(
    private readonly view: Cluster<NetworkKind>,
    readonly network: Network,
    /** Both families if a policy speaks of IPv6, else IPv4 alone, as the field prints it. */
    private readonly outside: AddressSet = addressesIn(network),
    ends: readonly End[] = endsOf(network),
  ) {
    this.ends = ends
      .map((end): Cell => {
        const isForeign = (direction: Direction) => end.classes.some(id => network.isForeign(id, direction));
        const rows = (direction: Direction) => end.classes.map(id => network.statedRow(id, direction));
        return {
          ...end,
          isForeign: { ingress: isForeign('ingress'), egress: isForeign('egress') },
          rows: { ingress: rows('ingress'), egress: rows('egress') },
        };
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#foreignTargets = this.ends.flatMap(({ isForeign }, index) => (isForeign.ingress ? [index] : []));
    const byRow = new Map<Row, number[]>();
    for (const [index, { rows }] of this.ends.entries()) {
      for (const row of rows.ingress) {
        add(byRow, row, index);
      }
    }
    for (const [row, targets] of byRow) {
      for (const id of row.reached()) {
        add(this.#inbound, id, targets);
      }
    }
    this.#endOf = new Map(this.ends.flatMap(end => end.pods.map(pod => [pod, end] as const)));
  }

  /** The end that a pod is part of. */
  endOf(pod: Pod): Cell | undefined {
    return this.#endOf.get(pod);
  }

  /** The ends that a source may reach, sorted. */
  *reachedFrom(source: Cell): Iterable<{ readonly target: Cell; readonly allowed: Allowed }> {
    for (const target of this.#candidatesOf(source)) {
      const allowed = source === target ? Connections.none : this.between(source, target);
      if (allowed !== Connections.none) yield { target, allowed };
    }
  }

  /** The ends that may let anything in from a source: to ask each pair of ends would be most of the work. */
  #candidatesOf(source: Cell): readonly Cell[] {
    if (source.isForeign.egress) return this.ends;
    const marks = new Uint8Array(this.ends.length);
    for (const id of source.classes) {
      for (const targets of this.#inbound.get(id) ?? []) for (const index of targets) marks[index] = 1;
    }
    for (const index of this.#foreignTargets) marks[index] = 1;
    const candidates: Cell[] = [];
    for (let index = marks.indexOf(1); index !== -1; index = marks.indexOf(1, index + 1)) {
      const end = this.ends[index];
      if (end) candidates.push(end);
    }
    return candidates;
  }

  /** What Ingresses and routes expose, as far as the policies let any pod in: the controller's own one is not known. */
  *exposed(): Iterable<readonly [end: Cell, allowed: Allowed]> {
    const exposed = new Map<Cell, Connections>();
    for (const { pod, connections } of exposuresOf(this.view, this.network)) {
      const end = this.endOf(pod);
      if (end === undefined) continue;
      const reached = connections.intersect(this.network.between(undefined, pod).stated);
      exposed.set(end, (exposed.get(end) ?? Connections.none).union(reached));
    }
    for (const end of this.ends) {
      const connections = exposed.get(end);
      if (connections === undefined) continue;
      if (end.isForeign.ingress) yield [end, unknown];
      else if (!connections.isEmpty) yield [end, this.#areApart(undefined, end) ? unknown : connections];
    }
  }

  between(source: Cell, target: Cell): Allowed {
    if (source.isForeign.egress || target.isForeign.ingress) {
      const isPossible = source.classes.some(from =>
        target.classes.some(to => !this.network.betweenClasses(from, to).possible.isEmpty),
      );
      return isPossible ? unknown : Connections.none;
    }
    let sum = Connections.all;
    for (let i = 0; i < source.classes.length; i++) {
      for (let j = 0; j < target.classes.length; j++) {
        const out = source.rows.egress[i]?.at(target.classes[j] ?? 0);
        if (out === undefined || out.isEmpty) return Connections.none;
        const into = target.rows.ingress[j]?.at(source.classes[i] ?? 0);
        if (into === undefined || into.isEmpty) return Connections.none;
        sum = this.#intersect(sum, this.#intersect(out, into));
      }
    }
    return !sum.isEmpty && this.#areApart(source, target) ? unknown : sum;
  }

  #areApart(source: Cell | undefined, target: Cell): boolean {
    const from = source?.classes ?? [this.network.universe.unknownPod];
    return from.some(one => target.classes.some(other => this.network.areApart(one, other)));
  }

  /** Rows share their objects, so each pair of values is worked out once. */
  #intersect(a: Connections, b: Connections): Connections {
    if (a.isAll || a === b) return b;
    if (b.isAll) return a;
    const known = this.#both.get(a) ?? new Map<Connections, Connections>();
    this.#both.set(a, known);
    const both = known.get(b) ?? a.intersect(b);
    known.set(b, both);
    return both;
  }

  /** What is allowed with addresses outside of the cluster; those with which nothing is are left out. */
  outsideOf(end: Cell, direction: Direction): readonly Outside[] {
    const isForeign = end.isForeign[direction];
    return end.outside[direction].flatMap(({ connections, peers }) =>
      connections.isEmpty && !isForeign
        ? []
        : [{ peers: intersect(peers, this.outside), allowed: isForeign ? unknown : connections }],
    );
  }
}

/** The ends of a cluster, made once for a view of it: what goes by calls and routes is of that view alone. */
export const endTableOf = memo((view: Cluster<NetworkKind>) => new EndTable(view, networkOf(view)));

/** The addresses that an answer is about. */
export function addressesIn(...networks: readonly Network[]): AddressSet {
  const policies = networks.flatMap(network => network.policies.map(({ policy }) => policy));
  const rules = policies.flatMap(({ ingress, egress }) => [...(ingress ?? []), ...(egress ?? [])]);
  const hasIpv6 = rules.some(({ peers }) => intersect(peers.addresses, everyIpv6).length > 0);
  return hasIpv6 ? [...everyIpv4, ...everyIpv6] : everyIpv4;
}
