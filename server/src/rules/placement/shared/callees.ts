import { affinityTermsOf, looksInto } from '../../../kube/pods/affinity';
import { containersOf, podLabelsOf, podSpecOf, runsToCompletion, type Workload } from '../../../kube/pods/workload';
import { type Service, serviceSelectorOf } from '../../../kube/services/service';
import type { Cluster, Namespace } from '../../../kube/view';
import type { Call, Evidence } from '../../../network/calls/calls';
import { grouped } from '../../../text/maps';
import type { Node } from '../../../yaml/node';

/** A Service that workloads call. Files that hold alternatives of it, or of what is behind it, are one callee. */
export interface Callee {
  readonly service: Service;
  readonly calls: readonly Call[];
  readonly callers: readonly Caller[];
}

/** A workload that calls a Service. */
export interface Caller {
  readonly workload: Workload;
  readonly call: Call;
  /** One for each independent place that names it, the strongest first. */
  readonly evidence: readonly Evidence[];
}

export function calleesOf(calls: readonly Call[]): readonly Callee[] {
  const byName = grouped(calls, ({ calleeNamespace, callee }) => `${calleeNamespace.name}/${callee.name.string}`);
  return [...byName.values()].flatMap(same => {
    const [first] = same;
    const callers = [...grouped(same, ({ caller }) => caller).values()].flatMap(callerOf);
    return first === undefined ? [] : [{ service: first.callee, calls: same, callers }];
  });
}

function callerOf(calls: readonly Call[]): readonly Caller[] {
  const [call] = calls;
  const evidence = independent(calls.flatMap(each => each.evidence));
  return call === undefined ? [] : [{ workload: call.caller, call, evidence }];
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

/** Where traces, metrics and logs go: everybody names it, and nobody waits for it. */
export const isTelemetry = ({ name }: Service) => telemetry.test(name.string ?? '');

/** By whole words: `temporal` and `fee-collector` are programs like any other. */
const telemetry =
  /(?:^|-)(?:otel(?:col|-?collector)?|opentelemetry(?:-?collector)?|jaeger|zipkin|tempo|prometheus|pushgateway|statsd|fluent(?:d|-?bit)?|logstash|loki|datadog)(?:-|$)|^(?:trace|metrics?|logs?)?-?collector$/;

/** Whether the manifests are plain about it: by an address with a port of the Service, by gRPC, or in two places. */
export function isCertain({ evidence, call }: Caller): boolean {
  return call.isGrpc || evidence.length > 1 || evidence.some(isStrong);
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

/** Whether anything written already says where the calls of a workload should go. */
export function isAnswered({ workload, call }: Caller, cluster: Cluster<'Namespace'>): boolean {
  const isSpread = podSpecOf(workload).at('topologySpreadConstraints').items().length > 0;
  return isSpread || isPinned(workload) || isNear(workload, cluster.namespaceOf(workload), call, cluster);
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
