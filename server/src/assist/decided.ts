import { nameOf, titleOf } from '../kube/resource';
import { lineOf } from '../lint/place';
import type { Decision } from '../network/answers/decisions';
import type { ShownCall } from '../network/answers/shown-calls';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';

/** A policy that decides, as `NetworkPolicy 'web' (shop/policies.yaml:3)`, and the rule that is meant. */
export interface Named {
  readonly text: string;
  readonly at: Node;
}

/** Each once, though several of its rules may be meant at one line. */
export function namedDecisions(decisions: readonly Decision[], workspace: Workspace): readonly Named[] {
  const named = new Map<string, Named>();
  for (const { policy, at } of decisions) {
    const text = `${titleOf(policy)}${inBrackets(lineOf(workspace, at))}`;
    if (!named.has(text)) named.set(text, { text, at });
  }
  return [...named.values()];
}

/** `, by NetworkPolicy 'web' (shop/policies.yaml:3)`; nothing where no policy decides. */
export function byWhom(decided: readonly Named[]): string {
  return decided.length === 0 ? '' : `, by ${decided.map(({ text }) => text).join(', ')}`;
}

/** @own what a policy does, in words that follow its name */
export const wordsOf = {
  isolates: 'isolates these pods',
  allows: 'allows it',
  denies: 'denies it',
  obscures: 'is not evaluated',
} as const satisfies Record<Decision['effect'], string>;

export function decisionObject({ end, effect, policy, at }: Decision, workspace: Workspace) {
  return { end, effect, kind: policy.kindName, name: nameOf(policy), place: lineOf(workspace, at) ?? null };
}

/** Where a call is shown: `shop/web.yaml:12`. */
export function placesOf({ evidence }: ShownCall, workspace: Workspace): readonly string[] {
  return [...new Set(evidence.flatMap(({ at }) => lineOf(workspace, at) ?? []))];
}

const inBrackets = (place: string | undefined) => (place === undefined ? '' : ` (${place})`);
