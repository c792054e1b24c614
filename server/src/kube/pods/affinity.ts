import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { type Selector, selectorOf } from '../labels';
import type { Resource } from '../resource';
import type { Namespace } from '../view';
import { podSpecOf } from './workload';

/** One term of `podAffinity` or `podAntiAffinity`. */
export interface AffinityTerm {
  readonly field: 'podAffinity' | 'podAntiAffinity';
  readonly isRequired: boolean;
  /** The term itself: for a preferred one what stands below `podAffinityTerm`. */
  readonly node: Node;
  readonly topologyKey: string | undefined;
  /** Undefined where nothing is written: such a term matches no pods. */
  readonly selector: Selector | undefined;
}

/** Every term that a workload's pods have, required ones first. */
export const affinityTermsOf = memo((workload: Resource): readonly AffinityTerm[] => {
  const affinity = podSpecOf(workload).at('affinity');
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap(field => [
    ...affinity
      .at(field, 'requiredDuringSchedulingIgnoredDuringExecution')
      .items()
      .map(node => termOf(field, node, { isRequired: true })),
    ...affinity
      .at(field, 'preferredDuringSchedulingIgnoredDuringExecution')
      .items()
      .map(node => termOf(field, node.at('podAffinityTerm'), { isRequired: false })),
  ]);
});

function termOf(
  field: AffinityTerm['field'],
  node: Node,
  { isRequired }: { readonly isRequired: boolean },
): AffinityTerm {
  const written = node.at('labelSelector');
  const isWritten = written.isMapping;
  const topologyKey = node.at('topologyKey').string;
  return { field, isRequired, node, topologyKey, selector: isWritten ? selectorOf(written) : undefined };
}

/** Whether a term looks at pods of a namespace: by default only at those of its own pods' namespace. */
export function looksInto(term: AffinityTerm, namespace: Namespace<never>, own: Namespace<never>): boolean {
  const names = term.node.at('namespaces').items();
  const selector = term.node.at('namespaceSelector');
  if (names.length === 0 && !selector.isMapping) return namespace === own || namespace.name === own.name;
  if (names.some(item => item.string === namespace.name)) return true;
  return selector.isMapping && selectorOf(selector).matches(namespace.labels);
}
