import type { Field } from './field';

/*
 * What kustomize changes of itself.
 *
 * @source kubernetes-sigs/kustomize:api/internal/konfig/builtinpluginconsts (5.5.0)
 */

const create = true;

const templates = ['ReplicationController', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'];

const inTemplates = (rest: string): Field[] => [
  ...templates.map(kind => ({ path: `spec/template/${rest}`, kind, create })),
  { path: `spec/jobTemplate/${rest}`, kind: 'CronJob', create },
  { path: `spec/jobTemplate/spec/template/${rest}`, kind: 'CronJob', create },
];

export const labelFields: readonly Field[] = [{ path: 'metadata/labels', create }];

export const templateLabelFields: readonly Field[] = [
  ...templates.map(kind => ({ path: 'spec/template/metadata/labels', kind, create })),
  { path: 'spec/jobTemplate/metadata/labels', kind: 'CronJob', create },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', kind: 'CronJob', create },
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', kind: 'StatefulSet', group: 'apps', create },
];

const terms = ['podAffinity', 'podAntiAffinity'].flatMap(field => [
  `spec/template/spec/affinity/${field}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `spec/template/spec/affinity/${field}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);

export const selectorFields: readonly Field[] = [
  ...labelFields,
  ...inTemplates('metadata/labels'),
  { path: 'spec/selector', version: 'v1', kind: 'Service', create },
  { path: 'spec/selector', version: 'v1', kind: 'ReplicationController', create },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map(kind => ({
    path: 'spec/selector/matchLabels',
    kind,
    create,
  })),
  ...['Deployment', 'StatefulSet'].flatMap(kind =>
    [...terms, 'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels'].map(path => ({
      path,
      kind,
      group: 'apps',
    })),
  ),
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', kind: 'StatefulSet', group: 'apps', create },
  { path: 'spec/selector/matchLabels', kind: 'Job', group: 'batch' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', kind: 'CronJob', group: 'batch' },
  { path: 'spec/selector/matchLabels', kind: 'PodDisruptionBudget', group: 'policy' },
  { path: 'spec/podSelector/matchLabels', kind: 'NetworkPolicy', group: 'networking.k8s.io' },
  { path: 'spec/ingress/from/podSelector/matchLabels', kind: 'NetworkPolicy', group: 'networking.k8s.io' },
  { path: 'spec/egress/to/podSelector/matchLabels', kind: 'NetworkPolicy', group: 'networking.k8s.io' },
];

export const annotationFields: readonly Field[] = [
  { path: 'metadata/annotations', create },
  ...inTemplates('metadata/annotations'),
];

export const namespaceFields: readonly Field[] = [
  { path: 'spec/service/namespace', group: 'apiregistration.k8s.io', kind: 'APIService', create },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
];

export const replicaFields: readonly Field[] = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(
  kind => ({ path: 'spec/replicas', kind, create }),
);

/** Kinds whose names get no prefix and no suffix. */
export const unprefixed: readonly Field[] = [
  { path: '', group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { path: '', group: 'apiregistration.k8s.io', kind: 'APIService' },
  { path: '', kind: 'Namespace' },
];

const podSpecs: readonly Field[] = [
  { path: 'spec', kind: 'Pod', version: 'v1' },
  ...templates.map(kind => ({ path: 'spec/template/spec', kind })),
  { path: 'spec/jobTemplate/spec/template/spec', kind: 'CronJob' },
];

export const inPods = (...paths: readonly string[]): Field[] =>
  podSpecs.flatMap(spec => paths.map(path => ({ ...spec, path: `${spec.path}/${path}` })));

const containerTexts = ['containers', 'initContainers'].flatMap(containers =>
  ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map(field => `${containers}/${field}`),
);

/** Where `$(NAME)` stands for a var. */
export const varFields: readonly Field[] = [
  ...inPods(...containerTexts, 'volumes/nfs/server'),
  ...['spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName'].map(path => ({ path, kind: 'Ingress' })),
  ...['spec/ports/port', 'spec/ports/targetPort'].map(path => ({ path, kind: 'Service' })),
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
];
