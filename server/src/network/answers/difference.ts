import type { Cluster } from '../../kube/view';
import { networkOf } from '../policies/network';
import { type Direction, directions } from '../policies/policy';
import { type AddressSet, rangesOf } from '../sets/addresses';
import { Connections } from '../sets/connections';
import { intersect, subtract, union } from '../sets/intervals';
import { externalId } from './connectivity';
import { type Allowed, addressesIn, type Cell, EndTable, ingressController, type Outside, unknown } from './end-table';
import { endsOf } from './ends';
import { type AnswerKind, type CallAnswer, inOrder, type ShownCall, shownCallsOf } from './shown-calls';

/** What a change opens and closes. */
export interface Difference {
  /** Between ends that are on both sides; sorted by source, then destination. */
  readonly changes: readonly Change[];
  readonly calls: readonly CallChange[];
  /** Ends that are on one side only: what they may do is not compared with anything. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A pair of ends for which it is not as it was. */
export interface Change {
  readonly src: string;
  readonly dst: string;
  readonly before: Allowed;
  readonly after: Allowed;
  /** Nothing, as what is closed, where one side is unknown. */
  readonly opened: Connections;
  readonly closed: Connections;
}

/** A call that is shown afterwards and answered otherwise, or that is new and not allowed. */
export interface CallChange {
  /** Undefined where the call was not shown before. */
  readonly before: CallAnswer | undefined;
  readonly after: ShownCall;
}

/** Everything that is another between two clusters, going by what is written, as `connectionsOf` does. */
export function differenceOf(before: Cluster<AnswerKind>, after: Cluster<AnswerKind>): Difference {
  const { old, now } = tablesOf(before, after);
  const [wasThere, isThere] = [idsOf(old), idsOf(now)];
  const kept = old.ends.flatMap((end): Kept[] => {
    const same = isThere.get(end.id);
    return same ? [{ id: end.id, old: end, now: same }] : [];
  });
  const sides = { old, now, kept };
  const changes = [...changesInside(sides), ...changesOutside(sides), ...changesOfExposure(sides)];
  return {
    changes: changes.sort((a, b) => inOrder(a.src, b.src) || inOrder(a.dst, b.dst)),
    calls: changesOfCalls(shownCallsOf(before, old), shownCallsOf(after, now)),
    added: now.ends.flatMap(({ id }) => (wasThere.has(id) ? [] : [id])),
    removed: old.ends.flatMap(({ id }) => (isThere.has(id) ? [] : [id])),
  };
}

export function isSomething({ changes, calls, added, removed }: Difference): boolean {
  return changes.length + calls.length + added.length + removed.length > 0;
}

interface Sides {
  readonly old: EndTable;
  readonly now: EndTable;
  readonly kept: readonly Kept[];
}

/** An end that is on both sides. */
interface Kept {
  readonly id: string;
  readonly old: Cell;
  readonly now: Cell;
}

/** Two tables about the same addresses, in which pods of an owner are told apart on both sides or on none. */
function tablesOf(before: Cluster<AnswerKind>, after: Cluster<AnswerKind>): Omit<Sides, 'kept'> {
  const networks = [networkOf(before), networkOf(after)];
  const apart = new Set(
    networks.flatMap(network => {
      const whole = new Set(endsOf(network).map(({ id }) => id));
      return network.peers.flatMap(({ id }) => (whole.has(id) ? [] : [id]));
    }),
  );
  const addresses = addressesIn(...networks);
  const tableOf = (view: Cluster<AnswerKind>) => {
    const network = networkOf(view);
    return new EndTable(view, network, addresses, endsOf(network, apart));
  };
  return { old: tableOf(before), now: tableOf(after) };
}

const idsOf = ({ ends }: EndTable) => new Map(ends.map(end => [end.id, end]));

function* changesInside({ old, now, kept }: Sides): Iterable<Change> {
  const isKept = new Set(kept.map(({ id }) => id));
  for (const source of kept) {
    const was = reachedFrom(source.old, old);
    const is = reachedFrom(source.now, now);
    for (const dst of new Set([...was.keys(), ...is.keys()])) {
      if (isKept.has(dst)) yield* changeOf(source.id, dst, was.get(dst), is.get(dst));
    }
  }
}

const reachedFrom = (source: Cell, table: EndTable) =>
  new Map(Array.from(table.reachedFrom(source), ({ target, allowed }) => [target.id, allowed]));

/** The stretches of addresses with which something changes are as long as they can be, whatever the policies list. */
function* changesOutside({ old, now, kept }: Sides): Iterable<Change> {
  for (const { id, old: was, now: is } of kept) {
    for (const direction of directions) {
      const parts = shared(old.outsideOf(was, direction), now.outsideOf(is, direction));
      for (const { peers, before, after } of parts) {
        for (const range of rangesOf(peers)) {
          const [src, dst] = inDirection(direction, id, externalId(range));
          yield* changeOf(src, dst, before, after);
        }
      }
    }
  }
}

const inDirection = (direction: Direction, own: string, other: string) =>
  direction === 'egress' ? ([own, other] as const) : ([other, own] as const);

/** Addresses that were treated alike and are treated alike, together. */
function shared(was: readonly Outside[], is: readonly Outside[]) {
  const parts = new Map<string, { readonly peers: AddressSet; readonly before: Allowed; readonly after: Allowed }>();
  for (const one of withRest(was, is)) {
    for (const other of withRest(is, was)) {
      const peers = intersect(one.peers, other.peers);
      if (peers.length === 0) continue;
      const key = `${one.allowed} ${other.allowed}`;
      const same = parts.get(key)?.peers ?? [];
      parts.set(key, { peers: union(same, peers), before: one.allowed, after: other.allowed });
    }
  }
  return parts.values();
}

/** With the addresses that only the other side has, with which nothing is allowed here. */
function withRest(own: readonly Outside[], others: readonly Outside[]): readonly Outside[] {
  const all = (list: readonly Outside[]) => list.reduce<AddressSet>((sum, { peers }) => union(sum, peers), []);
  return [...own, { peers: subtract(all(others), all(own)), allowed: Connections.none }];
}

function* changesOfExposure({ old, now, kept }: Sides): Iterable<Change> {
  const [was, is] = [new Map(old.exposed()), new Map(now.exposed())];
  for (const end of kept) yield* changeOf(ingressController, end.id, was.get(end.old), is.get(end.now));
}

function* changeOf(
  src: string,
  dst: string,
  before: Allowed = Connections.none,
  after: Allowed = Connections.none,
): Iterable<Change> {
  if (before === unknown || after === unknown) {
    if (before !== after) yield { src, dst, before, after, opened: Connections.none, closed: Connections.none };
  } else if (!before.equals(after)) {
    yield { src, dst, before, after, opened: after.subtract(before), closed: before.subtract(after) };
  }
}

function changesOfCalls(before: readonly ShownCall[], after: readonly ShownCall[]): readonly CallChange[] {
  const keyOf = ({ caller, service }: ShownCall) => JSON.stringify([caller, service]);
  const known = new Map(before.map(call => [keyOf(call), call.answer]));
  // Overlays of one base may bring the same call.
  const distinct = new Map(after.map(call => [`${call.answer} ${keyOf(call)}`, call]));
  return [...distinct.values()].flatMap(call => {
    const was = known.get(keyOf(call));
    return call.answer === (was ?? 'allowed') ? [] : [{ before: was, after: call }];
  });
}
