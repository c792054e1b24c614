import { databasesRunBy } from '../../../kube/pooling/database';
import { variableOf } from '../../../kube/pooling/pooler';
import { servicePortsOf } from '../../../kube/services/service';
import type { Database } from '../../../network/databases/databases';
import type { Node } from '../../../yaml/node';

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
  const labels = { 'app.kubernetes.io/name': 'pgbouncer', 'app.kubernetes.io/instance': name };
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
      spec: { selector: labels, ports: [{ name: 'postgres', port: 5432, targetPort: 'postgres', appProtocol: 'tcp' }] },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    },
  ];
}

function environmentFor(database: Database, name: string): readonly unknown[] {
  const [container] = database.workloads.flatMap(databasesRunBy).map(server => server.container);
  const [port] = database.object.is('Service') ? servicePortsOf(database.object) : [];
  const text = (value: string) => ({ value });
  const from = (key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
  const user = referenceIn(container, ['POSTGRES_USER', 'POSTGRESQL_USERNAME', 'POSTGRESQL_USER']);
  const password = referenceIn(container, ['POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD']);
  return [
    { name: 'DB_HOST', ...text(database.host) },
    ...(port && port.number !== 5432 ? [{ name: 'DB_PORT', ...text(String(port.number)) }] : []),
    { name: 'DB_USER', ...(user ?? (password ? text('postgres') : from('username'))) },
    { name: 'DB_PASSWORD', ...(password ?? from('password')) },
    { name: 'AUTH_TYPE', ...text('scram-sha-256') },
    { name: 'POOL_MODE', ...text('transaction') },
    { name: 'MAX_CLIENT_CONN', ...text('1000') },
    { name: 'DEFAULT_POOL_SIZE', ...text('20') },
  ];
}

/** The reference by which the database's own container reads a value; never the value of a password. */
function referenceIn(
  container: Node | undefined,
  names: readonly string[],
): { readonly [key: string]: unknown } | undefined {
  const variable = container && namedIn(container, names);
  if (variable === undefined) return undefined;
  const reference = variable.at('valueFrom', 'secretKeyRef');
  if (reference.at('name').string && reference.at('key').string) {
    return { valueFrom: { secretKeyRef: { name: reference.at('name').value, key: reference.at('key').value } } };
  }
  const isLogin = /USER/.test(variable.at('name').string ?? '');
  const value = variable.at('value').string;
  return isLogin && value ? { value } : undefined;
}

function namedIn(container: Node, names: readonly string[]): Node | undefined {
  for (const name of names) {
    const variable = variableOf(container, name);
    if (variable) return variable;
  }
  return undefined;
}
