import { nameOf } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { memo } from '../../text/maps';
import { type CallKind, callsOf, type Evidence } from '../calls/calls';
import type { NetworkKind } from '../network-kinds';
import { Connections } from '../sets/connections';
import { type Decision, decidingBetween } from './decisions';
import { type Allowed, type Cell, type EndTable, unknown } from './end-table';
import { knownAmong } from './known-calls';

/** The kinds that tell who calls whom, and who may. */
export type AnswerKind = NetworkKind | CallKind;

export type CallAnswer = 'allowed' | 'denied' | 'partly allowed' | 'unknown';

/** A call that the manifests show, and whether the policies allow it. */
export interface ShownCall {
  readonly caller: string;
  /** `namespace/name` of the Service. */
  readonly service: string;
  readonly targets: readonly { readonly end: string; readonly connections: Connections }[];
  readonly answer: CallAnswer;
  /** Where the manifests show it. */
  readonly evidence: readonly Evidence[];
  /** What decides on it, at the first of its targets. */
  readonly deciding: readonly Decision[];
}

/** Every call between pods that the manifests show, sorted by caller, then Service. Worked out once for a table. */
export function shownCallsOf(view: Cluster<AnswerKind>, table: EndTable): readonly ShownCall[] {
  return callsIn({ view, table });
}

interface Asked {
  readonly view: Cluster<AnswerKind>;
  readonly table: EndTable;
}

const callsIn = memo(
  ({ view, table }: Asked): readonly ShownCall[] => read(view, table),
  ({ table }) => table,
);

function read(view: Cluster<AnswerKind>, table: EndTable): readonly ShownCall[] {
  const shown = knownAmong(callsOf(view), table.network).flatMap(({ call, source, targets }): ShownCall[] => {
    const caller = table.endOf(source);
    const reached = targets.flatMap(({ pod, connections }) => {
      const end = table.endOf(pod);
      return end && end !== caller ? [{ pod, end, connections }] : [];
    });
    const [first] = reached;
    if (caller === undefined || first === undefined) return [];
    const answers = reached.map(({ end, connections }) => answerOf(table.between(caller, end), connections));
    return [
      {
        caller: caller.id,
        service: `${call.calleeNamespace.name || 'default'}/${nameOf(call.callee)}`,
        targets: reached.map(({ end, connections }) => ({ end: end.id, connections })),
        answer: together(answers),
        evidence: call.evidence,
        deciding: decidingBetween(table.network, source, first.pod, first.connections),
      },
    ];
  });
  return [...shown].sort((a, b) => inOrder(a.caller, b.caller) || inOrder(a.service, b.service));
}

export function answerOf(allowed: Allowed, connections: Connections): CallAnswer {
  if (allowed === unknown) return 'unknown';
  if (allowed.contains(connections)) return 'allowed';
  return allowed.intersect(connections).isEmpty ? 'denied' : 'partly allowed';
}

/** Of several workloads behind a Service one that answers is enough. */
function together(answers: readonly CallAnswer[]): CallAnswer {
  const found = (['allowed', 'unknown', 'partly allowed'] as const).find(answer => answers.includes(answer));
  return found ?? 'denied';
}

/** What a caller asks of another end, as far as the manifests show. */
export function calledBetween(calls: readonly ShownCall[], source: Cell, target: Cell): Connections {
  const between = calls.filter(({ caller }) => caller === source.id).flatMap(({ targets }) => targets);
  return Connections.unionOf(between.flatMap(({ end, connections }) => (end === target.id ? [connections] : [])));
}

/** By code unit, as everything that is printed is sorted. */
export const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
