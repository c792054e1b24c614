import type { Workload } from '../../kube/pods/workload';
import { databasesRunBy, type Engine, engineOf, usualPortOf } from '../../kube/pooling/database';
import { poolerPorts, poolersRunBy } from '../../kube/pooling/pooler';
import type { Resource } from '../../kube/resource';
import { containersBehind } from '../../kube/services/probe';
import { type Service, servicePortsOf } from '../../kube/services/service';
import type { Namespace } from '../../kube/view';
import { add } from '../../text/maps';
import { callKinds } from '../calls/calls';
import { servicesOf } from '../calls/services';

/** Every kind that tells which database is behind a host. */
export const databaseKinds = [
  ...callKinds,
  'Cluster.postgresql.cnpg.io',
  'Pooler.postgresql.cnpg.io',
  'postgresql.acid.zalan.do',
] as const;

export type DatabaseKind = (typeof databaseKinds)[number];

/** A database that hosts lead to: behind a Service, or run by an operator. */
export interface Database {
  readonly engine: Engine;
  /** What the host names: a Service, CloudNativePG's Cluster, Zalando's postgresql. */
  readonly object: Resource;
  /** The name in the host, without a namespace. */
  readonly host: string;
  readonly namespace: Namespace<DatabaseKind>;
  /** Its pods, where manifests have them. */
  readonly workloads: readonly Workload[];
}

/** A pooler that hosts lead to. */
export interface PoolerEndpoint {
  /** A Service, CloudNativePG's Pooler, or Zalando's postgresql that runs one. */
  readonly object: Resource;
  readonly host: string;
  readonly namespace: Namespace<DatabaseKind>;
  readonly workloads: readonly Workload[];
  readonly ports: readonly number[];
}

/** What a host may lead to. */
export type Endpoint =
  | { readonly is: 'database'; readonly database: Database }
  | { readonly is: 'pooler'; readonly pooler: PoolerEndpoint }
  /** A Service in front of pods of which only a URL could tell that they are a database. */
  | { readonly is: 'service'; readonly service: Omit<Database, 'engine'> };

/**
 * The hosts of a namespace that lead to a database, a pooler, or what may be one.
 *
 * @source cloudnative-pg/cloudnative-pg:docs/src/service_management.md (253754c, read 2026-11-29)
 * @source zalando/postgres-operator:pkg/cluster/connection_pooler.go (read 2026-11-29)
 */
export function endpointsIn(namespace: Namespace<DatabaseKind>): ReadonlyMap<string, readonly Endpoint[]> {
  const endpoints = new Map<string, Endpoint[]>();
  const put = (host: string, endpoint: Endpoint) => add(endpoints, host, endpoint);
  for (const object of namespace.of('Cluster.postgresql.cnpg.io', 'postgresql.acid.zalan.do')) {
    const name = object.name.text ?? '';
    const isCnpg = object.is('Cluster.postgresql.cnpg.io');
    for (const host of isCnpg ? [`${name}-rw`, `${name}-ro`, `${name}-r`] : [name, `${name}-repl`]) {
      put(host, { is: 'database', database: { engine: 'Postgres', object, host, namespace, workloads: [] } });
    }
    if (isCnpg) continue;
    const switches = {
      [`${name}-pooler`]: 'enableConnectionPooler',
      [`${name}-pooler-repl`]: 'enableReplicaConnectionPooler',
    };
    for (const [host, field] of Object.entries(switches)) {
      if (object.at('spec', field).boolean !== true) continue;
      put(host, { is: 'pooler', pooler: { object, host, namespace, workloads: [], ports: [5432] } });
    }
  }
  for (const object of namespace.of('Pooler.postgresql.cnpg.io')) {
    const host = object.name.text ?? '';
    put(host, { is: 'pooler', pooler: { object, host, namespace, workloads: [], ports: [5432] } });
  }
  const services = servicesOf(namespace);
  for (const service of services.all) {
    const endpoint = endpointOf(service, services.workloadsOf(service), namespace);
    if (endpoint) put(service.name.text ?? '', endpoint);
  }
  return endpoints;
}

function endpointOf(
  object: Service,
  workloads: readonly Workload[],
  namespace: Namespace<DatabaseKind>,
): Endpoint | undefined {
  const host = object.name.text ?? '';
  const ports = servicePortsOf(object).map(({ number }) => number);
  const isPooler = workloads.some(
    workload => poolersRunBy(workload).length > 0 && databasesRunBy(workload).length === 0,
  );
  if (
    isPooler ||
    servicePortsOf(object).some(({ number, target }) => poolerPorts.has(number) || poolerPorts.has(Number(target)))
  ) {
    return { is: 'pooler', pooler: { object, host, namespace, workloads, ports } };
  }
  const engine = engineBehind(object, workloads);
  if (engine !== undefined) return { is: 'database', database: { engine, object, host, namespace, workloads } };
  return workloads.length > 0 ? { is: 'service', service: { object, host, namespace, workloads } } : undefined;
}

/** The engine that the ports of a Service lead to; one that lists no ports leads to whatever is there. */
function engineBehind(service: Service, workloads: readonly Workload[]): Engine | undefined {
  const ports = servicePortsOf(service);
  for (const workload of workloads) {
    const servers = databasesRunBy(workload);
    if (servers.length === 0) continue;
    if (ports.length === 0) return servers[0]?.engine;
    for (const port of ports) {
      const behind = containersBehind(port, workload)
        .map(engineOf)
        .find(engine => engine !== undefined);
      if (behind !== undefined) return behind;
      const usual = servers.find(({ engine }) => usualPortOf[engine] === port.target);
      if (usual) return usual.engine;
    }
  }
  return undefined;
}
