import { databasesRunBy } from '../../../kube/pooling/database';
import { servicePortsOf } from '../../../kube/services/service';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import type { Database, DirectClient, PoolerEndpoint } from '../../../network/databases/databases';
import type { Place } from '../../../yaml/replace';
import { labelsFor, pgbouncerFor, poolerNameFor, portOf, secretOf } from './pgbouncer-file';
import { type PoolerCluster, policiesFor } from './pooler-policies';

/**
 * A pooler for a database that has none, and its clients told of it; nothing for MySQL, for which there is no file that
 * would do everywhere.
 */
export function poolerFix(clients: readonly DirectClient[], cluster: PoolerCluster): readonly Fix[] {
  const [first] = clients;
  if (first === undefined) return [];
  const { database } = first;
  const { object, engine, namespace } = database;
  if (object.is('Cluster.postgresql.cnpg.io')) return [cnpgFix(clients, database)];
  if (engine !== 'Postgres' || !object.is('Service')) return [];
  const name = poolerNameFor(database);
  const policies = policiesFor(clients, database, name, new Map(Object.entries(labelsFor(name))), cluster);
  const changes = changesOf(clients, { host: name, namespace, ports: [portOf(database)] });
  if (policies === undefined || changes === undefined) return [];
  const secret = secretOf(database);
  const login = secret.isThere ? `login from Secret '${secret.name}'` : `make Secret '${secret.name}'`;
  return [
    fix(`Put PgBouncer before '${database.host}' (${login})`, edits => {
      edits.createFile(`${name}.yaml`, [...pgbouncerFor(database), ...policies]);
      for (const { place, text } of changes) edits.replace(place, text);
    }),
  ];
}

/** CloudNativePG runs a pooler for each kind of access: reads and writes, or reads only. */
function cnpgFix(clients: readonly DirectClient[], { object }: Database): Fix {
  const cluster = object.name.text ?? '';
  const type = clients.some(({ database }) => database.host.endsWith('-rw')) ? 'rw' : 'ro';
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

/** Names the pooler wherever the workloads name the database; only where no port has to change that stands elsewhere. */
export function pointFix(clients: readonly DirectClient[], pooler: PoolerEndpoint): readonly Fix[] {
  const changes = changesOf(clients, pooler);
  if (changes === undefined) return [];
  const connect = fix(`Connect to '${pooler.host}' instead`, edits => {
    for (const { place, text } of changes) edits.replace(place, text);
  });
  return [connect];
}

interface Change {
  readonly place: Place;
  readonly text: string;
}

/** The host of a pooler for that of its database, wherever clients have it; undefined where that can't be done. */
function changesOf(
  clients: readonly DirectClient[],
  pooler: Pick<PoolerEndpoint, 'host' | 'namespace' | 'ports'>,
): readonly Change[] | undefined {
  const changes = clients.map(client => changesFor(client, pooler));
  return changes.some(each => each === undefined) ? undefined : eachPlace(changes.flatMap(each => each ?? []));
}

/** Clients may have the host from one ConfigMap. */
function eachPlace(changes: readonly Change[]): readonly Change[] {
  const isSame = (a: Place, b: Place) => a.in === b.in && a.range.start === b.range.start;
  return changes.filter(({ place }, i) => changes.findIndex(other => isSame(other.place, place)) === i);
}

function changesFor(
  { database, namespace, mentions }: DirectClient,
  pooler: Pick<PoolerEndpoint, 'host' | 'namespace' | 'ports'>,
): readonly Change[] | undefined {
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
  const known = changes.flatMap(change => change ?? []);
  return known.length < changes.length ? undefined : known;
}

/** `db-0.db`: one pod of a StatefulSet. */
function isPodOf(host: string, { host: service, workloads }: Database): boolean {
  const [first, second] = host.split('.');
  return first !== service && second === service && workloads.some(workload => databasesRunBy(workload).length > 0);
}
