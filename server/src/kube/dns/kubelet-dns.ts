import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { objectsInText } from '../nodes/objects-in-text';
import type { Resource } from '../resource';

/** Kinds in which kubelets are told which DNS their pods ask. */
export const kubeletDnsKinds = [
  'KubeletConfiguration.kubelet.config.k8s.io',
  'ConfigMap',
] as const satisfies readonly Kind[];

/** The addresses that kubelets write into the resolv.conf of pods. */
export const clusterDnsAddressesIn = memo((resource: Resource): readonly Node[] =>
  configsIn(resource)
    .flatMap(config => config.at('clusterDNS').items())
    .filter(item => item.string !== undefined),
);

function configsIn(resource: Resource): readonly Node[] {
  if (resource.kind === 'KubeletConfiguration.kubelet.config.k8s.io') return [resource.node];
  if (resource.kind !== 'ConfigMap') return [];
  return resource
    .at('data')
    .entries()
    .flatMap(text => (text.string?.includes('KubeletConfiguration') ? objectsInText(text) : []))
    .filter(({ kind, group }) => kind === 'KubeletConfiguration' && group === 'kubelet.config.k8s.io')
    .map(({ root }) => root);
}
