import { mostPodsOf } from '../../kube/pods/replicas';
import { nameOf } from '../../kube/resource';
import { isHeadless, prefersNearby, type Service } from '../../kube/services/service';
import type { Cluster } from '../../kube/view';
import { onceEach } from '../../lint/related';
import { defineRule, type Message, type Related, type Target } from '../../lint/rule';
import { callKinds, callsOf, type Evidence } from '../../network/calls/calls';
import { inWords, quoted } from '../../text/words';
import {
  type Callee,
  type Caller,
  calleesOf,
  isAnswered,
  isCertain,
  isLoadGenerator,
  isPlaceable,
  isTelemetry,
} from './shared/callees';
import { affinityFix, distributionFix, sameZoneValue } from './shared/locality';

export default defineRule({
  id: 'placement/chatty-without-affinity',
  title: 'Calls to a Service with several pods prefer the zone of the caller',
  severity: 'info',
  per: 'scope',
  kinds: [...callKinds, 'Namespace', 'HorizontalPodAutoscaler'],
  subjects: ['Service'],
  about: 'absence',
  options: ['kubernetes'],
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
    'https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution',
    'https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution',
  ],

  check(cluster, report, target) {
    for (const callee of calleesOf(callsOf(cluster))) {
      const { service } = callee;
      if (isTelemetry(service) || isHeadless(service) || !hasSeveralPods(callee, cluster)) continue;
      if (callee.calls.some(call => prefersNearby(call.callee))) continue;
      const callers = callee.callers.filter(
        caller =>
          isCertain(caller) &&
          isPlaceable(caller.workload) &&
          !isLoadGenerator(caller.workload) &&
          !isAnswered(caller, cluster),
      );
      if (callers.length === 0) continue;
      const fixes = [distributionFix(service, target.kubernetes), affinityFix(callers.map(({ call }) => call))];
      report(service.name, messageFor(service, callers, target), {
        on: callers.map(({ workload }) => workload),
        related: onceEach(relatedTo(callers)).slice(0, 8),
        fixes: fixes.filter(fix => fix !== undefined),
      });
    }
  },
});

/** Whether an endpoint can be nearer than another: more than one replica, or as many as an autoscaler sees fit. */
function hasSeveralPods({ calls }: Callee, cluster: Cluster<'HorizontalPodAutoscaler'>): boolean {
  return calls
    .flatMap(({ workloads }) => workloads)
    .some(workload => mostPodsOf(workload, cluster.namespaceOf(workload).of('HorizontalPodAutoscaler')) > 1);
}

/** Without a count of the others: builds that hold one more or less would not say the same. */
function messageFor(service: Service, callers: readonly Caller[], { kubernetes }: Target): Message {
  const names = [...new Set(callers.map(({ workload }) => nameOf(workload)))].sort();
  const shown = names.slice(0, 2).map(quoted);
  if (names.length > shown.length) shown.push('others');
  const value = sameZoneValue(kubernetes);
  const affinity = 'a preferred pod affinity';
  return {
    what: `Calls to Service '${nameOf(service)}' may cross zones`,
    why: `${inWords(shown)} ${names.length > 1 ? 'call' : 'calls'} it, and nothing prefers pods of the same zone: calls between zones take longer and often cost money.`,
    how: value
      ? `Set 'trafficDistribution: ${value}', or give its callers ${affinity}.`
      : `Give its callers ${affinity}.`,
  };
}

/** Where it is written who calls: a place for each caller. */
function relatedTo(callers: readonly Caller[]): readonly Related[] {
  return callers.flatMap(({ workload, evidence }) =>
    evidence
      .slice(0, 1)
      .map(piece => ({ at: piece.at, message: `'${nameOf(workload)}' calls it (${whereOf(piece)})` })),
  );
}

function whereOf({ kind, name }: Evidence): string {
  if (name !== undefined) return kind === 'env' ? `variable ${name}` : `ConfigMap, for variable ${name}`;
  return kind === 'initContainer' ? 'command of an init container' : kind;
}
