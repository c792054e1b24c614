import { mostPodsOf } from '../../kube/pods/replicas';
import { nameOf } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { set } from '../../lint/fixes';
import { onceEach } from '../../lint/related';
import { defineRule, type Fix, type Message, type Related } from '../../lint/rule';
import {
  type Database,
  type DatabaseKind,
  type DirectClient,
  databaseKinds,
  databasesOf,
  isSameDatabase,
  type PoolerEndpoint,
} from '../../network/databases/databases';
import { inWords, quoted } from '../../text/words';
import type { Node } from '../../yaml/node';
import { pointFix, poolerFix } from './shared/pooler-fixes';
import { poolerKinds } from './shared/pooler-policies';

export default defineRule({
  id: 'pooling/direct-database',
  title: 'Workloads share connections to a database through a pooler',
  severity: 'hint',
  per: 'scope',
  kinds: [...poolerKinds, 'HorizontalPodAutoscaler'],
  subjects: databaseKinds,
  about: 'absence',
  references: [
    'https://www.pgbouncer.org/features.html',
    'https://cloudnative-pg.io/documentation/current/connection_pooling/',
    'https://postgres-operator.readthedocs.io/en/latest/user/#connection-pooler',
  ],

  check(cluster, report) {
    const { clients, poolersOf } = databasesOf(cluster);
    for (const all of byDatabase(clients)) {
      const [pooler] = all.flatMap(({ database }) => poolersOf(database));
      const direct = all.filter(({ database }) =>
        pooler === undefined ? !isPooled(database, cluster) : poolersOf(database).includes(pooler),
      );
      const [first] = direct;
      if (first === undefined || podsOf(direct, cluster) < 2) continue;
      const field = pooler === undefined ? switchOf(direct) : undefined;
      report(field?.exists ? field : first.database.object.name, messageFor(first.database, direct, pooler, field), {
        on: direct.map(({ workload }) => workload),
        related: onceEach(direct.flatMap(relatedTo)).slice(0, 8),
        fixes: pooler ? pointFix(direct, pooler) : field ? [switchOn(field)] : poolerFix(direct, cluster),
      });
    }
  },
});

/** Clients by what they connect to: of an operator's database the hosts for reads and for writes are one. */
function byDatabase(clients: readonly DirectClient[]): readonly (readonly DirectClient[])[] {
  const groups: DirectClient[][] = [];
  for (const client of clients) {
    const isSame = ({ database }: DirectClient) =>
      database.object === client.database.object || isSameDatabase(database, client.database);
    const group = groups.find(group => group.some(isSame));
    if (group) group.push(client);
    else groups.push([client]);
  }
  return groups;
}

/** How many pods may open connections: one alone shares nothing with anybody. */
function podsOf(clients: readonly DirectClient[], cluster: Cluster<'HorizontalPodAutoscaler'>): number {
  const workloads = [...new Set(clients.map(({ workload }) => workload))];
  const pods = workloads.map(workload =>
    workload.kind === 'DaemonSet'
      ? 2
      : mostPodsOf(workload, cluster.namespaceOf(workload).of('HorizontalPodAutoscaler')),
  );
  return pods.reduce((sum, each) => sum + each, 0);
}

/** A pooler of the same namespace of which nobody sees what is behind it may well be the one of this database. */
function isPooled({ namespace }: Database, cluster: Cluster<DatabaseKind>): boolean {
  const { poolers, isPlaced } = databasesOf(cluster);
  return poolers.some(
    pooler => pooler.namespace.name === namespace.name && pooler.object.is('Service') && !isPlaced(pooler),
  );
}

/** The field by which Zalando's operator runs a pooler itself. */
function switchOf(clients: readonly DirectClient[]): Node | undefined {
  const [first] = clients;
  if (!first?.database.object.is('postgresql.acid.zalan.do')) return undefined;
  const isReplica = clients.every(({ database }) => database.host.endsWith('-repl'));
  return first.database.object.at('spec', isReplica ? 'enableReplicaConnectionPooler' : 'enableConnectionPooler');
}

const switchOn = (field: Node): Fix => set(`Set ${field.key}: true`, field, true);

/** Without a count of the others: builds that hold one more or less would not say the same. */
function messageFor(
  database: Database,
  clients: readonly DirectClient[],
  pooler: PoolerEndpoint | undefined,
  field: Node | undefined,
): Message {
  const names = [...new Set(clients.map(({ workload }) => nameOf(workload)))].sort();
  const shown = names.slice(0, 2).map(quoted);
  if (names.length > shown.length) shown.push('others');
  const direct = `${inWords(shown)} ${names.length > 1 ? 'connect' : 'connects'} directly, each pod with connections of its own`;
  const name = `${database.engine} '${nameOf(database.object)}'`;
  if (pooler !== undefined) {
    return {
      what: `Clients bypass the pooler of ${name}`,
      why: `${direct}, which the pooler '${pooler.host}' neither shares nor limits.`,
      how: `Connect to '${pooler.host}' instead.`,
    };
  }
  return {
    what: `${name} has no connection pooler`,
    why: `${direct}. ${costs[database.engine]}`,
    how: howFor(database, field),
  };
}

const costs = {
  Postgres: 'Postgres runs a process for each of them, busy or not.',
  MySQL: 'MySQL keeps a thread for each of them, busy or not.',
} as const;

function howFor({ object, engine }: Database, field: Node | undefined): string {
  if (field !== undefined) return `Set '${field.key}: true', so that the operator runs a pooler, and connect to that.`;
  if (object.is('Cluster.postgresql.cnpg.io')) return 'Add a Pooler for the Cluster, and connect to that.';
  return `Put a pooler such as ${engine === 'MySQL' ? 'ProxySQL' : 'PgBouncer'} before it, and connect to that.`;
}

/** Where a client names the database. */
function relatedTo({ workload, database, mentions }: DirectClient): readonly Related[] {
  return mentions.slice(0, 1).map(({ place, name, kind }) => {
    const where = name === undefined ? kind : kind === 'env' ? `variable ${name}` : `ConfigMap, for variable ${name}`;
    return { at: place, message: `'${nameOf(workload)}' connects to '${database.host}' (${where})` };
  });
}
