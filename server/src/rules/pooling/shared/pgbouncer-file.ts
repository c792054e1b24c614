import { databasesRunBy } from '../../../kube/pooling/database';
import { variableOf } from '../../../kube/pooling/pooler';
import { servicePortsOf } from '../../../kube/services/service';
import type { Database } from '../../../network/databases/databases';
import type { Node } from '../../../yaml/node';

/** How pods of a written pooler are known. */
export const labelsFor = (name: string) => ({
  'app.kubernetes.io/name': 'pgbouncer',
  'app.kubernetes.io/instance': name,
});

export const poolerNameFor = ({ host }: Database) => `${host}-pgbouncer`;

/** The release that the facts are about, in the form that the image's maker tags it. */
export const pgbouncerImage = 'edoburu/pgbouncer:v1.25.2-p0';

/** A longer goodbye than the usual 30 s: PgBouncer 1.23 and later waits for its clients to leave. */
export const graceSeconds = 120;

/**
 * Everything that PgBouncer needs to stand before a database: Deployment, Service and PodDisruptionBudget. Login and
 * password come from the Secret that the database itself reads, else from one that has to be made.
 */
export function pgbouncerFor(database: Database): readonly unknown[] {
  const name = poolerNameFor(database);
  const labels = labelsFor(name);
  const own = database.object.writtenNamespace;
  const metadata = { name, ...(own === undefined ? {} : { namespace: own }), labels };
  const container = {
    name: 'pgbouncer',
    image: pgbouncerImage,
    ports: [{ name: 'postgres', containerPort: 5432 }],
    env: environmentFor(database, name),
    readinessProbe: { tcpSocket: { port: 'postgres' }, periodSeconds: 5 },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  };
  const spread = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
  };
  const pod = {
    terminationGracePeriodSeconds: graceSeconds,
    topologySpreadConstraints: [spread],
    containers: [container],
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        selector: labels,
        ports: [{ name: 'postgres', port: portOf(database), targetPort: 'postgres', appProtocol: 'tcp' }],
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    },
  ];
}

/** The pooler has the port of the database, so that only the name changes for a client. */
export function portOf({ object }: Database): number {
  const [port] = object.is('Service') ? servicePortsOf(object) : [];
  return port?.number ?? 5432;
}

/** The Secret that the pooler reads its password from, and whether the database reads it too: else it has to be made. */
export function secretOf(database: Database): { readonly name: string; readonly isThere: boolean } {
  const reference = passwordOf(database)?.valueFrom.secretKeyRef.name;
  return { name: reference ?? poolerNameFor(database), isThere: reference !== undefined };
}

function containerOf({ workloads }: Database): Node | undefined {
  return workloads.flatMap(databasesRunBy)[0]?.container;
}

function passwordOf(database: Database): SecretReference | undefined {
  const container = containerOf(database);
  return container && secretIn(container, ['POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD']);
}

function environmentFor(database: Database, name: string): readonly unknown[] {
  const container = containerOf(database);
  const port = portOf(database);
  const text = (value: string) => ({ value });
  const from = (key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
  const users = ['POSTGRES_USER', 'POSTGRESQL_USERNAME', 'POSTGRESQL_USER'];
  const login = container && namedIn(container, users)?.at('value').string;
  const user = (container && secretIn(container, users)) ?? (login ? text(login) : undefined);
  const password = passwordOf(database);
  return [
    { name: 'DB_HOST', ...text(database.host) },
    ...(port === 5432 ? [] : [{ name: 'DB_PORT', ...text(String(port)) }]),
    { name: 'DB_USER', ...(user ?? (password ? text('postgres') : from('username'))) },
    { name: 'DB_PASSWORD', ...(password ?? from('password')) },
    { name: 'AUTH_TYPE', ...text('scram-sha-256') },
    { name: 'POOL_MODE', ...text('transaction') },
    { name: 'MAX_CLIENT_CONN', ...text('1000') },
    { name: 'DEFAULT_POOL_SIZE', ...text('20') },
  ];
}

interface SecretReference {
  readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

/** The reference by which the database's own container reads a value; never the value itself. */
function secretIn(container: Node, names: readonly string[]): SecretReference | undefined {
  const reference = namedIn(container, names)?.at('valueFrom', 'secretKeyRef');
  const [name, key] = [reference?.at('name').string, reference?.at('key').string];
  return name && key ? { valueFrom: { secretKeyRef: { name, key } } } : undefined;
}

function namedIn(container: Node, names: readonly string[]): Node | undefined {
  for (const name of names) {
    const variable = variableOf(container, name);
    if (variable) return variable;
  }
  return undefined;
}
