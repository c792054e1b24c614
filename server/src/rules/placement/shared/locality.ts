import { podSpecOf } from '../../../kube/pods/workload';
import { type Service, serviceSelectorOf } from '../../../kube/services/service';
import { fix, set } from '../../../lint/fixes';
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
 * Preferred terms of all callers towards the pods that the Service selects. They never block scheduling, whatever happens
 * to these pods; towards pods that no manifest shows they would say nothing.
 */
export function affinityFix(calls: readonly Call[]): Fix | undefined {
  const [first] = calls;
  const isSelecting = calls.every(({ callee }) => serviceSelectorOf(callee) !== undefined);
  if (first === undefined || !isSelecting) return undefined;
  return fix(`Prefer zones where '${first.callee.name.string}' runs (preferred pod affinity)`, edits => {
    for (const call of calls) {
      const terms = podSpecOf(call.caller).at(
        'affinity',
        'podAffinity',
        'preferredDuringSchedulingIgnoredDuringExecution',
      );
      edits.set(terms.at(terms.items().length), { weight: 100, podAffinityTerm: termTowards(call) });
    }
  });
}

function termTowards({ callerNamespace, callee, calleeNamespace }: Call): object {
  const requirements = serviceSelectorOf(callee)?.requirements ?? [];
  const matchLabels = Object.fromEntries(requirements.map(({ key, values }) => [key, [...values][0] ?? '']));
  const elsewhere = calleeNamespace === callerNamespace ? {} : { namespaces: [calleeNamespace.name] };
  return { labelSelector: { matchLabels }, ...elsewhere, topologyKey: zone };
}

/** Callers get the endpoints of their own zone; where it has none, all others as before. */
export function distributionFix(service: Service, kubernetes: Version): Fix | undefined {
  const value = sameZoneValue(kubernetes);
  if (value === undefined) return undefined;
  return set(
    `Keep calls to '${service.name.string}' in their zone (${value})`,
    service.at('spec', 'trafficDistribution'),
    value,
  );
}
