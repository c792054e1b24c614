import type { Cluster } from '../../kube/view';
import { nearest } from '../../text/distance';
import type { Direction } from '../policies/policy';
import { rangesOf } from '../sets/addresses';
import { Connections } from '../sets/connections';
import { externalId } from './connectivity';
import { type Decision, decidingBetween, decidingOnExposure, decidingOutside, decisionsBetween } from './decisions';
import { type Allowed, type Cell, type EndTable, ingressController, unknown } from './end-table';
import { type AnswerKind, calledBetween, type ShownCall, shownCallsOf } from './shown-calls';

/** The ends that a name may mean, or the one that was probably meant where it means none. */
export interface Meaning {
  readonly ends: readonly Cell[];
  readonly nearest: string | undefined;
}

/** A name is one as printed, `namespace/name`, or `name`; that of an owner means its pods where they are told apart. */
export function meaningOf(name: string, { ends, network }: EndTable): Meaning {
  const idOf = ({ id }: Cell) => id;
  const longNameOf = ({ id }: Cell) => id.slice(0, id.lastIndexOf('['));
  const shortNameOf = (end: Cell) => longNameOf(end).slice(end.id.indexOf('/') + 1);
  for (const nameOf of [idOf, longNameOf, shortNameOf]) {
    const meant = ends.filter(end => nameOf(end) === name);
    if (meant.length > 0) return { ends: meant, nearest: undefined };
  }
  const owned = new Set(network.peers.flatMap(peer => (peer.id === name ? peer.pods : [])));
  const pods = ends.filter(end => end.pods.some(pod => owned.has(pod)));
  const wayOf = name.includes('[') ? idOf : name.includes('/') ? longNameOf : shortNameOf;
  return { ends: pods, nearest: pods.length > 0 ? undefined : nearest(name, ends.map(wayOf)) };
}

/** What is to be known of one pair of ends. */
export interface Pair {
  readonly source: string;
  readonly target: string;
  readonly allowed: Allowed;
  /** Every policy that has to do with any connection between them. */
  readonly decisions: readonly Decision[];
  readonly calls: readonly ShownCall[];
}

export function pairOf(source: Cell, target: Cell, table: EndTable, view: Cluster<AnswerKind>): Pair {
  const calls = shownCallsOf(view, table).filter(
    ({ caller, targets }) => caller === source.id && targets.some(({ end }) => end === target.id),
  );
  const decisions = between(source, target, table, Connections.all, decisionsBetween);
  return { source: source.id, target: target.id, allowed: table.between(source, target), decisions, calls };
}

/** An end with which another one has something to do. */
export interface Met {
  readonly id: string;
  readonly allowed: Allowed;
  /** What the manifests show to be called, of what the list is about; nothing where they show no call. */
  readonly called: Connections;
  readonly deciding: readonly Decision[];
}

/** Who may reach an end (`ingress`), or whom it may reach (`egress`). */
export interface Reach {
  readonly allowed: readonly Met[];
  /** Called, though nobody lets it through; of one end some connections may be here, and others be allowed. */
  readonly denied: readonly Met[];
  readonly unknown: readonly Met[];
  /** Addresses and the ingress controller. */
  readonly outside: readonly Omit<Met, 'called'>[];
}

export function reachOf(end: Cell, direction: Direction, table: EndTable, view: Cluster<AnswerKind>): Reach {
  const calls = shownCallsOf(view, table);
  const allowed: Met[] = [];
  const denied: Met[] = [];
  const doubtful: Met[] = [];
  for (const other of table.ends) {
    if (other === end) continue;
    const [source, target] = direction === 'ingress' ? [other, end] : [end, other];
    const answer = table.between(source, target);
    const wanted = calledBetween(calls, source, target);
    const met = (called: Connections, asked: Connections): Met => {
      const deciding = between(source, target, table, asked, decidingBetween);
      return { id: other.id, allowed: answer, called, deciding };
    };
    if (answer === unknown) doubtful.push(met(wanted, wanted.isEmpty ? Connections.all : wanted));
    else {
      const [open, cut] = [wanted.intersect(answer), wanted.subtract(answer)];
      if (!answer.isEmpty) allowed.push(met(open, open.isEmpty ? answer : open));
      if (!cut.isEmpty) denied.push(met(cut, cut));
    }
  }
  return { allowed, denied, unknown: doubtful, outside: outsideOf(end, direction, table) };
}

function outsideOf(end: Cell, direction: Direction, table: EndTable): Reach['outside'] {
  const [pod] = end.pods;
  if (pod === undefined) return [];
  const { network } = table;
  const exposed = direction === 'ingress' ? [...table.exposed()].filter(([exposing]) => exposing === end) : [];
  return [
    ...exposed.map(([, allowed]) => {
      return { id: ingressController, allowed, deciding: decidingOnExposure(network, pod, allowed) };
    }),
    ...table.outsideOf(end, direction).flatMap(({ peers, allowed }) =>
      rangesOf(peers).map(range => {
        const deciding = decidingOutside(network, pod, direction, { peers: [range], allowed });
        return { id: externalId(range), allowed, deciding };
      }),
    ),
  ];
}

/** The first pods of each end speak for all: the others are treated alike, or bear the same name. */
function between(
  source: Cell,
  target: Cell,
  { network }: EndTable,
  connections: Connections,
  decide: typeof decisionsBetween,
): readonly Decision[] {
  const [from, to] = [source.pods[0], target.pods[0]];
  return from && to ? decide(network, from, to, connections) : [];
}
