import type { ObjectId } from './object';

/**
 * Kinds that kustomize gives no namespace. It takes all others to have one, a custom resource's too.
 *
 * @source kubernetes/kubernetes:api/openapi-spec/swagger.json (1.32: paths without a namespace)
 */
const clusterScoped: Readonly<Record<string, readonly string[]>> = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['StorageVersion'],
  'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  policy: ['PodSecurityPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
}; // biome-ignore format: a table

export function isClusterScopedInKustomize({ group, kind }: ObjectId): boolean {
  return Object.hasOwn(clusterScoped, group) && clusterScoped[group]?.includes(kind) === true;
}

/** The groups whose lists kustomize knows how to merge. */
export function isBuiltIn({ group }: ObjectId): boolean {
  return (
    Object.hasOwn(clusterScoped, group) ||
    ['apps', 'batch', 'autoscaling', 'events.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io'].includes(group)
  );
}
