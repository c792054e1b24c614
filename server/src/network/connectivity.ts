import { type AddressSet, everyIpv4, everyIpv6, printRange, rangesOf } from './addresses';
import { Connections } from './connections';
import { type End, endsOf } from './ends';
import { exposuresOf } from './exposure';
import { intersect } from './intervals';
import { type Network, networkOf } from './network';
import type { Direction } from './policy';
import type { ClusterView } from './view';

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
export function* connectionsOf(view: ClusterView): Iterable<Line> {
  const network = networkOf(view);
  const table = new Table(view, network);
  const sources = new Map<string, () => Iterable<Line>>();
  for (const end of table.ends) sources.set(end.id, () => table.linesFrom(end));
  for (const [range, lines] of table.linesFromOutside()) sources.set(range, () => lines);
  sources.set(ingressController, () => table.linesFromController());
  for (const [, lines] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) yield* lines();
}

class Table {
  readonly ends: readonly End[];
  /** Both families if a policy speaks of IPv6, else IPv4 alone, as the field prints it. */
  readonly #outside: AddressSet;
  readonly #both = new Map<Connections, Map<Connections, Connections>>();

  constructor(
    private readonly view: ClusterView,
    private readonly network: Network,
  ) {
    this.ends = [...endsOf(network)].sort((a, b) => (a.id < b.id ? -1 : 1));
    const rules = network.policies.flatMap(({ policy }) => [...(policy.ingress ?? []), ...(policy.egress ?? [])]);
    const hasIpv6 = rules.some(({ peers }) => intersect(peers.addresses, everyIpv6).length > 0);
    this.#outside = hasIpv6 ? [...everyIpv4, ...everyIpv6] : everyIpv4;
  }

  *linesFrom(source: End): Iterable<Line> {
    const outside = this.#outsideOf(source, 'egress').map(({ range, connections }) => ({
      src: source.id,
      dst: range,
      connections,
    }));
    outside.sort((a, b) => (a.dst < b.dst ? -1 : 1));
    let next = 0;
    for (const target of this.ends) {
      for (let line = outside[next]; line !== undefined && line.dst < target.id; line = outside[next]) {
        yield line;
        next++;
      }
      const connections = source === target ? undefined : this.#between(source, target);
      if (connections !== undefined) yield { src: source.id, dst: target.id, connections };
    }
    yield* outside.slice(next);
  }

  /** By range, as printed. */
  linesFromOutside(): ReadonlyMap<string, readonly Line[]> {
    const lines = new Map<string, Line[]>();
    for (const end of this.ends) {
      for (const { range, connections } of this.#outsideOf(end, 'ingress')) {
        const line = { src: range, dst: end.id, connections };
        const same = lines.get(range);
        if (same) same.push(line);
        else lines.set(range, [line]);
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
      const isForeign = this.#isForeign(end, 'ingress');
      yield { src: ingressController, dst: end.id, connections: isForeign ? unknown : connections.toString() };
    }
  }

  #between(source: End, target: End): string | undefined {
    if (this.#isForeign(source, 'egress') || this.#isForeign(target, 'ingress')) {
      const isPossible = source.classes.some(from =>
        target.classes.some(to => !this.network.betweenClasses(from, to).possible.isEmpty),
      );
      return isPossible ? unknown : undefined;
    }
    let sum = Connections.all;
    for (const from of source.classes) {
      for (const to of target.classes) {
        const out = this.network.statedRow(from, 'egress')[to];
        const into = this.network.statedRow(to, 'ingress')[from];
        sum = this.#intersect(sum, this.#intersect(out ?? Connections.none, into ?? Connections.none));
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

  #outsideOf(end: End, direction: Direction): readonly { readonly range: string; readonly connections: string }[] {
    const isForeign = this.#isForeign(end, direction);
    return end.outside[direction].flatMap(({ connections, peers }) =>
      connections.isEmpty && !isForeign
        ? []
        : rangesOf(intersect(peers, this.#outside)).map(interval => ({
            range: `${printRange(interval)}[External]`,
            connections: isForeign ? unknown : connections.toString(),
          })),
    );
  }

  #isForeign(end: End, direction: Direction): boolean {
    return end.classes.some(id => this.network.isForeign(id, direction));
  }
}

const unknown = 'Unknown';
