import { Selector, selectorOf } from '../../kube/labels';
import type { Direction } from '../../kube/policies/network-policy';
import type { Resource } from '../../kube/resource';
import type { Node } from '../../yaml/node';
import type { AddressSet } from '../sets/addresses';
import type { Connections, Protocol } from '../sets/connections';

export { type Direction, directions } from '../../kube/policies/network-policy';

/** Which policies speak first: admin, then NetworkPolicy (`namespace`), then baseline. */
export type Tier = 'admin' | 'namespace' | 'baseline';

export type Action = 'allow' | 'deny' | 'pass';

/** Pods chosen by labels, in namespaces chosen by labels or in the policy's own one. */
export interface PodChoice {
  readonly namespaces: Selector | 'own';
  readonly pods: Selector;
  readonly node: Node;
}

/** The other end of a rule: whoever is in any of these. */
export interface RulePeers {
  /** Pods, nodes and the world outside: the rule names no peer. */
  readonly isEveryone: boolean;
  readonly pods: readonly PodChoice[];
  readonly addresses: AddressSet;
  readonly hasNodes: boolean;
  /** Chosen by domain name, so by addresses that no manifest knows. */
  readonly hasDomainNames: boolean;
}

export interface NamedPort {
  readonly name: string;
  /** Undefined: whatever protocol the pod gives the name to. */
  readonly protocol: Protocol | undefined;
  readonly node: Node;
}

export interface RulePorts {
  readonly numbered: Connections;
  readonly named: readonly NamedPort[];
}

export interface Rule {
  readonly node: Node;
  readonly action: Action;
  readonly peers: RulePeers;
  readonly ports: RulePorts;
}

/** What is wrong with a policy as written. `isRejected`: no API server takes the object. */
export interface PolicyProblem {
  readonly kind: ProblemKind;
  readonly node: Node;
  readonly isRejected: boolean;
}

export type ProblemKind =
  | 'malformed'
  | 'cidr-malformed'
  | 'cidr-leading-zeros'
  | 'cidr-host-bits'
  | 'except-not-inside'
  | 'peer-empty'
  | 'peer-mixed'
  | 'peers-missing'
  | 'selector-unsound'
  | 'port-out-of-range'
  | 'port-name-invalid'
  | 'end-port-without-number'
  | 'end-port-below-port'
  | 'protocol-unknown'
  | 'policy-type-unknown'
  | 'action-unknown'
  | 'tier-unknown'
  | 'priority-invalid'
  | 'subject-invalid';

/** A policy of any of the four kinds, in one form. */
export interface Policy {
  readonly resource: Resource;
  readonly tier: Tier;
  /** Lower speaks first; NetworkPolicies have no order among them. */
  readonly priority: number;
  /** Undefined when what it selects can't be told. */
  readonly subject: PodChoice | undefined;
  /** The rules by direction; undefined where the policy has nothing to say. An empty list in `namespace`: deny. */
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
  readonly problems: readonly PolicyProblem[];
}

/** Whether the API server takes the policy: one that it doesn't may be in force in an older form, or not at all. */
export function isSound(policy: Policy): boolean {
  return !policy.problems.some(({ isRejected }) => isRejected);
}

/** The directions in which a policy makes pods isolated. Cluster-wide policies have rules, but isolate nobody. */
export function isolates({ tier, ingress, egress }: Policy): Readonly<Record<Direction, boolean>> {
  const isNamespaced = tier === 'namespace';
  return { ingress: isNamespaced && ingress !== undefined, egress: isNamespaced && egress !== undefined };
}

/** Collects problems while a policy is read. */
export class Problems {
  readonly list: PolicyProblem[] = [];

  reject(kind: ProblemKind, node: Node): undefined {
    this.list.push({ kind, node, isRejected: true });
  }

  tolerate(kind: ProblemKind, node: Node): undefined {
    this.list.push({ kind, node, isRejected: false });
  }
}

/** Matches every pod, or every namespace. */
export const everything = new Selector([], true);

/** The pods that a pair of selectors chooses; undefined, with a problem filed, if one can't be understood. */
export function choiceOf(
  node: Node,
  namespaces: Node | 'own',
  pods: Node | 'all',
  problems: Problems,
): PodChoice | undefined {
  const inNamespaces = namespaces === 'own' ? 'own' : soundSelectorOf(namespaces, problems);
  const chosen = pods === 'all' ? everything : soundSelectorOf(pods, problems);
  return inNamespaces && chosen && { namespaces: inNamespaces, pods: chosen, node };
}

function soundSelectorOf(node: Node, problems: Problems): Selector | undefined {
  const selector = selectorOf(node);
  return selector.isSound ? selector : problems.reject('selector-unsound', node);
}

/** Whether a field has a value: an empty map or list is one, null is none. */
export function isSet(node: Node): boolean {
  return node.isMapping || node.isSequence || node.text !== undefined;
}
