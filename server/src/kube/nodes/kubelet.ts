import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { groupOf } from '../kinds';
import type { Resource } from '../resource';
import { objectsInText } from './objects-in-text';

/** Kinds in which a kubelet's configuration can stand. 'Unlisted' is for KubeadmConfig, and OpenShift's KubeletConfig. */
export const kubeletConfigKinds = [
  'KubeletConfiguration.kubelet.config.k8s.io',
  'ConfigMap',
  'InitConfiguration.kubeadm.k8s.io',
  'JoinConfiguration.kubeadm.k8s.io',
  'KubeadmControlPlane.controlplane.cluster.x-k8s.io',
  'KubeadmControlPlaneTemplate.controlplane.cluster.x-k8s.io',
  'Cluster.kops.k8s.io',
  'Unlisted',
] as const satisfies readonly Kind[];

/** A pattern that lets pods set unsafe sysctls. */
export interface AllowedSysctl {
  readonly pattern: string;
  readonly node: Node;
}

/** The lists of a KubeletConfiguration, which need not be written yet. */
export const allowListsIn = memo((resource: Resource): readonly Node[] => {
  if (resource.kind === 'KubeletConfiguration.kubelet.config.k8s.io') return [resource.at('allowedUnsafeSysctls')];
  return textsOf(resource)
    .flatMap(text => (text.string?.includes('KubeletConfiguration') ? objectsInText(text) : []))
    .filter(({ kind, group }) => kind === 'KubeletConfiguration' && group === 'kubelet.config.k8s.io')
    .map(({ root }) => root.at('allowedUnsafeSysctls'));
});

/** Every pattern that kubelets are told to allow, in whatever form. */
export const allowedSysctlsIn = memo((resource: Resource): readonly AllowedSysctl[] => {
  const lists = [...allowListsIn(resource), ...otherListsIn(resource)];
  const listed = lists
    .flatMap(list => list.items())
    .flatMap(node => (node.string ? [{ pattern: node.string, node }] : []));
  const flags = kubeadmSpecsOf(resource).flatMap(flagsIn);
  return [...listed, ...flags];
});

/** `net.core.*` matches all that begins with `net.core.`; other patterns are names. */
export function isAllowed(name: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}

function otherListsIn(resource: Resource): Node[] {
  if (resource.kind === 'Cluster.kops.k8s.io') return [resource.at('spec', 'kubelet', 'allowedUnsafeSysctls')];
  const isOpenShift = groupOf(resource.apiVersion) === 'machineconfiguration.openshift.io';
  return isOpenShift ? [resource.at('spec', 'kubeletConfig', 'allowedUnsafeSysctls')] : [];
}

/** kubeadm hands flags to a kubelet as a map before v1beta4, as a list of name and value since. */
function flagsIn(registration: Node): AllowedSysctl[] {
  const args = registration.at('kubeletExtraArgs');
  const value = args.isSequence
    ? args
        .items()
        .find(item => item.at('name').string === 'allowed-unsafe-sysctls')
        ?.at('value')
    : args.at('allowed-unsafe-sysctls');
  if (value?.string === undefined) return [];
  return value.string.split(',').flatMap(pattern => (pattern.trim() ? [{ pattern: pattern.trim(), node: value }] : []));
}

function kubeadmSpecsOf(resource: Resource): Node[] {
  if (groupOf(resource.apiVersion) === 'kubeadm.k8s.io') return [resource.at('nodeRegistration')];
  return ['initConfiguration', 'joinConfiguration'].map(name => clusterApiSpec(resource).at(name, 'nodeRegistration'));
}

function textsOf(resource: Resource): Node[] {
  if (resource.kind === 'ConfigMap') return resource.at('data').entries();
  return clusterApiSpec(resource)
    .at('files')
    .items()
    .map(file => file.at('content'));
}

/** The kubeadm configuration that Cluster API keeps in a control plane, a KubeadmConfig, or a template of either. */
export function clusterApiSpec(resource: Resource): Node {
  const group = groupOf(resource.apiVersion);
  const { kindName } = resource;
  const spec = kindName.endsWith('Template') ? resource.at('spec', 'template', 'spec') : resource.at('spec');
  if (group === 'controlplane.cluster.x-k8s.io' && kindName.startsWith('KubeadmControlPlane'))
    return spec.at('kubeadmConfigSpec');
  if (group === 'bootstrap.cluster.x-k8s.io' && kindName.startsWith('KubeadmConfig')) return spec;
  return resource.at('no kubeadm configuration');
}
