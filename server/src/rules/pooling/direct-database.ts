import { nameOf, type Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { set } from '../../lint/fixes';
import { defineRule, type Fix, type Related } from '../../lint/rule';
import type { Mention } from '../../network/calls/evidence';
import {
  type Database,
  type DatabaseKind,
  type DirectClient,
  databaseKinds,
  databasesOf,
} from '../../network/databases/databases';
import { add } from '../../text/maps';
import { inWords, quoted } from '../../text/words';
import { pointFix, poolerFix } from './shared/pooler-fixes';

export default defineRule({
  id: 'pooling/direct-database',
  title: 'Workloads share connections to a database through a pooler',
  severity: 'hint',
  per: 'scope',
  kinds: databaseKinds,
  about: 'absence',
  references: [
    'https://www.pgbouncer.org/features.html',
    'https://cloudnative-pg.io/documentation/current/connection_pooling/',
    'https://postgres-operator.readthedocs.io/en/latest/user/#connection-pooler',
  ],

  check(cluster, report) {
    const { clients, poolersOf } = databasesOf(cluster);
    const byOperator = new Map<Resource, DirectClient[]>();
    for (const client of clients) {
      const { workload, database } = client;
      const [pooler] = poolersOf(database);
      if (pooler !== undefined) {
        report(
          workload.name,
          `'${nameOf(workload)}' connects straight to ${shown(database)} and goes past the pooler '${pooler.host}' that stands before it.`,
          { related: relatedOf(client), fixes: pointFix(client, pooler) },
        );
      } else if (database.object.is('postgresql.acid.zalan.do')) {
        add(byOperator, database.object, client);
      } else if (!isPooled(database, cluster)) {
        report(workload.name, messageFor(quoted(nameOf(workload)), 'connects', database), {
          related: relatedOf(client),
          fixes: poolerFix(client),
        });
      }
    }
    for (const [object, users] of byOperator) reportOperator(object, users);

    /** Zalando's operator runs a pooler by itself when it is told to. */
    function reportOperator(object: Resource, users: readonly DirectClient[]): void {
      const [first] = users;
      if (first === undefined) return;
      const names = [...new Set(users.map(({ workload }) => quoted(nameOf(workload))))].sort();
      const isReplica = users.every(({ database }) => database.host.endsWith('-repl'));
      const field = object.at('spec', isReplica ? 'enableReplicaConnectionPooler' : 'enableConnectionPooler');
      const who = inWords(names);
      const fix: Fix = set(`Set ${field.key}: true`, field, true);
      report(
        field.exists ? field : object.name,
        `${messageFor(who, names.length > 1 ? 'connect' : 'connects', first.database)} '${field.key}: true' makes the operator run one.`,
        { related: users.flatMap(relatedOf).slice(0, 8), fixes: [fix] },
      );
    }
  },
});

const shown = ({ engine, object }: Database) => `${engine} '${nameOf(object)}'`;

const costs = {
  Postgres: 'Postgres runs a process for each of them, busy or not. A pooler such as PgBouncer lets all share a few.',
  MySQL: 'MySQL keeps a thread for each of them, busy or not. A pooler such as ProxySQL lets all share a few.',
} as const;

function messageFor(who: string, verb: string, database: Database): string {
  return `${who} ${verb} straight to ${shown(database)}: each pod opens connections of its own, and ${costs[database.engine]}`;
}

/** A pooler of the same namespace of which nobody sees what is behind it may well be the one of this database. */
function isPooled({ namespace }: Database, cluster: Cluster<DatabaseKind>): boolean {
  const { poolers, isPlaced } = databasesOf(cluster);
  return poolers.some(
    pooler => pooler.namespace.name === namespace.name && pooler.object.is('Service') && !isPlaced(pooler),
  );
}

/** Where it is written: one place for each variable. */
function relatedOf({ workload, database, mentions }: DirectClient): readonly Related[] {
  const sources = new Map<string, Mention>();
  for (const mention of mentions) {
    const key = mention.name ?? mention.kind;
    if (!sources.has(key)) sources.set(key, mention);
  }
  return [...sources.values()].slice(0, 4).map(({ place, name, kind }) => {
    const where = name === undefined ? `in its ${kind}` : kind === 'env' ? `in ${name}` : `in a ConfigMap, for ${name}`;
    return { at: place, message: `'${nameOf(workload)}' names '${database.host}' ${where}` };
  });
}
