import { podSpecOf } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { pgbouncerKinds, pgbouncersIn } from './shared/pgbouncers';

export default defineRule({
  id: 'pooling/unspread-replicas',
  title: 'Pods of a pooler are spread over nodes',
  severity: 'info',
  per: 'namespace',
  kinds: pgbouncerKinds,
  references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],

  check(namespace, report) {
    for (const { workload, isApart } of pgbouncersIn(namespace)) {
      const spec = podSpecOf(workload);
      if (workload.kind !== 'Deployment' || !isApart || (workload.at('spec', 'replicas').number ?? 1) < 2) continue;
      if (!spec.at('topologySpreadConstraints').isEmpty || !spec.at('affinity', 'podAntiAffinity').isEmpty) continue;
      const labels = workload.at('spec', 'selector', 'matchLabels');
      const spread = {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: labels.value },
      };
      report(
        workload.name,
        {
          what: `Pods of pooler '${nameOf(workload)}' may all run on one node`,
          why: 'Nothing keeps them apart, so the end of one node may cut every connection to the database.',
          how: "Spread them over 'kubernetes.io/hostname' with topologySpreadConstraints.",
        },
        {
          fixes: labels.isEmpty
            ? []
            : [set('Spread them over nodes where possible', spec.at('topologySpreadConstraints'), [spread])],
        },
      );
    }
  },
});
