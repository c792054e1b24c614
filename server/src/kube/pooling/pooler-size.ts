import type { Node } from '../../yaml/node';
import { textEntriesOf, textOf } from '../config-map';
import { podSpecOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import { type Pooler, variableOf } from './pooler';
import type { PgbouncerFile } from './pooler-ini';

/** How many connections to its database one pod keeps at most, where it is written. */
export interface PoolSize {
  readonly value: number;
  readonly node: Node;
}

/** The most that the containers of a pod may open together; undefined where nothing says it. */
export function poolSizeOf(
  workload: Workload,
  configMaps: (name: string) => readonly Resource[],
): PoolSize | undefined {
  const sizes = podSpecOf(workload)
    .at('containers')
    .items()
    .flatMap(container => largest(variablesOf(container, configMaps).flatMap(sizeIn)) ?? []);
  const [first] = sizes;
  return first && { value: sizes.reduce((sum, { value }) => sum + value, 0), node: first.node };
}

/** The connections that a PgBouncer opens for one user and database: as written, for the images that have a variable. */
export function serverPoolSizeOf({ container }: Pooler, ini: PgbouncerFile): PoolSize | undefined {
  if (typeof ini === 'object') {
    const written = ini.settings.get('default_pool_size')?.value ?? '';
    return /^\d{1,5}$/.test(written) ? { value: Number(written), node: ini.node } : undefined;
  }
  const names = ['DEFAULT_POOL_SIZE', 'PGBOUNCER_DEFAULT_POOL_SIZE'];
  const node = names.flatMap(name => variableOf(container, name)?.at('value') ?? [])[0];
  return node && /^\d{1,5}$/.test(node.text ?? '') ? { value: Number(node.text), node } : undefined;
}

export interface Variable {
  readonly name: string;
  readonly node: Node;
}

/** The variables of a container whose values manifests show: its own, and those of ConfigMaps. */
export function variablesOf(container: Node, configMaps: (name: string) => readonly Resource[]): readonly Variable[] {
  const own = container
    .at('env')
    .items()
    .flatMap((item): Variable[] => {
      const name = item.at('name').string;
      if (name === undefined) return [];
      const reference = item.at('valueFrom', 'configMapKeyRef');
      const maps = configMaps(reference.at('name').string ?? '');
      const told = maps.flatMap(map => textOf(map, reference.at('key').string ?? '') ?? []);
      return [...(item.at('value').exists ? [item.at('value')] : []), ...told].map(node => ({ name, node }));
    });
  const taken = container
    .at('envFrom')
    .items()
    .flatMap(source => {
      const prefix = source.at('prefix').string ?? '';
      const maps = configMaps(source.at('configMapRef', 'name').string ?? '');
      return maps.flatMap(textEntriesOf).map(node => ({ name: `${prefix}${node.key}`, node }));
    });
  return [...own, ...taken];
}

/** @own words of databases, of pools and of what maps objects, as names of variables have them */
const ofDatabase = new Set([
  'db', 'database', 'pg', 'postgres', 'postgresql', 'mysql', 'mariadb', 'hikari', 'datasource', 'sql', 'sqlalchemy', 'jdbc',
  'prisma', 'sequelize', 'typeorm',
]); // biome-ignore format: a table

/**
 * Words that make it another limit: of idle ones, of time, of another kind of pool.
 *
 * @own words that were met beside POOL and MAX in names that say something else
 */
const ofOthers = new Set([
  'min', 'minimum', 'initial', 'idle', 'timeout', 'lifetime', 'age', 'time', 'ms', 'seconds', 'redis', 'http', 'thread', 'threads',
  'worker', 'workers', 'cache', 'server', 'client', 'overflow', 'recycle', 'usage',
]); // biome-ignore format: a table

/** @own names that say all without the word of a database */
const wholeNames = new Set(['POOL_SIZE', 'MAX_POOL_SIZE', 'POOL_MAX', 'POOL_MAX_SIZE', 'CONNECTION_POOL_SIZE']);

/** `DB_POOL_SIZE`, `KC_DB_POOL_MAX_SIZE`, `DATABASE_MAX_OPEN_CONNS`, `SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE`. */
function isPoolSize(name: string): boolean {
  if (name.length > 100) return false;
  const upper = name.toUpperCase();
  const words = upper.toLowerCase().split(/[^a-z0-9]+/);
  if (wholeNames.has(upper)) return true;
  if (!words.some(word => ofDatabase.has(word)) || words.some(word => ofOthers.has(word))) return false;
  const isPool = upper.includes('POOL') && /SIZE|MAX/.test(upper);
  return isPool || /MAX(?:IMUM)?_?(?:OPEN_?)?CONN(?:ECTION)?S?$/.test(upper);
}

/**
 * Parameters of a URL or connection string that say the same: Prisma's, pgx's, Npgsql's, SQLAlchemy's.
 *
 * @source https://www.prisma.io/docs/v6/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool (v6)
 * @source https://pkg.go.dev/github.com/jackc/pgx/v4/pgxpool#ParseConfig (v4.18.3)
 * @source https://www.npgsql.org/doc/connection-string-parameters.html (read 2026-11-29)
 * @source https://docs.sqlalchemy.org/en/20/core/engines.html (pool_size, 2.0)
 * @own the same words in other spellings, as connection strings of other drivers have them
 */
const parameter =
  /(?:[?&;]|^)\s*(?:connection_limit|pool_size|pool_max_conns|max_pool_size|maxPoolSize|maximumPoolSize|Max(?:imum)? Pool Size)\s*=\s*(\d{1,5})(?!\d)/i;

function sizeIn({ name, node }: Variable): PoolSize[] {
  const text = (node.text ?? '').slice(0, 2000);
  if (/^\d{1,5}$/.test(text)) return isPoolSize(name) && Number(text) > 0 ? [{ value: Number(text), node }] : [];
  const written = /^(?:\w|:)+:\/\/|=/.test(text) ? parameter.exec(text)?.[1] : undefined;
  return written === undefined ? [] : [{ value: Number(written), node }];
}

function largest(sizes: readonly PoolSize[]): PoolSize | undefined {
  return sizes.reduce<PoolSize | undefined>(
    (most, size) => (most && most.value >= size.value ? most : size),
    undefined,
  );
}
