import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

// What others make: Services and pods that no manifest shows, because an operator makes them of an object that one shows.

type Files = Record<string, string>;

const backends = ['ingress/missing-backend', 'gateway/missing-backend'];
const idle = 'service/selects-nothing';

/** What is said of missing Services and pods: the rule and its words. */
function said(files: Files, ...ids: readonly string[]) {
  const workspace = Workspace.empty.update(Object.entries(files));
  const found = new Linter(rules).lint(workspace, defaultConfig).filter(({ rule }) => ids.includes(rule.id));
  return found.map(({ rule, severity, fixes }) => ({
    rule: rule.id,
    severity,
    fixes: fixes.map(({ title }) => title),
  }));
}

const rulesOf = (files: Files, ...ids: readonly string[]) => said(files, ...ids).map(({ rule }) => rule);

const metadata = (name: string, namespace?: string) =>
  `metadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}\n`;
const object = (apiVersion: string, kind: string, name: string, namespace?: string, spec = '{}') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\n${metadata(name, namespace)}spec: ${spec}\n`;
const service = (name: string, namespace: string | undefined, selector = `{app: ${name}}`) =>
  object(
    'v1',
    'Service',
    name,
    namespace,
    `{selector: ${selector}, ports: [{name: http, port: 80, targetPort: 8080}]}`,
  );
const deployment = (name: string, namespace: string | undefined) =>
  object(
    'apps/v1',
    'Deployment',
    name,
    namespace,
    `{selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: ${name}, image: "${name}:1"}]}}}`,
  );
const ingress = (namespace: string | undefined, ...names: readonly string[]) =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    'front',
    namespace,
    `{ingressClassName: contour, rules: [{host: a.example.com, http: {paths: [${names
      .map(name => `{path: /${name}, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}`)
      .join()}]}}]}`,
  );
const many = (...objects: readonly string[]) => objects.join('---\n');

/** An application of namespace `depot` with its own Service, and what else is there. */
const depot = (...objects: readonly string[]): Files => ({
  'kustomization.yaml': 'resources: [all.yaml]\n',
  'all.yaml': many(service('stock', 'depot'), deployment('stock', 'depot'), ...objects),
});

describe('a Service that an operator makes is not missing', () => {
  // Of each kind of the table: the names that it makes, by the name of the object.
  test.each([
    ['monitoring.coreos.com/v1', 'Prometheus', '{}', ['prometheus-operated']],
    ['monitoring.coreos.com/v1', 'Alertmanager', '{}', ['alertmanager-operated']],
    ['grafana.integreatly.org/v1beta1', 'Grafana', '{}', ['parts-service', 'parts-alerting']],
    ['loki.grafana.com/v1', 'LokiStack', '{}', ['parts-query-frontend-http', 'parts-gateway-http']],
    ['tempo.grafana.com/v1alpha1', 'TempoStack', '{}', ['tempo-parts-query-frontend']],
    ['jaegertracing.io/v1', 'Jaeger', '{}', ['parts-query', 'parts-collector']],
    ['opentelemetry.io/v1beta1', 'OpenTelemetryCollector', '{}', ['parts-collector', 'parts-collector-headless']],
    ['postgresql.cnpg.io/v1', 'Cluster', '{}', ['parts-rw', 'parts-ro', 'parts-r']],
    [
      'postgresql.cnpg.io/v1',
      'Cluster',
      '{managed: {services: {additional: [{serviceTemplate: {metadata: {name: lb-one}}}, {serviceTemplate: {metadata: {name: lb-two}}}]}}}',
      ['lb-one', 'lb-two'],
    ],
    ['postgresql.cnpg.io/v1', 'Pooler', '{}', ['parts']],
    ['acid.zalan.do/v1', 'postgresql', '{}', ['parts', 'parts-repl', 'parts-pooler']],
    ['mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', '{}', ['parts-svc']],
    ['cassandra.datastax.com/v1beta1', 'CassandraDatacenter', '{clusterName: ring}', ['ring-parts-service']],
    ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', '{}', ['parts-es-http', 'parts-es-transport']],
    ['kibana.k8s.elastic.co/v1', 'Kibana', '{}', ['parts-kb-http']],
    ['databases.spotahome.com/v1', 'RedisFailover', '{}', ['rfs-parts', 'rfrm-parts']],
    ['minio.min.io/v2', 'Tenant', '{}', ['minio', 'parts-console']],
    [
      'kafka.strimzi.io/v1beta2',
      'Kafka',
      '{kafka: {listeners: [{name: plain}, {name: outside}]}}',
      ['parts-kafka-bootstrap', 'parts-kafka-outside-bootstrap', 'parts-pool-outside-0'],
    ],
    ['kafka.strimzi.io/v1beta2', 'KafkaConnect', '{}', ['parts-connect-api']],
    ['kafka.strimzi.io/v1beta2', 'KafkaBridge', '{}', ['parts-bridge-service']],
    ['rabbitmq.com/v1beta1', 'RabbitmqCluster', '{}', ['parts', 'parts-nodes']],
    ['serving.kserve.io/v1beta1', 'InferenceService', '{}', ['parts-predictor', 'parts-predictor-default']],
    ['serving.knative.dev/v1', 'Service', '{}', ['parts', 'parts-00001']],
    ['ray.io/v1', 'RayService', '{}', ['parts-head-svc', 'parts-serve-svc']],
    ['gateway.networking.k8s.io/v1', 'Gateway', '{gatewayClassName: istio}', ['parts-istio', 'cilium-gateway-parts']],
    ['k8s.keycloak.org/v2alpha1', 'Keycloak', '{}', ['parts-service', 'parts-discovery']],
    ['triggers.tekton.dev/v1beta1', 'EventListener', '{}', ['el-parts']],
    ['argoproj.io/v1beta1', 'ArgoCD', '{}', ['parts-server', 'parts-repo-server', 'parts-dex-server']],
    ['kubevirt.io/v1', 'KubeVirt', '{}', ['virt-api', 'virt-exportproxy']],
  ])('%s %s %s', (apiVersion, kind, spec, names) => {
    const files = (...backend: readonly string[]) =>
      depot(object(apiVersion, kind, 'parts', 'depot', spec), ingress('depot', 'stock', ...backend));
    expect(rulesOf(files(...names), ...backends)).toEqual([]);
    // A slip beside it is one all the same, and so is what it would not make.
    for (const slip of ['stokc', 'parts-shelf']) {
      expect(rulesOf(files(slip), ...backends), slip).toEqual(['ingress/missing-backend']);
    }
    expect(rulesOf(depot(ingress('depot', 'stock', ...names)), ...backends).length).toBe(
      names.filter(name => !name.endsWith('-operated')).length,
    );
  });

  test('in a sibling kustomization of the same namespace', () => {
    const files = {
      'dash/deploy/kustomization.yaml': 'namespace: watch\nresources: [grafana.yaml]\n',
      'dash/deploy/grafana.yaml': object('grafana.integreatly.org/v1beta1', 'Grafana', 'boards'),
      'dash/install/kustomization.yaml': 'namespace: watch\nresources: [operator.yaml, ingress.yaml]\n',
      'dash/install/operator.yaml': many(service('operator', undefined), deployment('operator', undefined)),
      'dash/install/ingress.yaml': ingress('watch', 'boards-service'),
    };
    expect(rulesOf(files, ...backends)).toEqual([]);
    const elsewhere = { ...files, 'dash/deploy/kustomization.yaml': 'namespace: other\nresources: [grafana.yaml]\n' };
    expect(rulesOf(elsewhere, ...backends)).toEqual(['ingress/missing-backend']);
    const slip = { ...files, 'dash/install/ingress.yaml': ingress('watch', 'boards-servce') };
    expect(rulesOf(slip, ...backends)).toEqual(['ingress/missing-backend']);
  });

  test('in the namespace that the object names', () => {
    const mesh = object('sailoperator.io/v1', 'Istio', 'default', undefined, '{namespace: depot}');
    expect(rulesOf(depot(mesh, ingress('depot', 'stock', 'istiod')), ...backends)).toEqual([]);
    const other = mesh.replace('depot', 'mesh');
    expect(rulesOf(depot(other, ingress('depot', 'stock', 'istiod')), ...backends)).toEqual([
      'ingress/missing-backend',
    ]);
  });

  test('whose name is filled in later', () => {
    const named = depot(
      object('postgresql.cnpg.io/v1', 'Cluster', '"${APP}-pg"', 'depot'),
      ingress('depot', 'stock', 'parts-pg-rw'),
    );
    expect(rulesOf(named, ...backends)).toEqual([]);
  });

  test('by a controller that no object configures', () => {
    expect(rulesOf(depot(ingress('depot', 'stock', 'ak-outpost-shelf')), ...backends)).toEqual([]);
  });

  test('by a chart that a patch names and places', () => {
    const release = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n';
    const files = {
      'base/names/kustomization.yaml': 'resources: [release.yaml]\n',
      'base/names/release.yaml': `${release}${metadata('names', 'flux-system')}spec: {chart: {spec: {chart: names}}}\n`,
      'apps/names/kustomization.yaml':
        'resources: [../../base/names, route.yaml, peer.yaml]\npatches: [{path: patch.yaml, target: {kind: HelmRelease}, options: {allowNameChange: true}}]\n',
      'apps/names/patch.yaml': `${release}${metadata('inner', 'flux-system')}spec: {releaseName: resolver, targetNamespace: inner}\n`,
      'apps/names/route.yaml': object(
        'gateway.networking.k8s.io/v1',
        'HTTPRoute',
        'api',
        'inner',
        '{rules: [{backendRefs: [{name: resolver-near, port: 53}]}]}',
      ),
      'apps/names/peer.yaml': service('resolver-far', 'inner'),
    };
    expect(rulesOf(files, ...backends)).toEqual([]);
    const unplaced = files['apps/names/patch.yaml']
      .replace(', targetNamespace: inner', '')
      .replace('resolver', 'other');
    expect(rulesOf({ ...files, 'apps/names/patch.yaml': unplaced }, ...backends)).toEqual(['gateway/missing-backend']);
  });
});

describe('pods that an operator makes are not missing', () => {
  const chains = service(
    'chains',
    'builds',
    '{app.kubernetes.io/component: controller, app.kubernetes.io/part-of: tekton-chains}',
  );
  const builds = (...objects: readonly string[]): Files => ({
    'all.yaml': many(deployment('probe', 'builds'), ...objects),
  });
  const tekton = (spec: string) => object('operator.tekton.dev/v1alpha1', 'TektonConfig', 'config', undefined, spec);

  test('where it says that it makes them, or says nothing', () => {
    expect(rulesOf(builds(chains), idle)).toEqual([idle]);
    expect(rulesOf(builds(chains, tekton('{targetNamespace: builds}')), idle)).toEqual([]);
    expect(rulesOf(builds(chains, tekton("{targetNamespace: '${NS}'}")), idle)).toEqual([]);
    expect(rulesOf(builds(chains, tekton('{profile: all}')), idle)).toEqual([]);
    expect(rulesOf(builds(chains, tekton('{targetNamespace: other}')), idle)).toEqual([idle]);
  });

  test('by the labels that it gives them, and those that it is told to give', () => {
    const prometheus = object(
      'monitoring.coreos.com/v1',
      'Prometheus',
      'main',
      'watch',
      '{podMetadata: {labels: {tier: metrics}}}',
    );
    const watch = (selector: string) => ({
      'all.yaml': many(deployment('probe', 'watch'), prometheus, service('query', 'watch', selector)),
    });
    expect(rulesOf(watch('{app: prometheus}'), idle)).toEqual([]);
    expect(rulesOf(watch('{prometheus: main}'), idle)).toEqual([]);
    expect(rulesOf(watch('{tier: metrics}'), idle)).toEqual([]);
    expect(rulesOf(watch('{app: prob}'), idle)).toEqual([idle]);
    expect(rulesOf(watch('{app: main-query}'), idle)).toEqual([idle]);
  });
});

describe('an operator that nobody knows', () => {
  const custom = (apiVersion: string, kind: string, namespace: string | undefined, spec = '{}') =>
    depot(object(apiVersion, kind, 'fleet', namespace, spec), ingress('depot', 'stock', 'acmecache-node'));
  const missing = ['ingress/missing-backend'];

  test('makes what is called after its product, or after its object', () => {
    expect(rulesOf(custom('ops.acmecache.example/v1', 'Shard', 'depot'), ...backends)).toEqual([]);
    expect(rulesOf(custom('ops.example.org/v1', 'AcmecacheCluster', 'depot'), ...backends)).toEqual([]);
    expect(rulesOf(custom('ops.example.org/v1', 'AcmeCacheConfig', 'depot'), ...backends)).toEqual([]);
    expect(
      rulesOf(
        depot(object('ops.example.org/v1', 'Shard', 'shelf', 'depot'), ingress('depot', 'stock', 'shelf-0')),
        ...backends,
      ),
    ).toEqual([]);
    // What sort of thing it is says nothing.
    expect(rulesOf(custom('ops.example.org/v1', 'NodeConfig', 'depot'), ...backends)).toEqual(missing);
  });

  test('in its namespace, in the one that it names, and anywhere if nobody says', () => {
    const kind = ['acmecache.example/v1', 'AcmecacheConfig'] as const;
    expect(rulesOf(custom(...kind, 'other'), ...backends)).toEqual(missing);
    expect(rulesOf(custom(...kind, 'other', '{targetNamespace: depot}'), ...backends)).toEqual([]);
    expect(rulesOf(custom(...kind, undefined), ...backends)).toEqual([]);
    expect(rulesOf(custom(...kind, undefined, '{namespace: depot}'), ...backends)).toEqual([]);
    expect(rulesOf(custom(...kind, undefined, "{namespace: '${NS}'}"), ...backends)).toEqual([]);
    expect(rulesOf(custom(...kind, undefined, '{namespace: other}'), ...backends)).toEqual(missing);
  });

  test('but not what only sounds like it, far from it', () => {
    const cluster = object('ops.example.org/v1', 'Platform', 'cluster', undefined);
    expect(rulesOf(depot(cluster, ingress('depot', 'stock', 'cluster-view')), ...backends)).toEqual(missing);
  });

  test('if what it makes is known, makes no more', () => {
    const topic = object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'kafka-view', 'depot');
    expect(rulesOf(depot(topic, ingress('depot', 'stock', 'kafka-view')), ...backends)).toEqual(missing);
    const mirror = object('kafka.strimzi.io/v1beta2', 'KafkaMirrorMaker2', 'copy', 'depot');
    expect(rulesOf(depot(mirror, ingress('depot', 'stock', 'kafka-view')), ...backends)).toEqual(missing);
  });
});

describe('the serviceName of a StatefulSet', () => {
  const id = 'service/wrong-governing-service';
  const set = (serviceName: string, replicas: number) =>
    object('apps/v1', 'StatefulSet', 'sync-controller', 'depot', deploymentSpec('sync-controller')).replace(
      'spec: {',
      `spec: {serviceName: ${serviceName}, replicas: ${replicas}, `,
    );
  const deploymentSpec = (name: string) =>
    `{selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: ${name}, image: "${name}:1"}]}}}`;

  test('that only repeats its name is no Service of another component', () => {
    const other = many(service('syncset-controller', 'depot'), deployment('syncset-controller', 'depot'));
    expect(said({ 'all.yaml': many(set('sync-controller', 3), other) }, id)).toEqual([
      { rule: id, severity: 'info', fixes: [] },
    ]);
  });

  test('is needed by none where there is a single pod', () => {
    const other = many(service('peers', 'depot'), deployment('peers', 'depot'));
    expect(said({ 'all.yaml': many(set('sync-peers', 1), other) }, id)).toEqual([]);
  });

  test('that several pods need is a warning', () => {
    const other = many(service('peers', 'depot'), deployment('peers', 'depot'));
    expect(said({ 'all.yaml': many(set('sync-peers', 3), other) }, id)).toEqual([
      { rule: id, severity: 'warning', fixes: [] },
    ]);
  });
});
