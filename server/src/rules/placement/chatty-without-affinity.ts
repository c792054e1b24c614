import { mostPodsOf } from '../../kube/pods/replicas';
import { type Workload, workloadKinds } from '../../kube/pods/workload';
import { nameOf, type Resource } from '../../kube/resource';
import { defineRule, type Fix, type Related, type Target } from '../../lint/rule';
import { type Call, callKinds, callsOfCaller, type Evidence } from '../../network/calls/calls';
import { inWords } from '../../text/words';
import { affinityFix, distributionFix, spreadFix } from './shared/locality';
import { isAnswered, isChatty, isLoadGenerator, isPlaceable, type Neighbour, neighboursOf } from './shared/neighbours';

export default defineRule({
  id: 'placement/chatty-without-affinity',
  title: 'A workload that talks to others in the cluster says that it wants them nearby',
  severity: 'info',
  per: 'scope',
  kinds: [...callKinds, 'Namespace', 'HorizontalPodAutoscaler'],
  about: 'absence',
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
    'https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution',
  ],

  check(cluster, report, target) {
    for (const workload of cluster.judged(...workloadKinds)) {
      if (!isPlaceable(workload) || isLoadGenerator(workload)) continue;
      const neighbours = neighboursOf(callsOfCaller(cluster, workload));
      if (!isChatty(neighbours) || isAnswered(workload, neighbours, cluster)) continue;
      report(workload.name, messageFor(workload, neighbours), {
        related: neighbours.slice(0, 8).flatMap(relatedTo).slice(0, 8),
        fixes: fixesFor(workload, neighbours, cluster.of('HorizontalPodAutoscaler'), target),
      });
    }
  },
});

/** Without a count of the others: scopes that hold one more or less would not say the same. */
function messageFor(workload: Workload, neighbours: readonly Neighbour[]): string {
  const shown = neighbours.slice(0, 3).map(({ name, isGrpc }) => (isGrpc ? `'${name}' (gRPC)` : `'${name}'`));
  if (neighbours.length > shown.length) shown.push('others');
  const names = inWords(shown);
  return (
    `'${nameOf(workload)}' talks to ${names}, and nothing keeps this traffic close: ` +
    'the scheduler may put the pods into different zones, where each call takes longer and often costs money. ' +
    'Say what should be near: a preferred pod affinity, a topology spread, or trafficDistribution on a Service it calls.'
  );
}

/** Where it is written that the workload talks to a neighbour: at most two places each. */
function relatedTo({ name, evidence }: Neighbour): readonly Related[] {
  return evidence.slice(0, 2).map(piece => ({ at: piece.at, message: `'${name}' is named ${whereOf(piece)}` }));
}

function whereOf({ kind, name }: Evidence): string {
  if (name !== undefined)
    return kind === 'env' ? `in the variable ${name}` : `in a ConfigMap, for the variable ${name}`;
  return kind === 'initContainer' ? 'in a command of an init container' : `in ${kind}`;
}

/**
 * What helps most comes first: with several endpoints the Service can choose among them, with a single one only the
 * place of the caller can change.
 */
function fixesFor(
  workload: Workload,
  neighbours: readonly Neighbour[],
  autoscalers: readonly Resource[],
  { kubernetes }: Target,
): readonly Fix[] {
  const calls = neighbours.flatMap(neighbour => neighbour.calls.slice(0, 1));
  const choosable = calls.find(call => hasSeveralPods(call, autoscalers)) ?? calls[0];
  const distribution = choosable && distributionFix(choosable.callee, kubernetes);
  const affinity = calls.map(affinityFix).find(fix => fix !== undefined);
  const isChoosable = choosable !== undefined && hasSeveralPods(choosable, autoscalers);
  const inOrder = isChoosable ? [distribution, affinity] : [affinity, distribution];
  return [...inOrder, spreadFix(workload)].filter(fix => fix !== undefined);
}

/** More than one replica, or as many as an autoscaler sees fit. */
function hasSeveralPods({ workloads }: Call, autoscalers: readonly Resource[]): boolean {
  return workloads.some(workload => workload.kind === 'DaemonSet' || mostPodsOf(workload, autoscalers) > 1);
}
