import { serviceNamesOf } from '../../kube/address';
import {
  containersOf,
  initContainersOf,
  runsToCompletion,
  type Workload,
  workloadKinds,
} from '../../kube/pods/workload';
import { databasesRunBy, engineOfScheme, isDatabaseTool, usualPortOf } from '../../kube/pooling/database';
import { poolersRunBy } from '../../kube/pooling/pooler';
import type { Resource } from '../../kube/resource';
import { servicePortsOf } from '../../kube/services/service';
import type { Cluster, Namespace } from '../../kube/view';
import { add, memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { type Mention, mentionsOf } from '../calls/evidence';
import {
  type Database,
  type DatabaseKind,
  databaseKinds,
  type Endpoint,
  endpointsIn,
  type PoolerEndpoint,
} from './endpoints';
import { upstreamsOf } from './upstream';

export {
  type Database,
  type DatabaseKind,
  databaseKinds,
  type PoolerEndpoint,
} from './endpoints';

/** A workload that connects to a database without a pooler. */
export interface DirectClient {
  readonly workload: Workload;
  readonly namespace: Namespace<DatabaseKind>;
  readonly database: Database;
  readonly mentions: readonly Mention[];
}

export interface Front {
  readonly pooler: PoolerEndpoint;
  readonly database: Database;
}

export interface Databases {
  readonly clients: readonly DirectClient[];
  readonly poolers: readonly PoolerEndpoint[];
  /** The workloads that connect to each pooler. */
  readonly pooled: ReadonlyMap<PoolerEndpoint, readonly Workload[]>;
  /** Which pooler stands before which database, as far as settings tell. */
  readonly fronts: readonly Front[];
  /** The poolers that stand before a database, as far as their settings tell. */
  poolersOf(database: Database): readonly PoolerEndpoint[];
  /** Whether the settings of a pooler tell what it stands before. */
  isPlaced(pooler: PoolerEndpoint): boolean;
}

/** Who connects to which database, read from the same places as `callsOf`. Made once while its inputs stay. */
export const databasesOf = memo(
  (cluster: Cluster<DatabaseKind>): Databases => read(cluster),
  cluster => cluster.of(...databaseKinds),
);

interface Home {
  readonly namespace: Namespace<DatabaseKind>;
  readonly endpoints: ReadonlyMap<string, readonly Endpoint[]>;
}

function read(cluster: Cluster<DatabaseKind>): Databases {
  const homes = new Map<string, Home>();
  for (const namespace of cluster.namespaces) {
    if (!homes.has(namespace.name)) homes.set(namespace.name, { namespace, endpoints: endpointsIn(namespace) });
  }
  const clients: DirectClient[] = [];
  const pooled = new Map<PoolerEndpoint, Workload[]>();
  const placed = new Set<PoolerEndpoint>();
  const fronts: Front[] = [];
  for (const home of homes.values()) {
    const configMaps = byName(home.namespace.of('ConfigMap'));
    const mapsNamed = (name: string) => configMaps.get(name) ?? [];
    const poolers = [...home.endpoints.values()].flat().flatMap(end => (end.is === 'pooler' ? [end.pooler] : []));
    for (const pooler of poolers) {
      for (const host of upstreamsOf(pooler, mapsNamed)) {
        placed.add(pooler);
        for (const database of databasesAt(host, home, homes)) fronts.push({ pooler, database });
      }
    }
    for (const workload of home.namespace.of(...workloadKinds)) {
      if (!mayBeClient(workload)) continue;
      const found = clientsIn(workload, mentionsOf(workload, mapsNamed), home, homes);
      for (const pooler of found.poolers) add(pooled, pooler, workload);
      // Whoever knows the pooler has a reason to go past it: a migration, a listener.
      if (found.poolers.size === 0) clients.push(...found.direct);
    }
  }
  const all = [...homes.values()].flatMap(({ endpoints }) => [...endpoints.values()].flat());
  return {
    clients,
    pooled,
    fronts,
    poolers: all.flatMap(end => (end.is === 'pooler' ? [end.pooler] : [])),
    isPlaced: pooler => placed.has(pooler),
    poolersOf: wanted => fronts.filter(({ database }) => isSameDatabase(database, wanted)).map(({ pooler }) => pooler),
  };
}

/** Two Services may stand before the same pods. Of an operator's database each host is one of its own. */
export function isSameDatabase(a: Database, b: Database): boolean {
  if (a === b || (a.object === b.object && a.host === b.host)) return true;
  return a.workloads.some(workload => b.workloads.includes(workload));
}

/** Runs on, and is neither a database, nor a pooler, nor a tool of one. */
const mayBeClient = memo((workload: Workload): boolean => {
  if (runsToCompletion(workload) || poolersRunBy(workload).length > 0 || databasesRunBy(workload).length > 0)
    return false;
  return !containersOf(workload).every(isDatabaseTool);
});

function clientsIn(
  workload: Workload,
  mentions: readonly Mention[],
  home: Home,
  homes: ReadonlyMap<string, Home>,
): { readonly direct: readonly DirectClient[]; readonly poolers: ReadonlySet<PoolerEndpoint> } {
  const direct = new Map<string, DirectClient & { readonly mentions: Mention[] }>();
  const poolers = new Set<PoolerEndpoint>();
  const early = new Set(initContainersOf(workload).filter(init => init.at('restartPolicy').string !== 'Always'));
  for (const mention of mentions) {
    if (mention.kind === 'initContainer' || isWithin(mention.place.in, early)) continue;
    for (const endpoint of endpointsAt(mention.host, home, homes)) {
      if (endpoint.is === 'pooler') poolers.add(endpoint.pooler);
      const database = databaseFor(endpoint, mention);
      if (database === undefined || isOwn(database, workload, home)) continue;
      const key = `${database.namespace.name}/${database.host}`;
      const client = direct.get(key);
      if (client) client.mentions.push(mention);
      else direct.set(key, { workload, namespace: home.namespace, database, mentions: [mention] });
    }
  }
  return { direct: [...direct.values()], poolers };
}

/** A database that is told its own name: by a Service of its pods, or the one that governs them. */
function isOwn({ workloads, host, namespace }: Database, workload: Workload, home: Home): boolean {
  if (namespace !== home.namespace) return false;
  const isSame = (one: Workload) => one.kind === workload.kind && one.name.text === workload.name.text;
  return workloads.some(isSame) || workload.at('spec', 'serviceName').string === host;
}

function isWithin(node: Node, containers: ReadonlySet<Node>): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) if (containers.has(at)) return true;
  return false;
}

/** The database that a mention is about; undefined where it is about something else on the same host. */
function databaseFor(endpoint: Endpoint, mention: Mention): Database | undefined {
  const { scheme, port, form, host } = mention;
  const told = engineOfScheme(scheme);
  if (scheme !== undefined && told === undefined) return undefined;
  if (endpoint.is === 'service') {
    if (told === undefined || (port !== undefined && port !== usualPortOf[told])) return undefined;
    return { engine: told, ...endpoint.service };
  }
  if (endpoint.is === 'pooler') return undefined;
  const { database } = endpoint;
  if (told !== undefined) return database;
  const isListed = port !== undefined && portsOf(database).includes(port);
  if (port !== undefined && !isListed) return undefined;
  // `postgres:16` beside a Service postgres is an image, unless more than the name says otherwise.
  return form === 'address' && !isListed && !host.includes('.') ? undefined : database;
}

function portsOf({ object, engine }: Database): readonly number[] {
  const listed = object.is('Service') ? servicePortsOf(object).map(({ number }) => number) : [];
  return [usualPortOf[engine], ...listed];
}

function databasesAt(host: string, home: Home, homes: ReadonlyMap<string, Home>): readonly Database[] {
  return endpointsAt(host, home, homes).flatMap(end => {
    if (end.is === 'database') return [end.database];
    // Whatever a pooler stands before is a database.
    if (end.is === 'pooler') return [];
    return [{ engine: 'Postgres', ...end.service } as const];
  });
}

/** What a host leads to: by the first reading of it that finds anything. */
function endpointsAt(host: string, home: Home, homes: ReadonlyMap<string, Home>): readonly Endpoint[] {
  for (const { service, namespace } of serviceNamesOf(host)) {
    const found = (namespace === undefined ? home : homes.get(namespace))?.endpoints.get(service);
    if (found) return found;
  }
  return [];
}

function byName(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const map = new Map<string, Resource[]>();
  for (const resource of resources) {
    add(map, resource.name.string ?? '', resource);
  }
  return map;
}
