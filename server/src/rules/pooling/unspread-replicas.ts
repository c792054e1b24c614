import { podSpecOf } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { pgbouncerKinds, pgbouncersIn } from './shared/pgbouncers';

export default defineRule({
  id: 'pooling/unspread-replicas',
  title: 'The pods of a pooler run on different nodes',
  severity: 'info',
  per: 'namespace',
  kinds: pgbouncerKinds,
  references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],

  check(namespace, report) {
    for (const { workload, services } of pgbouncersIn(namespace)) {
      const spec = podSpecOf(workload);
      const isApart = spec.at('containers').items().length <= 2 && services.length > 0;
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
        `Nothing keeps the pods of pooler '${nameOf(workload)}' apart: where the scheduler puts them on one node, its end cuts every connection to the database.`,
        {
          fixes: labels.isEmpty
            ? []
            : [set('Spread them over nodes where possible', spec.at('topologySpreadConstraints'), [spread])],
        },
      );
    }
  },
});
