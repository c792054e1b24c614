import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { noLabels, selectorOf } from '../labels';
import type { Resource } from '../resource';

export type Direction = 'ingress' | 'egress';

export const directions: readonly Direction[] = ['ingress', 'egress'];

/** As `policyTypes` writes it. */
export function typeOf(direction: Direction): string {
  return direction === 'ingress' ? 'Ingress' : 'Egress';
}

/**
 * The directions in which a NetworkPolicy isolates its pods. Without a non-empty `policyTypes` that is ingress, and
 * egress only beside an egress rule: `egress: []` adds nothing (kubernetes pkg/apis/networking/v1/defaults.go).
 * Undefined where `policyTypes` holds what the API server refuses.
 */
export const isolatedDirections = memo((policy: Resource): ReadonlySet<Direction> | undefined => {
  const written = policy.at('spec', 'policyTypes');
  if (!written.isEmpty && !written.isSequence) return undefined;
  if (written.isEmpty) {
    return new Set(policy.at('spec', 'egress').isEmpty ? ['ingress'] : ['ingress', 'egress']);
  }
  const found = new Set<Direction>();
  for (const item of written.items()) {
    const direction = directions.find(candidate => typeOf(candidate) === item.string);
    if (direction === undefined) return undefined;
    found.add(direction);
  }
  return found;
});

/** Whether a policy has only a list of egress rules, and isolates ingress because it doesn't say which directions it is for. */
export function isolatesIngressUnsaid(policy: Resource): boolean {
  const spec = policy.at('spec');
  return spec.at('policyTypes').isEmpty && !spec.at('ingress').exists && spec.at('egress').isSequence;
}

/** The rules of a direction, whether or not it is among the policy's types. */
export function rulesOf(policy: Resource, direction: Direction): readonly Node[] {
  return policy.at('spec', direction).items();
}

/** `from` or `to` of a rule. */
export function peersOf(rule: Node, direction: Direction): Node {
  return rule.at(direction === 'ingress' ? 'from' : 'to');
}

/** A rule without peers and without ports lets everything through; so does an item that is null. */
export function allowsEverything(rule: Node, direction: Direction): boolean {
  return peersOf(rule, direction).isEmpty && rule.at('ports').isEmpty && (rule.isMapping || rule.isEmpty);
}

export function openRulesOf(policy: Resource, direction: Direction): readonly Node[] {
  return rulesOf(policy, direction).filter(rule => allowsEverything(rule, direction));
}

/**
 * Whether a pod of which nothing is known is selected too: by an empty selector in any spelling, and by one that
 * only makes exceptions (NotIn, DoesNotExist). Undefined where the selector can't be understood.
 */
export function selectsByDefault(podSelector: Node): boolean | undefined {
  const selector = selectorOf(podSelector);
  return selector.isSound ? selector.matches(noLabels) : undefined;
}
