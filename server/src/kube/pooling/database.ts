import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { servingContainersOf, type Workload } from '../pods/workload';
import { imageOf } from './pooler-image';

export type Engine = 'Postgres' | 'MySQL';

/**
 * The port that a database listens on where nothing else is said.
 *
 * @source https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml (netbase 6.4, read 2026-11-29)
 */
export const usualPortOf: Readonly<Record<Engine, number>> = { Postgres: 5432, MySQL: 3306 };

/**
 * Names of images that run a server, not an exporter, a backup or a client of one.
 *
 * @source docker-library/official-images:library (postgres, mysql, mariadb and percona, c51c0c7)
 * @source bitnami/containers:bitnami (postgresql, postgresql-repmgr, mysql and mariadb, a9ac1a5)
 * @source sclorg/postgresql-container:README.md (postgresql-16 and the like, 5545c51)
 * @source zalando/postgres-operator:manifests/configmap.yaml (spilo-11, 01dddc6, read 2026-11-29)
 * @source pgvector/pgvector:README.md (00148df, read 2026-11-29)
 * @own with the endings and prefixes that makers of images add to these names, and those of other extensions
 */
const servers: Readonly<Record<Engine, RegExp>> = {
  Postgres:
    /^(?:[a-z]+-)?(?:postgres(?:ql)?(?:-(?:server|ha|repmgr|gis|\d+(?:-[a-z0-9]+)?))?|postgis|timescaledb(?:-ha)?|pgvector|spilo(?:-\d+)?)$/,
  MySQL:
    /^(?:mysql(?:-(?:server|community-server|\d+(?:-[a-z0-9]+)?))?|mariadb(?:-(?:galera|server|\d+(?:-[a-z0-9]+)?))?|percona(?:-server|-xtradb-cluster)?)$/,
};

/** What server a container runs, by the name of its image. */
export function engineOf(container: Node): Engine | undefined {
  const name = imageOf(container.at('image').string)?.name;
  if (name === undefined) return undefined;
  return servers.Postgres.test(name) ? 'Postgres' : servers.MySQL.test(name) ? 'MySQL' : undefined;
}

export interface DatabaseContainer {
  readonly engine: Engine;
  readonly container: Node;
}

/** The database servers among the containers of a workload. */
export const databasesRunBy = memo((workload: Workload): readonly DatabaseContainer[] => {
  return servingContainersOf(workload).flatMap(container => {
    const engine = engineOf(container);
    return engine === undefined ? [] : [{ engine, container }];
  });
});

/**
 * @source https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS (18)
 * @source https://docs.sqlalchemy.org/en/20/dialects/mysql.html (mysql and mariadb, 2.0)
 * @own mysql2 is the adapter of that name, as URLs of Ruby programs have it
 */
const schemes: ReadonlyMap<string, Engine> = new Map([
  ['postgres', 'Postgres'],
  ['postgresql', 'Postgres'],
  ['mysql', 'MySQL'],
  ['mysql2', 'MySQL'],
  ['mariadb', 'MySQL'],
]);

/** The engine that a URL is for: `postgres://`, `jdbc:mysql://`, `postgresql+asyncpg://`. */
export function engineOfScheme(scheme: string | undefined): Engine | undefined {
  return scheme === undefined ? undefined : schemes.get(scheme.split('+', 1)[0] ?? '');
}

/**
 * Programs that need a connection of their own, and few of them: exporters, backups, migrations, consoles.
 *
 * @own words in names of images of such programs
 */
export function isDatabaseTool(container: Node): boolean {
  const name = imageOf(container.at('image').string)?.name ?? '';
  return /exporter|backup|pgadmin|phpmyadmin|adminer|debezium|flyway|liquibase|migrat|pgdump|pg_?dump|mysqldump|wal-g|barman/.test(
    name,
  );
}

/** A number of connections that something written allows a database. */
export interface ConnectionLimit {
  readonly value: number;
  readonly node: Node;
}

const limitWord = /(?<![\w-])(?:--)?max[_-]connections\s*=\s*["']?(\d{1,6})(?!\d)/;
/**
 * @source sclorg/postgresql-container:16/root/usr/share/container-scripts/postgresql/README.md (2026-11-29)
 * @own other engines are taken to have the same name after theirs
 */
const limitVariable = /^(?:POSTGRES(?:QL)?|MYSQL|MARIADB|PG)_MAX_CONNECTIONS$/;

/** `max_connections` of a server in its arguments or variables; of several the first. */
export function limitInContainer(container: Node): ConnectionLimit | undefined {
  for (const node of [...container.at('command').items(), ...container.at('args').items()]) {
    const limit = limitInText(node);
    if (limit) return limit;
  }
  for (const variable of container.at('env').items()) {
    const node = variable.at('value');
    if (!limitVariable.test(variable.at('name').string ?? '') || !/^\d{1,6}$/.test(node.text ?? '')) continue;
    return { value: Number(node.text), node };
  }
  return undefined;
}

/** `max_connections = 200` in a configuration file or an argument. Comments don't count; of several the last one does. */
export function limitInText(node: Node): ConnectionLimit | undefined {
  const lines = (node.string ?? '').split('\n').filter(line => !/^\s*[#;]/.test(line) && line.length < 2000);
  const values = lines.flatMap(line => limitWord.exec(line)?.[1] ?? []);
  const last = values.at(-1);
  return last === undefined ? undefined : { value: Number(last), node };
}
