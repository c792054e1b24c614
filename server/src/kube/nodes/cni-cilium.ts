import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { helmKinds, helmValuesIn } from '../helm';
import type { Kind } from '../kinds';
import { containersOf, isWorkload } from '../pods/workload';
import type { Resource } from '../resource';

/** A place that says whether Cilium does kube-proxy's work. */
export interface CiliumReplacement {
  /** As written, be it a boolean or a string. */
  readonly value: string;
  readonly node: Node;
  /** Cilium's version as far as the object tells; charts and agents share it. */
  readonly version: string | undefined;
}

export const ciliumReplacementKinds = ['ConfigMap', ...helmKinds] as const satisfies readonly Kind[];

/** Helm's `kubeProxyReplacement`, and what the chart makes of it: `kube-proxy-replacement` in cilium-config. */
export const ciliumReplacementsIn = memo((resource: Resource): readonly CiliumReplacement[] => {
  const found =
    resource.kind === 'ConfigMap'
      ? [{ node: ciliumConfig(resource).at('kube-proxy-replacement'), version: undefined }]
      : helmValuesIn(resource, 'cilium').map(({ values, version }) => {
          return { node: values.at('kubeProxyReplacement'), version };
        });
  return found.flatMap(({ node, version }) => (node.text ? [{ value: node.text, node, version }] : []));
});

function ciliumConfig(configMap: Resource): Node {
  return configMap.name.string === 'cilium-config' ? configMap.at('data') : configMap.at('not of Cilium');
}

/** `strict` and `partial` were the words for it before 1.14. */
export function replacesKubeProxy({ value }: CiliumReplacement): boolean {
  return value === 'true' || value === 'strict';
}

/** The version of an agent, by the tag of its image: `quay.io/cilium/cilium:v1.17.1@sha256:…` runs 1.17.1. */
export const ciliumVersionOf = memo((workload: Resource): string | undefined => {
  if (!isWorkload(workload)) return undefined;
  for (const container of containersOf(workload)) {
    const match = /(?:^|\/)cilium(?:-ci)?:(v?[0-9]+\.[0-9]+[^@]*)/.exec(container.at('image').string ?? '');
    if (match) return match[1];
  }
  return undefined;
});
