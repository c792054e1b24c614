import { decisionObject, placesOf, wordsOf } from '../assist/decided';
import { sectionLines, sectionsOf } from '../assist/sections';
import { titleOf } from '../kube/resource';
import { lineOf } from '../lint/place';
import { connectionsOf } from '../network/answers/connectivity';
import { type Cell, type EndTable, endTableOf } from '../network/answers/end-table';
import { type ConnectivityFormat, piecesOf } from '../network/answers/formats';
import { type Met, meaningOf, type Pair, pairOf, type Reach, reachOf } from '../network/answers/questions';
import type { Direction } from '../network/policies/policy';
import { quoted } from '../text/words';
import type { Workspace } from '../workspace/workspace';
import type { Applied } from './applied';
import { printed } from './formats/json';

/** Names of ends; at least one is asked for. */
export interface Asked {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What is asked of one end or of a pair; as a picture, the connections between them. */
export function askedPieces(
  { workspace, cluster }: Applied,
  asked: Asked,
  format: ConnectivityFormat,
): Iterable<string> {
  const table = endTableOf(cluster);
  const [from, to] = [asked.from, asked.to].map(name => (name === undefined ? undefined : endNamed(name, table)));
  if (format === 'dot' || format === 'mermaid') {
    const lines = [...connectionsOf(cluster)];
    return piecesOf(
      lines.filter(({ src, dst }) => src === (from?.id ?? src) && dst === (to?.id ?? dst)),
      format,
    );
  }
  if (from && to) {
    const pair = pairOf(from, to, table, cluster);
    return format === 'json' ? [printed(pairObject(pair, workspace))] : pairLines(pair, workspace);
  }
  const end = from ?? to;
  if (end === undefined) return [];
  const direction = from ? 'egress' : 'ingress';
  const reach = reachOf(end, direction, table, cluster);
  return format === 'json'
    ? [printed(reachObject(end.id, direction, reach, workspace))]
    : sectionLines(sectionsOf(end.id, direction, reach, workspace));
}

/** The end that a person means; whoever names none or several is told what there is. */
function endNamed(name: string, table: EndTable): Cell {
  const { ends, nearest } = meaningOf(name, table);
  const [end, ...others] = ends;
  if (end === undefined) {
    const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
    throw new Error(`the manifests show no pods called '${name}'.${hint}`);
  }
  if (others.length === 0) return end;
  const shown = ends.slice(0, 5).map(({ id }) => quoted(id));
  const more = ends.length > 5 ? ` and ${ends.length - 5} more` : '';
  throw new Error(`'${name}' may mean ${shown.join(', ')}${more}: say which`);
}

function* pairLines({ source, target, allowed, decisions, calls }: Pair, workspace: Workspace): Iterable<string> {
  yield `${source} => ${target} : ${allowed}\n`;
  for (const direction of ['egress', 'ingress'] as const) {
    const end = direction === 'egress' ? source : target;
    const own = decisions.filter(decision => decision.end === direction);
    yield `${direction} of ${end}:${own.length === 0 ? ' no policy has to do with it' : ''}\n`;
    for (const { policy, effect, at } of own) {
      yield `  ${lineOf(workspace, at) ?? '?'}: ${titleOf(policy)} ${wordsOf[effect]}\n`;
    }
  }
  if (calls.length === 0) yield 'The manifests show no call between them.\n';
  for (const call of calls) {
    const ports = call.targets.flatMap(({ end, connections }) => (end === target ? [`${connections}`] : []));
    yield `called as Service ${call.service}, ${ports.join(', ')}: ${call.answer}\n`;
    for (const place of placesOf(call, workspace)) yield `  ${place}: shows it\n`;
  }
}

function pairObject({ source, target, allowed, decisions, calls }: Pair, workspace: Workspace) {
  return {
    src: source,
    dst: target,
    conn: `${allowed}`,
    policies: decisions.map(decision => decisionObject(decision, workspace)),
    calls: calls.map(call => ({
      service: call.service,
      conn: call.targets.flatMap(({ end, connections }) => (end === target ? [`${connections}`] : [])),
      answer: call.answer,
      shown: placesOf(call, workspace),
    })),
  };
}

function reachObject(id: string, direction: Direction, reach: Reach, workspace: Workspace) {
  const metObject = (met: Met) => ({
    peer: met.id,
    conn: `${met.allowed}`,
    called: met.called.isEmpty ? null : `${met.called}`,
    policies: met.deciding.map(decision => decisionObject(decision, workspace)),
  });
  return {
    peer: id,
    direction,
    allowed: reach.allowed.map(metObject),
    denied: reach.denied.map(metObject),
    unknown: reach.unknown.map(metObject),
    outside: reach.outside.map(({ id: peer, allowed, deciding }) => ({
      peer,
      conn: `${allowed}`,
      policies: deciding.map(decision => decisionObject(decision, workspace)),
    })),
  };
}
