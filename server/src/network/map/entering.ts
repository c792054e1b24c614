import { nameOf, type Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { grouped } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { decidingBetween, decidingOnExposure } from '../answers/decisions';
import { type Allowed, type Cell, type EndTable, unknown } from '../answers/end-table';
import { type Entry, entriesInto } from '../answers/entries';
import { answerOf, type CallAnswer, inOrder } from '../answers/shown-calls';
import type { Pod } from '../policies/pods';
import { Connections } from '../sets/connections';
import type { MapKind } from './map-kinds';
import type { MapEdge, MapNode, MapPart } from './map-parts';

/** Routes, load balancers, webhooks and monitors, and what they lead to. */
export function enteringInto(view: Cluster<MapKind>, table: EndTable): MapPart {
  const entries = [...view.namespaces].flatMap(namespace => entriesInto(namespace, table.network));
  const distinct = [
    ...grouped(entries, entry => JSON.stringify([idOf(entry.by, view), endIdOf(entry, table)])).values(),
  ];
  const nodes = new Map<string, MapNode>();
  const edges = distinct.flatMap((same): readonly MapEdge[] => {
    const [entry] = same;
    const end = entry && table.endOf(entry.pod);
    if (entry === undefined || end === undefined) return [];
    const id = idOf(entry.by, view);
    nodes.set(id, { is: 'entry', id, by: entry.by, namespace: homeOf(entry.by, view) });
    return [edgeOf(id, end, same, table)];
  });
  return { nodes: [...nodes.values()].sort((a, b) => inOrder(a.id, b.id)), edges };
}

function edgeOf(from: string, end: Cell, same: readonly Entry[], table: EndTable): MapEdge {
  const connections = Connections.unionOf(same.map(entry => entry.connections));
  const [entry] = same;
  const pod = entry?.pod;
  const at: readonly Node[] = [...new Set(same.map(one => one.at))];
  const { answer, deciding } = entry && pod ? judged(entry, pod, connections, table) : undecided;
  return {
    from,
    to: end.id,
    purpose: entry?.isMetrics ? 'metrics' : 'entry',
    answer,
    connections,
    services: [],
    deciding,
    shown: at,
  };
}

type Judged = Pick<MapEdge, 'answer' | 'deciding'>;

const undecided: Judged = { answer: 'unknown', deciding: [] };

function judged({ from }: Entry, pod: Pod, connections: Connections, table: EndTable): Judged {
  const { network } = table;
  if (from !== 'anybody') {
    const sources = 'namespace' in from ? podsIn(from.namespace, table) : from;
    const answers = sources.map(source => ({ source, answer: answerTo(source, pod, connections, table) }));
    const best = answers.find(({ answer }) => answer === 'allowed') ?? answers[0];
    if (best) return { answer: best.answer, deciding: decidingBetween(network, best.source, pod, connections) };
  }
  const outside = network.external(pod, 'ingress').stated.map(part => part.connections);
  const stated = Connections.unionOf([network.between(undefined, pod).stated, ...outside]);
  const possible = network.possibleFromAnybody(pod).intersect(connections);
  const answer: CallAnswer = possible.isEmpty ? 'denied' : stated.contains(connections) ? 'allowed' : 'unknown';
  return { answer, deciding: decidingOnExposure(network, pod, answer === 'unknown' ? unknown : connections) };
}

function answerTo(source: Pod, target: Pod, connections: Connections, table: EndTable): CallAnswer {
  const [from, to] = [table.endOf(source), table.endOf(target)];
  const allowed: Allowed = from && to ? (from === to ? Connections.all : table.between(from, to)) : unknown;
  return answerOf(allowed, connections);
}

const podsIn = (namespace: string, table: EndTable) =>
  table.ends.flatMap(({ pods }) => pods).filter(pod => pod.namespaceName === namespace);

const endIdOf = ({ pod }: Entry, table: EndTable) => table.endOf(pod)?.id ?? '';

const homeOf = (by: Resource, view: Cluster<MapKind>) =>
  by.isClusterScoped ? undefined : view.namespaceOf(by).name || 'default';

function idOf(by: Resource, view: Cluster<MapKind>): string {
  const home = homeOf(by, view);
  return `${home === undefined ? '' : `${home}/`}${nameOf(by)}[${by.kindName}]`;
}
