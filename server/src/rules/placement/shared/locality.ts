import { podLabelsOf, podSpecOf, type Workload } from '../../../kube/pods/workload';
import { isHeadless, type Service, serviceSelectorOf } from '../../../kube/services/service';
import { set } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import type { Version } from '../../../lint/version';
import type { Call } from '../../../network/calls/calls';

export const zone = 'topology.kubernetes.io/zone';

/** The value of `trafficDistribution` that keeps traffic in the zone; before 1.31 there is none that is on by default. */
export function sameZoneValue(kubernetes: Version): string | undefined {
  if (kubernetes.atLeast('1.34')) return 'PreferSameZone';
  return kubernetes.atLeast('1.31') ? 'PreferClose' : undefined;
}

/**
 * A preferred term towards the pods that the Service selects. It never blocks scheduling, whatever happens to them;
 * towards pods that no manifest shows, or that run everywhere, it would say nothing.
 */
export function affinityFix({ caller, callerNamespace, callee, calleeNamespace, workloads }: Call): Fix | undefined {
  const selector = serviceSelectorOf(callee);
  if (selector === undefined || workloads.every(({ kind }) => kind === 'DaemonSet')) return undefined;
  const terms = podSpecOf(caller).at('affinity', 'podAffinity', 'preferredDuringSchedulingIgnoredDuringExecution');
  const matchLabels = Object.fromEntries(selector.requirements.map(({ key, values }) => [key, [...values][0] ?? '']));
  const elsewhere = calleeNamespace === callerNamespace ? {} : { namespaces: [calleeNamespace.name] };
  const podAffinityTerm = { labelSelector: { matchLabels }, ...elsewhere, topologyKey: zone };
  return set(
    `Prefer zones where '${callee.name.string}' runs (preferred pod affinity)`,
    terms.at(terms.items().length),
    { weight: 100, podAffinityTerm },
  );
}

/** Callers get the endpoints of their own zone; where it has none, all others as before. */
export function distributionFix(service: Service, kubernetes: Version): Fix | undefined {
  const value = sameZoneValue(kubernetes);
  if (value === undefined || isHeadless(service)) return undefined;
  return set(
    `Send callers of '${service.name.string}' to endpoints in their own zone (trafficDistribution: ${value})`,
    service.at('spec', 'trafficDistribution'),
    value,
  );
}

/** Spreads a workload over the zones as well as it can, so that each has somebody to call and to be called. */
export function spreadFix(workload: Workload): Fix | undefined {
  const selected = workload.at('spec', 'selector', 'matchLabels').value;
  const matchLabels = isFilled(selected) ? selected : Object.fromEntries(podLabelsOf(workload));
  if (!isFilled(matchLabels)) return undefined;
  const constraint = {
    maxSkew: 1,
    topologyKey: zone,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  };
  return set(
    `Spread '${workload.name.string}' over the zones (topology spread, ScheduleAnyway)`,
    podSpecOf(workload).at('topologySpreadConstraints', 0),
    constraint,
  );
}

const isFilled = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;
