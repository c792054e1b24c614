import { groupOf } from '../../kube/kinds';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';

/**
 * What an operator makes of an object of one kind. In a pattern `{name}` is the name of the object, `{spec.x}` what it
 * says there (a list stands for each of its items, and a mapping for each of its values), and `*` is anything.
 */
interface Row {
  /** The names of its Services. */
  readonly services: readonly string[];
  /** Values of the labels of its pods that are no names of its Services; none of keys of the operator's own domain. */
  readonly labels?: readonly string[];
  /** The namespace of what it makes, where that is not its own; any, if the object doesn't say. */
  readonly namespace?: string;
}

type Table = Readonly<Record<string, Row>>;

/**
 * @source prometheus-operator/prometheus-operator:pkg/prometheus/server/statefulset.go (018eadd)
 * @source https://github.com/prometheus-operator/prometheus-operator/pull/4350 (pods had the label app until 0.52)
 * @source prometheus-operator/prometheus-operator:pkg/alertmanager/statefulset.go (6efd4e5)
 * @source prometheus-operator/prometheus-operator:pkg/thanos/statefulset.go (afba052)
 * @source grafana/grafana-operator:controllers/model/grafana_resources.go (068913b)
 * @source grafana/loki:operator/internal/manifests/var.go (00eae85)
 * @source grafana/tempo-operator:internal/manifests (naming/naming.go 013b6ae, manifestutils/labels.go bcb50d2)
 * @source jaegertracing/jaeger-operator:pkg/service (agent.go 0337cc9, collector.go 06ce0fe, query.go 0571a00)
 * @source open-telemetry/opentelemetry-operator:internal/naming/main.go (0075b13)
 * @source open-telemetry/opentelemetry-operator:internal/manifests/manifestutils/labels.go (3c8f286)
 */
const observing: Table = {
  'Prometheus.monitoring.coreos.com': {
    services: ['prometheus-operated'],
    labels: ['prometheus', '{name}', '{spec.podMetadata.labels}'],
  },
  'Alertmanager.monitoring.coreos.com': {
    services: ['alertmanager-operated'],
    labels: ['alertmanager', '{name}', '{spec.podMetadata.labels}'],
  },
  'ThanosRuler.monitoring.coreos.com': {
    services: ['thanos-ruler-operated'],
    labels: ['thanos-ruler', '{name}', '{spec.podMetadata.labels}'],
  },
  'Grafana.grafana.integreatly.org': { services: ['{name}-service', '{name}-alerting'], labels: ['{name}'] },
  'LokiStack.loki.grafana.com': { services: ['{name}-*-http', '{name}-*-grpc'], labels: ['lokistack', '{name}'] },
  'TempoStack.tempo.grafana.com': { services: ['tempo-{name}-*'], labels: ['tempo', '{name}'] },
  'TempoMonolithic.tempo.grafana.com': { services: ['tempo-{name}', 'tempo-{name}-*'], labels: ['{name}'] },
  'Jaeger.jaegertracing.io': {
    services: ['{name}-agent', '{name}-collector', '{name}-collector-headless', '{name}-query'],
    labels: ['jaeger', '{name}'],
  },
  'OpenTelemetryCollector.opentelemetry.io': {
    services: ['{name}-collector', '{name}-collector-*', '{name}-targetallocator'],
    labels: ['opentelemetry-collector', '{name}-collector', '{name}-targetallocator', '*.{name}'],
  },
};

/**
 * @source cloudnative-pg/cloudnative-pg:pkg/specs/services.go (086b7b3, with the suffixes of api/v1/cluster_types.go)
 * @source cloudnative-pg/cloudnative-pg:docs/src/service_management.md (253754c)
 * @source cloudnative-pg/cloudnative-pg:pkg/specs/pgbouncer/services.go (094f9bb)
 * @source https://cloudnative-pg.io/docs/1.29/labels_annotations/ (inheritedMetadata, 1.29)
 * @source zalando/postgres-operator:pkg/cluster/k8sres.go (956fd13)
 * @source zalando/postgres-operator:pkg/cluster/connection_pooler.go (3de15d2)
 * @source zalando/postgres-operator:manifests/configmap.yaml (application:spilo, 01dddc6)
 * @source mongodb/mongodb-kubernetes-operator:api/v1/mongodbcommunity_types.go (1f6d290)
 * @source k8ssandra/cass-operator:apis/cassandra/v1beta1/cassandradatacenter_types.go (515392e)
 * @source elastic/cloud-on-k8s:pkg/apis/elasticsearch/v1/name.go (0673544)
 * @source elastic/cloud-on-k8s:pkg/apis/kibana/v1/name.go (0ff1cad)
 * @source spotahome/redis-operator:operator/redisfailover/service/constants.go (00cc3f7)
 * @source minio/operator:pkg/resources/services/service.go (0023f6a)
 * @source minio/operator:pkg/apis/minio.min.io/v2/names.go (7131aab)
 */
const storing: Table = {
  'Cluster.postgresql.cnpg.io': {
    services: [
      ...['{name}-rw', '{name}-ro', '{name}-r', '{name}-any'],
      '{spec.managed.services.additional.serviceTemplate.metadata.name}',
    ],
    labels: ['{name}', '{spec.inheritedMetadata.labels}'],
  },
  'Pooler.postgresql.cnpg.io': { services: ['{name}'], labels: ['{name}'] },
  'postgresql.acid.zalan.do': {
    services: ['{name}', '{name}-repl', '{name}-config', '{name}-pooler', '{name}-pooler-repl'],
    labels: ['spilo', '{name}'],
  },
  'MongoDBCommunity.mongodbcommunity.mongodb.com': {
    services: ['{name}-svc', '{spec.statefulSet.spec.serviceName}'],
    labels: ['{name}-svc'],
  },
  'CassandraDatacenter.cassandra.datastax.com': {
    services: ['{spec.clusterName}-seed-service', '{spec.clusterName}-*-service'],
  },
  'Elasticsearch.elasticsearch.k8s.elastic.co': { services: ['{name}-es-*'] },
  'Kibana.kibana.k8s.elastic.co': { services: ['{name}-kb-http'] },
  'RedisFailover.databases.spotahome.com': {
    services: ['rfs-{name}', 'rfr-{name}', 'rfrm-{name}', 'rfrs-{name}'],
    labels: ['redis-failover', '{name}'],
  },
  'Tenant.minio.min.io': { services: ['minio', '{name}-hl', '{name}-console'] },
};

/**
 * @source strimzi/strimzi-kafka-operator:api/src/main/java/io/strimzi/api/kafka/model/kafka/KafkaResources.java (0a669b8)
 * @source strimzi/strimzi-kafka-operator:cluster-operator/src/main/java/io/strimzi/operator/cluster/model/ListenersUtils.java (990110a)
 * @source strimzi/strimzi-kafka-operator:api/src/main/java/io/strimzi/api/kafka/model/connect/KafkaConnectResources.java (2fe4b04)
 * @source strimzi/strimzi-kafka-operator:api/src/main/java/io/strimzi/api/kafka/model/kafka/cruisecontrol/CruiseControlResources.java (360d93c)
 * @source strimzi/strimzi-kafka-operator:api/src/main/java/io/strimzi/api/kafka/model/bridge/KafkaBridgeResources.java (bbda1f7)
 * @source rabbitmq/cluster-operator:internal/resource (headless_service.go b2fb80c; client_service.go 094c920, when it was called client)
 */
const messaging: Table = {
  'Kafka.kafka.strimzi.io': {
    services: [
      ...['{name}-kafka-*', '{name}-*-{spec.kafka.listeners.name}-*', '{name}-cruise-control'],
      ...['{name}-zookeeper-client', '{name}-zookeeper-nodes'],
    ],
    labels: ['kafka', '{name}', '{name}-kafka'],
  },
  'KafkaConnect.kafka.strimzi.io': { services: ['{name}-connect-api'], labels: ['{name}'] },
  'KafkaBridge.kafka.strimzi.io': { services: ['{name}-bridge-service'], labels: ['{name}'] },
  'RabbitmqCluster.rabbitmq.com': { services: ['{name}', '{name}-client', '{name}-nodes'], labels: ['{name}'] },
};

/**
 * @source kserve/kserve:pkg/constants/constants.go (000652d)
 * @source knative/serving:pkg/reconciler/configuration/resources/revision.go (0b22bc1)
 * @source knative/serving:pkg/reconciler/serverlessservice/resources/names/names.go (7440f53)
 * @source ray-project/kuberay:ray-operator/controllers/ray/utils/util.go (00cc9f3)
 * @source istio/istio:pilot/pkg/config/kube/gateway/deploymentcontroller.go (8aad60c)
 * @source cilium/cilium:operator/pkg/model/translation/gateway-api/translator.go (18cde1c)
 * @source keycloak/keycloak:operator/src/main/java/org/keycloak/operator/Constants.java (1274cb8)
 */
const serving: Table = {
  'InferenceService.serving.kserve.io': {
    services: ['{name}', '{name}-predictor*', '{name}-transformer*', '{name}-explainer*', '{name}-head-*'],
    labels: ['{name}', 'isvc.{name}-*', '{name}-predictor*', '{name}-transformer*', '{name}-explainer*'],
  },
  'Service.serving.knative.dev': {
    services: ['{name}', '{name}-0*', '{spec.template.metadata.name}', '{spec.template.metadata.name}-*'],
    labels: ['{name}', '{name}-0*', '{spec.template.metadata.name}'],
  },
  'RayCluster.ray.io': { services: ['{name}-head-svc', '{spec.headGroupSpec.headService.metadata.name}'] },
  'RayService.ray.io': { services: ['{name}-head-svc', '{name}-*-head-svc', '{name}-serve-svc'] },
  'RayJob.ray.io': { services: ['{name}-head-svc', '{name}-*-head-svc'] },
  // Of Gateways that a controller runs a proxy for.
  Gateway: { services: ['{name}-{spec.gatewayClassName}', 'cilium-gateway-{name}'] },
  'Keycloak.k8s.keycloak.org': { services: ['{name}-service', '{name}-discovery'], labels: ['keycloak', '{name}'] },
};

/**
 * Each makes a part of Tekton, named after it, where `spec.targetNamespace` says.
 *
 * @source tektoncd/operator:docs/TektonConfig.md (0131d8f)
 * @source tektoncd/chains:config/100-deployment.yaml (144e505)
 * @source openshift-pipelines/pipelines-as-code:config/400-controller.yaml (136aa10)
 */
const tekton: Row = {
  services: ['tekton-*', 'pipelines-as-code-*'],
  labels: ['tekton-*', 'pipelines-as-code', 'pipelines-as-code-*'],
  namespace: '{spec.targetNamespace}',
};

/**
 * @source tektoncd/triggers:pkg/reconciler/eventlistener/eventlistener.go (8a19d50)
 * @source argoproj-labs/argocd-operator:controllers/argocd/service.go (04c46c8)
 * @source argoproj-labs/argocd-operator:controllers/argocd/dex.go (e928c0e)
 * @source argoproj-labs/argocd-operator:controllers/argocd/applicationset.go (98934b3)
 * @source istio-ecosystem/sail-operator:api/v1/istio_types.go (f82ea22)
 * @source istio/istio:manifests/charts/istio-control/istio-discovery/templates/service.yaml (05dc2c4)
 * @source kubevirt/kubevirt:pkg/virt-operator/resource/generate/components (deployments.go 88bee3a)
 * @source openshift/cluster-ingress-operator:pkg/operator/controller/names.go (00a6bd8)
 */
const platforms: Table = {
  'TektonConfig.operator.tekton.dev': tekton,
  'TektonPipeline.operator.tekton.dev': tekton,
  'TektonTrigger.operator.tekton.dev': tekton,
  'TektonChain.operator.tekton.dev': tekton,
  'TektonDashboard.operator.tekton.dev': tekton,
  'OpenShiftPipelinesAsCode.operator.tekton.dev': tekton,
  'EventListener.triggers.tekton.dev': { services: ['el-{name}'], labels: ['{name}'] },
  'ArgoCD.argoproj.io': {
    services: [
      ...['{name}-server', '{name}-server-metrics', '{name}-metrics', '{name}-repo-server', '{name}-dex-server'],
      ...['{name}-redis', '{name}-redis-ha', '{name}-redis-ha-*', '{name}-grafana'],
      ...['{name}-applicationset-controller', '{name}-notifications-controller-metrics'],
    ],
    labels: ['{name}-application-controller'],
  },
  'Istio.sailoperator.io': {
    services: ['istiod', 'istiod-*'],
    labels: ['istiod', 'pilot'],
    namespace: '{spec.namespace}',
  },
  'KubeVirt.kubevirt.io': {
    services: ['virt-api', 'virt-exportproxy', 'kubevirt-operator-webhook', 'kubevirt-prometheus-metrics'],
    labels: ['virt-api', 'virt-controller', 'virt-handler', 'virt-exportproxy'],
  },
  'IngressController.operator.openshift.io': {
    services: ['router-{name}', 'router-internal-{name}', 'router-nodeport-{name}'],
    namespace: 'openshift-ingress',
  },
};

const table = new Map<string, Row>(
  [observing, storing, messaging, serving, platforms].flatMap(group => Object.entries(group)),
);

const knownGroups = new Set([...table.keys()].map(kind => kind.slice(kind.indexOf('.') + 1)));

/** Whether the table has kinds of an object's group: then what the operator makes is known, also if not by this kind. */
export function isOfKnownOperator({ apiVersion }: Resource): boolean {
  return knownGroups.has(groupOf(apiVersion));
}

/** The names and labels of what an operator makes of an object. */
export interface Made {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
  /** Where it lands, none for anywhere; undefined for the namespace of the object. */
  readonly namespaces: readonly string[] | undefined;
}

export const madeBy = memo((resource: Resource): Made | undefined => {
  const { kind, kindName, apiVersion } = resource;
  const row = table.get(kind === 'Unlisted' ? `${kindName}.${groupOf(apiVersion)}` : kind);
  if (row === undefined) return undefined;
  const texts = [...row.services, ...(row.labels ?? [])].flatMap(pattern => filledIn(pattern, resource));
  return {
    names: texts.filter(text => !text.includes('*')),
    patterns: texts.filter(text => text.includes('*')),
    namespaces:
      row.namespace === undefined ? undefined : filledIn(row.namespace, resource).filter(text => text !== '*'),
  };
});

/** A pattern with what the object says; none where it says nothing, and several where it lists. */
function filledIn(pattern: string, resource: Resource): readonly string[] {
  // Every second part is a path.
  const parts = pattern.split(/\{([^{}]+)\}/);
  const fillings = parts.map((part, i) => (i % 2 === 0 ? [part] : sayingsAt(part, resource)));
  return fillings.reduce((texts, some) => texts.flatMap(text => some.map(each => text + each)), ['']);
}

function sayingsAt(path: string, { name, node }: Resource): readonly string[] {
  const values = path === 'name' ? textOf(name) : valuesAt(node, path.split('.'));
  return values.map(value => (isPlaceholder(value) ? '*' : value));
}

function valuesAt(node: Node, path: readonly string[]): readonly string[] {
  if (node.isSequence) return node.items().flatMap(item => valuesAt(item, path));
  const [step, ...rest] = path;
  if (step === undefined) return node.isMapping ? node.entries().flatMap(entry => valuesAt(entry, [])) : textOf(node);
  return valuesAt(node.at(step), rest);
}

const textOf = ({ text }: Node) => (text === undefined ? [] : [text]);
