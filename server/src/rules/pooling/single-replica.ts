import { mostPodsOf } from '../../kube/pods/replicas';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { databaseKinds, databasesOf } from '../../network/databases/databases';

export default defineRule({
  id: 'pooling/single-replica',
  title: 'A pooler that several workloads depend on has more than one pod',
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
      const [first, second] = [...clients].sort();
      const more = clients.size > 2 ? ' and others' : '';
      report(
        field.exists ? field : workload.name,
        `Pooler '${nameOf(workload)}' is one pod, and ${more === '' ? `'${first}' and '${second}'` : `'${first}', '${second}'${more}`} lose their database whenever it restarts or moves.`,
        { fixes: [set('Run 2 replicas', field, 2)] },
      );
    }
  },
});
