import { affinityTermsOf, looksInto } from '../../../kube/pods/affinity';
import { containersOf, podLabelsOf, podSpecOf, runsToCompletion, type Workload } from '../../../kube/pods/workload';
import { prefersNearby, serviceSelectorOf } from '../../../kube/services/service';
import type { Cluster, Namespace } from '../../../kube/view';
import type { Call, Evidence } from '../../../network/calls/calls';
import { add } from '../../../text/maps';
import type { Node } from '../../../yaml/node';

/** A Service that a workload calls. Files that hold alternatives of it, or of what is behind it, are one neighbour. */
export interface Neighbour {
  readonly name: string;
  readonly calls: readonly Call[];
  /** One for each independent place that names it, the strongest first. */
  readonly evidence: readonly Evidence[];
  readonly isGrpc: boolean;
  /** Where traces, metrics and logs go: everybody names it, and nobody waits for it. */
  readonly isTelemetry: boolean;
}

/** The neighbours of one workload, those that matter most first. */
export function neighboursOf(calls: readonly Call[]): readonly Neighbour[] {
  const byName = new Map<string, Call[]>();
  for (const call of calls) {
    const key = `${call.calleeNamespace.name}/${call.callee.name.string}`;
    add(byName, key, call);
  }
  const neighbours = [...byName.values()].map((same): Neighbour => {
    const evidence = independent(same.flatMap(call => call.evidence));
    const name = same[0]?.callee.name.string ?? '';
    return { name, calls: same, evidence, isGrpc: same.some(call => call.isGrpc), isTelemetry: telemetry.test(name) };
  });
  return neighbours.sort((a, b) => weightOf(b) - weightOf(a));
}

/** One piece for each source and each place, the strongest: an entry of a ConfigMap may fill several variables. */
function independent(evidence: readonly Evidence[]): readonly Evidence[] {
  const strongFirst = [...evidence.filter(isStrong), ...evidence.filter(piece => !isStrong(piece))];
  const sources = new Set<string>();
  const places = new Map<Node, Set<number>>();
  return strongFirst.filter(({ source, at }) => {
    const taken = places.get(at.in) ?? new Set();
    places.set(at.in, taken);
    if (sources.has(source) || taken.has(at.range.start)) return false;
    sources.add(source);
    taken.add(at.range.start);
    return true;
  });
}

const isStrong = ({ strength }: Evidence) => strength === 'strong';

/** By whole words: `temporal` and `fee-collector` are programs like any other. */
const telemetry =
  /(?:^|-)(?:otel(?:col|-?collector)?|opentelemetry(?:-?collector)?|jaeger|zipkin|tempo|prometheus|pushgateway|statsd|fluent(?:d|-?bit)?|logstash|loki|datadog)(?:-|$)|^(?:trace|metrics?|logs?)?-?collector$/;

function weightOf({ evidence, isGrpc, isTelemetry }: Neighbour): number {
  return (isTelemetry ? 0 : 100) + (isGrpc ? 10 : 0) + Math.min(evidence.length, 9);
}

/** Two neighbours, or one that is plainly talked to a lot: by gRPC, or named in two places of their own. */
export function isChatty(neighbours: readonly Neighbour[]): boolean {
  if (neighbours.length > 1) return true;
  return neighbours.some(({ evidence, isGrpc, isTelemetry }) => !isTelemetry && (isGrpc || evidence.length > 1));
}

/** Whether a workload keeps running where the scheduler may choose: no Jobs, and no DaemonSets, which run everywhere. */
export function isPlaceable(workload: Workload): boolean {
  return workload.kind !== 'DaemonSet' && !runsToCompletion(workload);
}

/** Programs that only make load: next to what they measure they would spoil the measurement. */
export function isLoadGenerator(workload: Workload): boolean {
  const names = [
    workload.name.string ?? '',
    ...containersOf(workload).map(container => container.at('image').string ?? ''),
  ];
  return names.some(name =>
    /(?:^|[/-])load-?(?:gen|test)|(?:^|[/-])(?:locust|k6|jmeter|fortio|vegeta|gatling|artillery|wrk2?|hey)(?:$|[:/@-])/i.test(
      name,
    ),
  );
}

/** Whether anything written already says where this traffic should go; one answered neighbour is enough. */
export function isAnswered(
  workload: Workload,
  neighbours: readonly Neighbour[],
  cluster: Cluster<'Namespace'>,
): boolean {
  const spec = podSpecOf(workload);
  if (spec.at('topologySpreadConstraints').items().length > 0 || isPinned(workload)) return true;
  const calls = neighbours.flatMap(neighbour => neighbour.calls);
  if (calls.some(({ callee }) => prefersNearby(callee))) return true;
  const own = cluster.namespaceOf(workload);
  return calls.some(call => isNear(workload, own, call, cluster));
}

/** Pinned to a node or to zones by hand: whoever wrote it decided where it runs. */
function isPinned(workload: Workload): boolean {
  const spec = podSpecOf(workload);
  const keys = spec
    .at('nodeSelector')
    .entries()
    .map(({ key }) => String(key));
  return (
    spec.at('nodeName').string !== undefined ||
    keys.some(key => /^(?:topology\.kubernetes\.io\/zone|kubernetes\.io\/hostname)$/.test(key))
  );
}

/** Whether a pod affinity draws the caller to the callee's pods. */
function isNear(
  workload: Workload,
  own: Namespace<'Namespace'>,
  { callee, workloads }: Call,
  cluster: Cluster<'Namespace'>,
): boolean {
  const there = cluster.namespaceOf(callee);
  return affinityTermsOf(workload).some(term => {
    if (term.field !== 'podAffinity' || term.selector === undefined || !looksInto(term, there, own)) return false;
    const selector = term.selector;
    // Where the pods are not among the manifests, the term gets the benefit of the doubt.
    if (!selector.isSound) return true;
    const selected = serviceSelectorOf(callee)?.requirements ?? [];
    const expected = new Map(selected.map(({ key, values }) => [key, [...values][0] ?? '']));
    return workloads.length > 0
      ? workloads.some(target => selector.matches(podLabelsOf(target)))
      : selector.matches(expected);
  });
}
