import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { isWorkload, podTemplateOf, workloadKinds } from '../pods/workload';
import type { Resource } from '../resource';

export const poolAnnotationKinds = [...workloadKinds, 'Namespace'] as const satisfies readonly Kind[];

/** Annotations by which a pod, or all pods of a namespace, take their addresses from certain IP pools. */
export function poolAnnotationsOf(resource: Resource): Node[] {
  const metadata = isWorkload(resource) ? podTemplateOf(resource).at('metadata') : resource.at('metadata');
  return ['ipv4pools', 'ipv6pools']
    .map(name => metadata.at('annotations', `cni.projectcalico.org/${name}`))
    .filter(node => node.exists);
}

/** The pools that such an annotation names; undefined when it is not a JSON list of strings. */
export function poolsNamedIn(annotation: Node): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(annotation.string ?? '');
    if (!Array.isArray(value)) return undefined;
    const names = value.flatMap((item: unknown) => (typeof item === 'string' ? [item] : []));
    return names.length === value.length ? names : undefined;
  } catch {
    return undefined;
  }
}
