import type { Cluster } from '../../kube/view';
import { grouped } from '../../text/maps';
import { decidingBetween } from '../answers/decisions';
import { type Cell, type EndTable, unknown } from '../answers/end-table';
import { type AnswerKind, answerOf, type ShownCall, shownCallsOf } from '../answers/shown-calls';
import { Connections } from '../sets/connections';
import type { MapEdge, MapPart } from './map-parts';

/** The calls between pods, one edge for each two ends. */
export function calledIn(view: Cluster<AnswerKind>, table: EndTable): MapPart {
  const ends = new Map(table.ends.map(end => [end.id, end]));
  const asked = shownCallsOf(view, table).flatMap(call =>
    call.targets.map(({ end, connections }): Asked => ({ call, source: call.caller, target: end, connections })),
  );
  const pairs = [...grouped(asked, ({ source, target }) => JSON.stringify([source, target])).values()];
  const edges = pairs.flatMap(pair => {
    const [source, target] = [ends.get(pair[0]?.source ?? ''), ends.get(pair[0]?.target ?? '')];
    return source && target ? edgeOf(source, target, pair, table) : [];
  });
  return { nodes: [], edges };
}

interface Asked {
  readonly call: ShownCall;
  readonly source: string;
  readonly target: string;
  readonly connections: Connections;
}

/** Of several workloads behind a Service one that answers is enough: the others are not called then. */
function edgeOf(source: Cell, target: Cell, asked: readonly Asked[], table: EndTable): readonly MapEdge[] {
  const allowed = table.between(source, target);
  const isCut = ({ call, connections }: Asked) =>
    call.answer === 'allowed' && answerOf(allowed, connections) === 'denied';
  const meant = asked.filter(one => !isCut(one));
  if (meant.length === 0) return [];
  const connections = Connections.unionOf(meant.map(one => one.connections));
  const cut = allowed === unknown ? Connections.none : connections.subtract(allowed);
  const [from, to] = [source.pods[0], target.pods[0]];
  const decisive = cut.isEmpty ? connections : cut;
  return [
    {
      from: source.id,
      to: target.id,
      purpose: 'call',
      answer: answerOf(allowed, connections),
      connections,
      services: [...new Set(meant.map(({ call }) => call.service))],
      deciding: from && to ? decidingBetween(table.network, from, to, decisive) : [],
      shown: [...new Set(meant.flatMap(({ call }) => call.evidence.map(({ at }) => at)))],
    },
  ];
}
