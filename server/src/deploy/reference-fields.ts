import { inPods } from './default-fields';
import type { Field } from './field';

/** Fields that hold the name of an object of a kind. */
export interface Reference {
  readonly kind: string;
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly fields: readonly Field[];
}

const roles: readonly Field[] = ['Role', 'ClusterRole'].map(kind => ({
  path: 'rules/resourceNames',
  group: 'rbac.authorization.k8s.io',
  kind,
}));

const of = (kind: string, ...paths: readonly string[]): Field[] => paths.map(path => ({ path, kind }));
const webhooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const containers = ['containers', 'initContainers'];
const inContainers = (path: string) => containers.map(field => `${field}/${path}`);

/**
 * The references that kustomize follows of itself when it renames an object.
 *
 * @source kubernetes-sigs/kustomize:api/internal/konfig/builtinpluginconsts/namereference.go (5.5.0)
 */
export const references: readonly Reference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(kind => ({
    kind,
    fields: of('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name'),
  })),
  {
    kind: 'ConfigMap',
    version: 'v1',
    fields: [
      ...inPods(
        'volumes/configMap/name',
        'volumes/projected/sources/configMap/name',
        ...inContainers('env/valueFrom/configMapKeyRef/name'),
        ...inContainers('envFrom/configMapRef/name'),
      ),
      ...of('Node', 'spec/configSource/configMap'),
      ...of('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap'),
      ...roles,
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fields: [
      ...inPods(
        'volumes/secret/secretName',
        'volumes/projected/sources/secret/name',
        ...inContainers('env/valueFrom/secretKeyRef/name'),
        ...inContainers('envFrom/secretRef/name'),
        'imagePullSecrets/name',
      ),
      ...of('ServiceAccount', 'imagePullSecrets/name', 'secrets/name'),
      ...of(
        'Ingress',
        'spec/tls/secretName',
        'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
      ),
      ...of('PersistentVolume', 'spec/azureFile/secretName', 'spec/cephfs/secretRef/name', 'spec/rbd/secretRef/name'),
      ...of(
        'StorageClass',
        ...['csi.storage.k8s.io\\/provisioner-secret-name', 'csi.storage.k8s.io\\/node-publish-secret-name'].map(
          key => `parameters/${key}`,
        ),
      ),
      ...roles,
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fields: [
      ...of('StatefulSet', 'spec/serviceName'),
      ...of(
        'Ingress',
        'spec/rules/http/paths/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/backend/serviceName',
        'spec/defaultBackend/service/name',
      ),
      ...of('APIService', 'spec/service/name'),
      ...of('CustomResourceDefinition', 'spec/conversion/webhook/clientConfig/service'),
      ...webhooks.flatMap(kind => of(kind, 'webhooks/clientConfig/service')),
    ],
  },
  { kind: 'Role', group: 'rbac.authorization.k8s.io', fields: of('RoleBinding', 'roleRef/name') },
  {
    kind: 'ClusterRole',
    group: 'rbac.authorization.k8s.io',
    fields: [...of('RoleBinding', 'roleRef/name'), ...of('ClusterRoleBinding', 'roleRef/name')],
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fields: [
      ...of('RoleBinding', 'subjects'),
      ...of('ClusterRoleBinding', 'subjects'),
      ...inPods('serviceAccountName'),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fields: inPods('volumes/persistentVolumeClaim/claimName'),
  },
  { kind: 'PersistentVolume', version: 'v1', fields: [...of('PersistentVolumeClaim', 'spec/volumeName'), ...roles] },
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    fields: [
      ...of('PersistentVolume', 'spec/storageClassName'),
      ...of('PersistentVolumeClaim', 'spec/storageClassName'),
      ...of('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
    ],
  },
  { kind: 'PriorityClass', group: 'scheduling.k8s.io', fields: inPods('priorityClassName') },
  { kind: 'IngressClass', group: 'networking.k8s.io', fields: of('Ingress', 'spec/ingressClassName') },
];
