import { mostPodsOf } from '../../kube/pods/replicas';
import type { Workload } from '../../kube/pods/workload';
import { pgbouncerRunBy } from '../../kube/pooling/pooler';
import { pgbouncerFileOf } from '../../kube/pooling/pooler-ini';
import { type PoolSize, poolSizeOf, serverPoolSizeOf } from '../../kube/pooling/pooler-size';
import { nameOf } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
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
  title: 'max_connections of a database covers the pools of all its clients',
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
      const rest = others.slice(0, 2).map(share => `, ${share.name} ${share.product}`);
      const sum = others.length > 0 ? `${others.length > 2 ? ', with others' : ', together'} ${total}` : '';
      report(
        most.size.node,
        {
          what: `Clients may open ${total} connections to ${name}, which accepts ${limit.value}`,
          why: `${most.name} may open ${most.product}${rest.join('')}${sum}. What exceeds 'max_connections' is refused.`,
          how: most.isPooler
            ? "Make the pool smaller, or raise 'max_connections'."
            : 'Make the pools smaller, or put a pooler in front.',
        },
        {
          related: [
            { at: limit.node, message: `Limit of ${limit.value} connections` },
            ...others.slice(0, 6).map(share => ({ at: share.size.node, message: `Pool size of ${share.name}` })),
          ],
          fixes: fixesFor(most, limit.value - (total - most.total)),
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
      return { name, size, pods, total, isPooler, product: `${pods} × ${size.value} = ${total}` };
    }
  },
});

/**
 * Connections that Postgres keeps for superusers.
 *
 * @source https://www.postgresql.org/docs/current/runtime-config-connection.html (superuser_reserved_connections, 18)
 */
const reserved = 3;

/** A pool that all pods together fit with into what is left; only where its size is a value of its own. */
function fixesFor({ name, size, pods }: Share, left: number): Fix[] {
  const most = Math.floor((left - reserved) / pods);
  if (most < 1 || Number(size.node.text) !== size.value) return [];
  const value = size.node.string === undefined ? most : String(most);
  return [set(`Make the pool of ${name} ${most} connections`, size.node, value)];
}

interface Share {
  readonly name: string;
  readonly size: PoolSize;
  readonly pods: number;
}

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
