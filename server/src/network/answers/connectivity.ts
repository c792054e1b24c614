import type { Cluster } from '../../kube/view';
import { grouped } from '../../text/maps';
import type { NetworkKind } from '../network-kinds';
import { printRange, rangesOf } from '../sets/addresses';
import type { Interval } from '../sets/intervals';
import { type Allowed, type Cell, type EndTable, endTableOf, ingressController } from './end-table';

/** A line of the answer: who may reach whom, with what. */
export interface Line {
  readonly src: string;
  readonly dst: string;
  /** As printed: `Unknown` where a policy is in the way that is not understood. */
  readonly connections: string;
}

/**
 * Every connection that the policies allow, sorted by source, then destination. It goes by what is written, as the
 * field's reference analyser does: an `ipBlock` is outside of the cluster, hosts' pods are pods like others.
 */
export function* connectionsOf(view: Cluster<NetworkKind>): Iterable<Line> {
  const table = endTableOf(view);
  const sources: { readonly id: string; lines(): Iterable<Line> }[] = [
    ...table.ends.map(end => ({ id: end.id, lines: () => linesFrom(end, table) })),
    ...[...linesFromOutside(table)].map(([id, lines]) => ({ id, lines: () => lines })),
    { id: ingressController, lines: () => linesFromController(table) },
  ];
  sources.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const source of sources) yield* source.lines();
}

function* linesFrom(source: Cell, table: EndTable): Iterable<Line> {
  const outside = table
    .outsideOf(source, 'egress')
    .flatMap(({ peers, allowed }) => rangesOf(peers).map(range => lineOf(source.id, externalId(range), allowed)));
  outside.sort((a, b) => (a.dst < b.dst ? -1 : 1));
  let next = 0;
  for (const { target, allowed } of table.reachedFrom(source)) {
    for (let line = outside[next]; line !== undefined && line.dst < target.id; line = outside[next]) {
      yield line;
      next++;
    }
    yield lineOf(source.id, target.id, allowed);
  }
  yield* outside.slice(next);
}

/** By range, as printed. */
function linesFromOutside(table: EndTable): ReadonlyMap<string, readonly Line[]> {
  const lines = table.ends.flatMap(end =>
    table
      .outsideOf(end, 'ingress')
      .flatMap(({ peers, allowed }) => rangesOf(peers).map(range => lineOf(externalId(range), end.id, allowed))),
  );
  return grouped(lines, ({ src }) => src);
}

function* linesFromController(table: EndTable): Iterable<Line> {
  for (const [end, allowed] of table.exposed()) yield lineOf(ingressController, end.id, allowed);
}

function lineOf(src: string, dst: string, allowed: Allowed): Line {
  return { src, dst, connections: `${allowed}` };
}

/** How a stretch of addresses is called. */
export const externalId = (range: Interval<bigint>) => `${printRange(range)}[External]`;
