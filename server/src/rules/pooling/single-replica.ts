import { mostPodsOf } from '../../kube/pods/replicas';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { databaseKinds, databasesOf } from '../../network/databases/databases';
import { inWords, quoted } from '../../text/words';

export default defineRule({
  id: 'pooling/single-replica',
  title: 'Poolers that several workloads use have more than one replica',
  severity: 'info',
  per: 'scope',
  kinds: [...databaseKinds, 'HorizontalPodAutoscaler'],
  references: ['https://www.pgbouncer.org/config.html#so_reuseport'],

  check(cluster, report) {
    const { poolers, pooled } = databasesOf(cluster);
    const all = [...new Set(poolers.flatMap(({ workloads }) => workloads))];
    for (const workload of all) {
      if (workload.kind !== 'Deployment' && workload.kind !== 'StatefulSet') continue;
      const autoscalers = cluster.namespaceOf(workload).of('HorizontalPodAutoscaler');
      const ends = poolers.filter(({ workloads }) => workloads.includes(workload));
      const clients = new Set(ends.flatMap(end => pooled.get(end) ?? []).map(client => client.name.text));
      if (clients.size < 2 || mostPodsOf(workload, autoscalers) !== 1) continue;
      const field = workload.at('spec', 'replicas');
      const shown = [...clients]
        .sort()
        .slice(0, 2)
        .map(name => quoted(name ?? ''));
      if (clients.size > shown.length) shown.push('others');
      report(
        field.exists ? field : workload.name,
        {
          what: `Pooler '${nameOf(workload)}' has a single replica`,
          why: `${inWords(shown)} lose their database whenever this pod restarts or moves.`,
          how: "Set 'replicas' to 2 or more.",
        },
        { fixes: [set('Run 2 replicas', field, 2)] },
      );
    }
  },
});
