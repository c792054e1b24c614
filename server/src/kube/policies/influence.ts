import type { Labels } from '../labels';
import type { Resource } from '../resource';
import type { LabelFacts } from '../truth';

/**
 * What a policy does to a pod of a namespace of which nothing is known:
 * `denies` and `opens` end the matter, `passes` ends it for the policy's tier, `isolates` closes what nothing else
 * opens, and `unclear` is for a policy that may do any of these.
 */
export type Effect = 'denies' | 'opens' | 'passes' | 'isolates' | 'unclear';

/** Groups of policies in the order in which they speak. */
export type Stage = 'admin' | 'tier' | 'default' | 'baseline';

export interface Influence {
  readonly policy: Resource;
  readonly effect: Effect;
  readonly stage: Stage;
  /** Name of a Calico tier other than the default one. */
  readonly tier: string;
  /** Lower speaks first within its stage and tier. */
  readonly order: number;
}

/** Where the order of a Kubernetes NetworkPolicy lies among Calico's. */
export const usualOrder = 1000;

/** A namespace as policies see it. */
export interface Home {
  readonly name: string;
  readonly labels: Labels;
  /** Whether the labels are all there are: its manifest is at hand, and nothing patches it. */
  readonly isDescribed: boolean;
}

const nameLabel = 'kubernetes.io/metadata.name';

/** The labels of a namespace, as far as they are known. */
export function namespaceFacts({ name, labels, isDescribed }: Home): LabelFacts {
  return key => (key === nameLabel ? name : (labels.get(key) ?? (isDescribed ? null : undefined)));
}
