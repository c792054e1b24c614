import { databasesRunBy } from '../../../kube/pooling/database';
import { servicePortsOf } from '../../../kube/services/service';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import type { Database, DirectClient, PoolerEndpoint } from '../../../network/databases/databases';
import { pgbouncerFor, poolerNameFor } from './pgbouncer-file';

/** A pooler for a database that has none; nothing for MySQL, for which there is no file that would do everywhere. */
export function poolerFix({ database }: DirectClient): readonly Fix[] {
  const { object, engine } = database;
  if (object.is('Cluster.postgresql.cnpg.io')) return [cnpgFix(database)];
  if (engine !== 'Postgres' || !object.is('Service')) return [];
  const name = poolerNameFor(database);
  return [
    fix(`Write PgBouncer for '${database.host}' to ${name}.yaml; it reads its login from a Secret`, edits =>
      edits.createFile(`${name}.yaml`, pgbouncerFor(database)),
    ),
  ];
}

/** CloudNativePG runs a pooler for each kind of access: reads and writes, or reads only. */
function cnpgFix({ object, host }: Database): Fix {
  const cluster = object.name.text ?? '';
  const type = host.endsWith('-rw') ? 'rw' : 'ro';
  const name = `${cluster}-pooler-${type}`;
  const written = object.writtenNamespace;
  const namespace = written === undefined ? {} : { namespace: written };
  const manifest = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Pooler',
    metadata: { name, ...namespace },
    spec: {
      cluster: { name: cluster },
      instances: 2,
      type,
      pgbouncer: { poolMode: 'transaction', parameters: { max_client_conn: '1000', default_pool_size: '20' } },
    },
  };
  return fix(`Add Pooler '${name}' beside the Cluster`, edits => edits.append(object.node, manifest));
}

/** Names the pooler wherever the workload names the database; only where no port has to change that stands elsewhere. */
export function pointFix({ database, namespace, mentions }: DirectClient, pooler: PoolerEndpoint): readonly Fix[] {
  const listed = database.object.is('Service') ? servicePortsOf(database.object).map(({ number }) => number) : [];
  const [usual] = pooler.ports;
  const changes = mentions.map(({ place, host, port }) => {
    const written = (place.in.string ?? '').slice(place.range.start, place.range.end);
    const rest = written.slice(host.length);
    const tail = host.split('.').slice(isPodOf(host, database) ? 2 : 1);
    const isOther = pooler.namespace.name !== (tail[0] ?? namespace.name);
    const name = [pooler.host, ...(isOther ? [pooler.namespace.name, ...tail.slice(1)] : tail)].join('.');
    const asked = port ?? listed[0] ?? 5432;
    if (pooler.ports.includes(asked)) return { place, text: `${name}${rest}` };
    return rest.startsWith(':') && usual !== undefined ? { place, text: `${name}:${usual}` } : undefined;
  });
  if (changes.some(change => change === undefined)) return [];
  const connect = fix(`Connect to '${pooler.host}' instead`, edits => {
    for (const change of changes) if (change) edits.replace(change.place, change.text);
  });
  return [connect];
}

/** `db-0.db`: one pod of a StatefulSet. */
function isPodOf(host: string, { host: service, workloads }: Database): boolean {
  const [first, second] = host.split('.');
  return first !== service && second === service && workloads.some(workload => databasesRunBy(workload).length > 0);
}
