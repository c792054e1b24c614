import type { Cluster } from '../../kube/view';
import { add } from '../../text/maps';
import type { NetworkKind } from '../network-kinds';
import { type Network, networkOf } from '../policies/network';
import type { Direction } from '../policies/policy';
import type { Row } from '../policies/row';
import type { ClassId } from '../policies/universe';
import { type AddressSet, everyIpv4, everyIpv6, printRange, rangesOf } from '../sets/addresses';
import { Connections } from '../sets/connections';
import { intersect } from '../sets/intervals';
import { type End, endsOf } from './ends';
import { exposuresOf } from './exposure';

/** A line of the answer: who may reach whom, with what. */
export interface Line {
  readonly src: string;
  readonly dst: string;
  /** As printed: `Unknown` where a policy is in the way that is not understood. */
  readonly connections: string;
}

export const ingressController = '{ingress-controller}';

/**
 * Every connection that the policies allow, sorted by source, then destination. It goes by what is written, as the
 * field's reference analyser does: an `ipBlock` is outside of the cluster, hosts' pods are pods like others.
 */
export function* connectionsOf(view: Cluster<NetworkKind>): Iterable<Line> {
  const network = networkOf(view);
  const table = new Table(view, network);
  const sources: { readonly id: string; lines(): Iterable<Line> }[] = [
    ...table.ends.map(end => ({ id: end.id, lines: () => table.linesFrom(end) })),
    ...[...table.linesFromOutside()].map(([id, lines]) => ({ id, lines: () => lines })),
    { id: ingressController, lines: () => table.linesFromController() },
  ];
  sources.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const source of sources) yield* source.lines();
}

/** An end with its rows at hand: there are as many pairs of ends as their number squared. */
interface Cell extends End {
  readonly isForeign: Readonly<Record<Direction, boolean>>;
  readonly rows: Readonly<Record<Direction, readonly Row[]>>;
}

class Table {
  readonly ends: readonly Cell[];
  /** Both families if a policy speaks of IPv6, else IPv4 alone, as the field prints it. */
  readonly #outside: AddressSet;
  readonly #both = new Map<Connections, Map<Connections, Connections>>();

  readonly #foreignTargets: readonly number[];
  /** For a class of pods, the ends that let anything in from it, in groups that share a row. */
  readonly #inbound = new Map<ClassId, (readonly number[])[]>();

  constructor(
    private readonly view: Cluster<NetworkKind>,
    private readonly network: Network,
  ) {
    this.ends = endsOf(network)
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
    const rules = network.policies.flatMap(({ policy }) => [...(policy.ingress ?? []), ...(policy.egress ?? [])]);
    const hasIpv6 = rules.some(({ peers }) => intersect(peers.addresses, everyIpv6).length > 0);
    this.#outside = hasIpv6 ? [...everyIpv4, ...everyIpv6] : everyIpv4;
  }

  *linesFrom(source: Cell): Iterable<Line> {
    const outside = this.#outsideOf(source, 'egress').map(({ range, connections }) => ({
      src: source.id,
      dst: range,
      connections,
    }));
    outside.sort((a, b) => (a.dst < b.dst ? -1 : 1));
    let next = 0;
    for (const target of this.#candidatesOf(source)) {
      if (source === target) continue;
      const connections = this.#between(source, target);
      if (connections === undefined) continue;
      for (let line = outside[next]; line !== undefined && line.dst < target.id; line = outside[next]) {
        yield line;
        next++;
      }
      yield { src: source.id, dst: target.id, connections };
    }
    yield* outside.slice(next);
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

  /** By range, as printed. */
  linesFromOutside(): ReadonlyMap<string, readonly Line[]> {
    const lines = new Map<string, Line[]>();
    for (const end of this.ends) {
      for (const { range, connections } of this.#outsideOf(end, 'ingress')) {
        const line = { src: range, dst: end.id, connections };
        add(lines, range, line);
      }
    }
    return lines;
  }

  /** What Ingresses and routes expose, as far as the policies let any pod in: the controller's own one is not known. */
  *linesFromController(): Iterable<Line> {
    const exposed = new Map<string, Connections>();
    const endOf = new Map(this.ends.flatMap(end => end.pods.map(pod => [pod, end] as const)));
    for (const { pod, connections } of exposuresOf(this.view, this.network)) {
      const end = endOf.get(pod);
      if (end === undefined) continue;
      const reached = connections.intersect(this.network.between(undefined, pod).stated);
      exposed.set(end.id, (exposed.get(end.id) ?? Connections.none).union(reached));
    }
    for (const end of this.ends) {
      const connections = exposed.get(end.id);
      if (connections === undefined || connections.isEmpty) continue;
      yield {
        src: ingressController,
        dst: end.id,
        connections: end.isForeign.ingress ? unknown : connections.toString(),
      };
    }
  }

  #between(source: Cell, target: Cell): string | undefined {
    if (source.isForeign.egress || target.isForeign.ingress) {
      const isPossible = source.classes.some(from =>
        target.classes.some(to => !this.network.betweenClasses(from, to).possible.isEmpty),
      );
      return isPossible ? unknown : undefined;
    }
    let sum = Connections.all;
    for (let i = 0; i < source.classes.length; i++) {
      for (let j = 0; j < target.classes.length; j++) {
        const out = source.rows.egress[i]?.at(target.classes[j] ?? 0);
        if (out === undefined || out.isEmpty) return undefined;
        const into = target.rows.ingress[j]?.at(source.classes[i] ?? 0);
        if (into === undefined || into.isEmpty) return undefined;
        sum = this.#intersect(sum, this.#intersect(out, into));
      }
    }
    return sum.isEmpty ? undefined : sum.toString();
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

  #outsideOf(end: Cell, direction: Direction): readonly { readonly range: string; readonly connections: string }[] {
    const isForeign = end.isForeign[direction];
    return end.outside[direction].flatMap(({ connections, peers }) =>
      connections.isEmpty && !isForeign
        ? []
        : rangesOf(intersect(peers, this.#outside)).map(interval => ({
            range: `${printRange(interval)}[External]`,
            connections: isForeign ? unknown : connections.toString(),
          })),
    );
  }
}

const unknown = 'Unknown';
