import { affinityTermsOf } from '../../kube/pods/affinity';
import { podLabelsOf } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';
import { preferredInstead } from './shared/affinity-fixes';
import { zone } from './shared/locality';

/** Zones that a region has at the big clouds, as a rule. */
const usualZones = 3;

export default defineRule({
  id: 'placement/anti-affinity-limits-replicas',
  title: 'A required anti-affinity by zone leaves room for every replica',
  severity: 'info',
  per: 'resource',
  kinds: ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'],
  references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],

  check(workload, report) {
    const replicas = workload.at('spec', 'replicas');
    const count = replicas.number ?? 1;
    if (count <= usualZones) return;
    for (const term of affinityTermsOf(workload)) {
      const isByZone = term.field === 'podAntiAffinity' && term.isRequired && term.topologyKey === zone;
      if (!isByZone || term.selector?.matches(podLabelsOf(workload)) !== true) continue;
      report(
        term.node.at('topologyKey'),
        `This lets one pod of '${nameOf(workload)}' run in each zone, and ${count} are wanted: in a region of ${usualZones} zones, as most are, ${count - usualZones} stay Pending. A topology spread with maxSkew 1 has no such limit.`,
        { related: [{ at: replicas, message: 'replicas' }], fixes: [preferredInstead(term)] },
      );
    }
  },
});
