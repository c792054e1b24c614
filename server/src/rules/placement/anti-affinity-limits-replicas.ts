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
  title: 'A required zone anti-affinity has a zone for each replica',
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
        {
          what: `Anti-affinity of '${nameOf(workload)}' allows one of ${count} pods in each zone`,
          why: `In a region with ${usualZones} zones, as most have, ${count - usualZones} ${count - usualZones > 1 ? 'pods stay' : 'pod stays'} Pending.`,
          how: "Prefer it instead, or spread the pods with topologySpreadConstraints and 'maxSkew: 1'.",
        },
        { related: [{ at: replicas, message: `${count} replicas` }], fixes: [preferredInstead(term)] },
      );
    }
  },
});
