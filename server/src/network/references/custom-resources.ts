import { groupOf } from '../../kube/kinds';
import type { Resource } from '../../kube/resource';

/**
 * Custom resources may stand for anything; those of these groups are known to make no Services and no pods.
 *
 * @source https://github.com/datreeio/CRDs-catalog (kinds of each group, read 2026-11-29)
 * @source projectcalico/calico:manifests/calico.yaml (87c1590)
 * @source metallb/metallb:config/manifests/metallb-native.yaml (7938d3f)
 * @source nginx/nginx-gateway-fabric:config/crd/bases (e55bfe3)
 * @own that none of their kinds stands for pods is our reading of what each is for
 */
const plainGroups = new Set([
  'cert-manager.io', 'external-secrets.io', 'bitnami.com', 'kyverno.io', 'policies.kyverno.io', 'source.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io', 'security.istio.io', 'networking.istio.io',
  'traefik.io', 'projectcontour.io', 'k8s.nginx.org', 'gateway.nginx.org', 'gateway.envoyproxy.io', 'cloud.google.com',
  'configuration.konghq.com', 'cilium.io', 'projectcalico.org', 'crd.projectcalico.org', 'metallb.io', 'k8s.cni.cncf.io',
  'elbv2.k8s.aws', 'monitoring.googleapis.com', 'grafana.integreatly.org', 'autoscaling.k8s.io', 'velero.io',
  'policy.linkerd.io', 'karpenter.sh', 'secrets-store.csi.x-k8s.io', 'security.openshift.io', 'route.openshift.io',
  'externaldns.k8s.io', 'kustomize.config.k8s.io', 'haproxy.org', 'ingress.v1.haproxy.org', 'getambassador.io',
]); // biome-ignore format: a table

/** @own kinds of other groups that configure what runs, or say who may do what */
const plainKinds = new Set([
  'PrometheusRule',
  'AlertmanagerConfig',
  'ScrapeConfig',
  'ScaledObject',
  'ScaledJob',
  'TriggerAuthentication',
  'VaultStaticSecret',
  'KafkaTopic',
  'KafkaUser',
]);

/** Whether a custom resource that no rule knows may stand for pods and Services. */
export function mayStandForPods({ apiVersion, kindName }: Resource): boolean {
  const group = groupOf(apiVersion);
  const isBuiltIn = !group.includes('.') || (group.endsWith('k8s.io') && !group.endsWith('x-k8s.io'));
  return !isBuiltIn && !plainGroups.has(group) && !plainKinds.has(kindName);
}

/**
 * The words of a kind and its group that name a product: `redis` of RedisFailover.databases.spotahome.com. Operators call
 * what they make after it.
 */
export function productWordsOf({ apiVersion, kindName }: Resource): readonly string[] {
  const words = (kindName.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? []).map(word => word.toLowerCase());
  // ClickHouseInstallation is of clickhouse.
  const compounds = words.map((_, last) => words.slice(0, last + 1).join(''));
  return [...words, ...compounds, ...groupOf(apiVersion).split(/[.-]/)].filter(isTelling);
}

/** Whether a word can tell one application from another. */
export const isTelling = (word: string) => word.length > 2 && !generic.has(word);

/** @own words that say what sort of thing it is, or whose */
const generic = new Set([
  'access', 'account', 'addon', 'addons', 'agent', 'alert', 'alerts', 'apache', 'api', 'apis', 'app', 'application',
  'applications', 'apps', 'auth', 'aws', 'azure', 'backend', 'backup', 'balancer', 'base', 'bind', 'binding', 'bucket',
  'build', 'cache', 'channel', 'chart', 'check', 'claim', 'class', 'client', 'cloud', 'cluster', 'com', 'common',
  'community', 'component', 'components', 'config', 'configuration', 'connection', 'container', 'control', 'controller',
  'controlplane', 'core', 'coreos', 'credential', 'credentials', 'custom', 'dashboard', 'data', 'database', 'databases',
  'default', 'definition', 'deployment', 'dev', 'domain', 'edge', 'endpoint', 'engine', 'entry', 'event', 'events',
  'example', 'exporter', 'external', 'failover', 'filter', 'frontend', 'gateway', 'github', 'global', 'google',
  'googleapis', 'grant', 'group', 'health', 'host', 'http', 'ibm', 'image', 'infrastructure', 'ingress', 'install',
  'installation', 'instance', 'internal', 'job', 'jobs', 'kubernetes', 'limit', 'list', 'listener', 'load', 'local', 'log',
  'logging', 'machine', 'main', 'manager', 'map', 'mapping', 'member', 'message', 'metrics', 'microsoft', 'model',
  'models', 'monitor', 'monitoring', 'namespace', 'net', 'network', 'networking', 'node', 'object', 'openshift',
  'operator', 'operators', 'oracle', 'order', 'org', 'package', 'parameters', 'peer', 'plan', 'platform', 'plugin', 'pod',
  'policy', 'pool', 'project', 'provider', 'proxy', 'queue', 'quota', 'redhat', 'registry', 'release', 'replica',
  'replication', 'report', 'request', 'resource', 'resources', 'restore', 'role', 'route', 'router', 'rule', 'rules',
  'runner', 'schedule', 'scheduler', 'schema', 'scrape', 'search', 'secret', 'secrets', 'security', 'server', 'service',
  'services', 'serving', 'session', 'set', 'settings', 'site', 'source', 'stack', 'state', 'storage', 'store', 'stream',
  'sync', 'system', 'target', 'task', 'team', 'template', 'tenant', 'test', 'token', 'tools', 'topic', 'traffic',
  'trigger', 'user', 'users', 'version', 'view', 'virtual', 'volume', 'web', 'worker', 'workflow', 'workload', 'workspace',
]); // biome-ignore format: a table
