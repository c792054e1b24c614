import { mostPodsOf } from '../../kube/pods/replicas';
import type { Workload } from '../../kube/pods/workload';
import { pgbouncerRunBy } from '../../kube/pooling/pooler';
import { pgbouncerFileOf } from '../../kube/pooling/pooler-ini';
import { type PoolSize, poolSizeOf, serverPoolSizeOf } from '../../kube/pooling/pooler-size';
import { nameOf } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { defineRule } from '../../lint/rule';
import { connectionLimitOf } from '../../network/databases/connection-limit';
import {
  type Database,
  type DatabaseKind,
  databaseKinds,
  databasesOf,
  isSameDatabase,
} from '../../network/databases/databases';

export default defineRule({
  id: 'pooling/too-many-connections',
  title: 'A database takes as many connections as its clients may open',
  severity: 'info',
  per: 'scope',
  kinds: [...databaseKinds, 'HorizontalPodAutoscaler'],
  references: ['https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS'],

  check(cluster, report) {
    const { clients, fronts } = databasesOf(cluster);
    const users: User[] = [
      ...clients.map(({ workload, namespace, database }) => ({ workload, namespace, database, isPooler: false })),
      ...fronts.flatMap(({ pooler: { workloads, namespace }, database }) =>
        workloads.map(workload => ({ workload, namespace, database, isPooler: true })),
      ),
    ];
    for (const { database, members } of groupsOf(users)) {
      const limit = connectionLimitOf(database);
      if (limit === undefined) continue;
      const shares = members.flatMap(user => shareOf(user) ?? []).sort((a, b) => b.total - a.total);
      const total = shares.reduce((sum, share) => sum + share.total, 0);
      const [most, ...others] = shares;
      if (most === undefined || total <= limit.value) continue;
      const name = `${database.engine} '${nameOf(database.object)}'`;
      const rest = others.map(share => `, ${share.name} ${share.product}`).join('');
      const sum = others.length > 0 ? `, together ${total}` : '';
      const advice = most.isPooler ? '' : ' Make the pools smaller, or put a pooler in front.';
      report(
        most.size.node,
        `${most.name} may open ${most.product} connections to ${name}${rest}${sum}, and its max_connections is ${limit.value}: what comes beyond that is refused.${advice}`,
        {
          related: [
            { at: limit.node, message: `max_connections of ${name}` },
            ...others.slice(0, 6).map(share => ({ at: share.size.node, message: `Pool size of ${share.name}` })),
          ],
        },
      );
    }

    /** Pods times pool size. Whoever has several databases may mean the size for another one. */
    function shareOf({ workload, namespace, database, isPooler }: User) {
      const isTorn = users.some(other => other.workload === workload && !isSameDatabase(other.database, database));
      const size = isTorn ? undefined : sizeOf(workload, namespace);
      if (size === undefined) return undefined;
      const pods = mostPodsOf(workload, cluster.namespaceOf(workload).of('HorizontalPodAutoscaler'));
      const total = pods * size.value;
      const name = `'${nameOf(workload)}'`;
      return { name, size, total, isPooler, product: `${pods} × ${size.value} = ${total}` };
    }
  },
});

interface User {
  readonly workload: Workload;
  readonly namespace: Namespace<DatabaseKind>;
  readonly database: Database;
  readonly isPooler: boolean;
}

/** Of PgBouncer the connections that it opens, of an application those of its own pool. */
function sizeOf(workload: Workload, namespace: Namespace<DatabaseKind>): PoolSize | undefined {
  const mapsNamed = (name: string) => namespace.of('ConfigMap').filter(map => map.name.string === name);
  const pooler = pgbouncerRunBy(workload);
  if (pooler) return serverPoolSizeOf(pooler, pgbouncerFileOf(pooler, workload, mapsNamed));
  return poolSizeOf(workload, mapsNamed);
}

interface Group {
  readonly database: Database;
  readonly members: User[];
}

/** Users of one database, by whatever name they call it; each counts once. */
function groupsOf(users: readonly User[]): readonly Group[] {
  const groups: Group[] = [];
  for (const user of users) {
    const group = groups.find(({ database }) => isSameDatabase(database, user.database));
    if (group === undefined) groups.push({ database: user.database, members: [user] });
    else if (!group.members.some(({ workload }) => isVariant(workload, user.workload))) group.members.push(user);
  }
  return groups;
}

/** The same object in another file. */
function isVariant(a: Workload, b: Workload): boolean {
  return a.kind === b.kind && a.name.text === b.name.text && a.namespace === b.namespace;
}
