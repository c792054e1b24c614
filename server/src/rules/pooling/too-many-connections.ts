import { type PoolSize, poolSizeOf } from '../../kube/pooler-size';
import type { Workload } from '../../kube/workload';
import { defineRule } from '../../lint/rule';
import { type Database, type DirectClient, databaseKinds, databasesOf, isSameDatabase } from '../../network/databases';
import { connectionLimitOf } from '../../network/databases-limit';
import { mostPodsOf } from '../placement/replicas';

export default defineRule({
  id: 'pooling/too-many-connections',
  title: 'A database takes as many connections as its clients may open',
  severity: 'info',
  per: 'scope',
  kinds: [...databaseKinds, 'HorizontalPodAutoscaler'],
  references: ['https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS'],

  check(cluster, report) {
    for (const { database, clients } of byDatabase(databasesOf(cluster).clients)) {
      const limit = connectionLimitOf(database);
      if (limit === undefined) continue;
      const shares = clients.flatMap(client => shareOf(client) ?? []).sort((a, b) => b.total - a.total);
      const total = shares.reduce((sum, share) => sum + share.total, 0);
      const [most, ...others] = shares;
      if (most === undefined || total <= limit.value) continue;
      const name = `${database.engine} '${database.object.name.text ?? ''}'`;
      const rest = others.map(share => `, '${share.workload.name.text ?? ''}' ${share.product}`).join('');
      const sum = others.length > 0 ? `, together ${total}` : '';
      report(
        most.size.node,
        `'${most.workload.name.text ?? ''}' may open ${most.product} connections to ${name}${rest}${sum}, and its max_connections is ${limit.value}: what comes beyond that is refused. Make the pools smaller, or put a pooler in front.`,
        {
          related: [
            { at: limit.node, message: `max_connections of ${name}` },
            ...others
              .slice(0, 6)
              .map(share => ({ at: share.size.node, message: `Pool size of '${share.workload.name.text ?? ''}'` })),
          ],
        },
      );
    }

    /** Pods times pool size. Whoever has several databases may mean the size for another one. */
    function shareOf({ workload, namespace, database }: DirectClient) {
      const all = databasesOf(cluster).clients.filter(other => other.workload === workload);
      if (all.some(other => !isSameDatabase(other.database, database))) return undefined;
      const size = poolSizeOf(workload, name => namespace.of('ConfigMap').filter(map => map.name.string === name));
      if (size === undefined) return undefined;
      const home = cluster.namespaceOf(workload);
      return share(workload, size, mostPodsOf(workload, home.of('HorizontalPodAutoscaler')));
    }
  },
});

function share(workload: Workload, size: PoolSize, pods: number) {
  const total = pods * size.value;
  return { workload, size, total, product: `${pods} × ${size.value} = ${total}` };
}

interface Group {
  readonly database: Database;
  readonly clients: DirectClient[];
}

/** Clients of one database, by whatever name they call it; each counts once. */
function byDatabase(clients: readonly DirectClient[]): readonly Group[] {
  const groups: Group[] = [];
  for (const client of clients) {
    const group = groups.find(({ database }) => isSameDatabase(database, client.database));
    if (group === undefined) groups.push({ database: client.database, clients: [client] });
    else if (!group.clients.some(({ workload }) => isVariant(workload, client.workload))) group.clients.push(client);
  }
  return groups;
}

/** The same object in another file. */
function isVariant(a: Workload, b: Workload): boolean {
  return a === b || (a.kind === b.kind && a.name.text === b.name.text && a.namespace === b.namespace);
}
