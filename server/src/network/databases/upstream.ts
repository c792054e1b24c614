import { addressesIn } from '../../kube/address';
import { podSpecOf, type Workload } from '../../kube/pods/workload';
import { poolersRunBy, variableOf } from '../../kube/pooling/pooler';
import { pgbouncerInisIn } from '../../kube/pooling/pooler-ini';
import type { Resource } from '../../kube/resource';
import type { PoolerEndpoint } from './endpoints';

/**
 * Variables that tell a pooler's image where its database is: edoburu's, Bitnami's, and what others took from them.
 *
 * @source edoburu/docker-pgbouncer:entrypoint.sh (01fdef0, read 2026-11-29)
 * @source bitnami/containers:bitnami/pgbouncer/README.md (00a2582, read 2026-11-29)
 * @source https://www.postgresql.org/docs/current/libpq-envars.html (PGHOST, 18)
 * @own of the others, names that were met beside poolers in real manifests
 */
const hostVariables = ['DB_HOST', 'POSTGRESQL_HOST', 'PGHOST', 'POSTGRES_HOST', 'DATABASES_HOST', 'MYSQL_HOST'];
const urlVariables = ['DATABASE_URL', 'DATABASE_URLS'];

/** The hosts of the databases that a pooler stands before, as far as its settings tell. */
export function upstreamsOf(
  { object, host, workloads }: PoolerEndpoint,
  configMaps: (name: string) => readonly Resource[],
): readonly string[] {
  if (object.is('Pooler.postgresql.cnpg.io')) {
    const cluster = object.at('spec', 'cluster', 'name').text;
    return cluster === undefined ? [] : [`${cluster}-${object.at('spec', 'type').text ?? 'rw'}`];
  }
  if (object.is('postgresql.acid.zalan.do')) {
    const name = object.name.text ?? '';
    return [host.endsWith('-repl') ? `${name}-repl` : name];
  }
  return workloads.flatMap(workload => hostsOf(workload, configMaps));
}

function hostsOf(workload: Workload, configMaps: (name: string) => readonly Resource[]): readonly string[] {
  const inVariables = poolersRunBy(workload).flatMap(({ container }) => {
    const named = (names: readonly string[]) =>
      names.flatMap(name => variableOf(container, name)?.at('value').text ?? []);
    const maps = container
      .at('envFrom')
      .items()
      .flatMap(source => configMaps(source.at('configMapRef', 'name').string ?? ''));
    const inMaps = (names: readonly string[]) =>
      maps.flatMap(map => names.flatMap(name => map.at('data', name).string ?? []));
    const urls = [...named(urlVariables), ...inMaps(urlVariables)];
    return [
      ...named(hostVariables),
      ...inMaps(hostVariables),
      ...urls.flatMap(url => addressesIn(url).map(({ host }) => host)),
    ];
  });
  const inFiles = podSpecOf(workload)
    .at('volumes')
    .items()
    .flatMap(volume => configMaps(volume.at('configMap', 'name').string ?? ''))
    .flatMap(pgbouncerInisIn)
    .flatMap(({ node }) =>
      [...(node.string ?? '').matchAll(/(?<![\w-])host\s*=\s*'?([\w.-]+)/g)].map(([, host = '']) => host),
    );
  return [...inVariables, ...inFiles].map(host => host.toLowerCase());
}
