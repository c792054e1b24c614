import type { Kind } from '../kube/kinds';
import type { Labels } from '../kube/labels';
import type { Resource } from '../kube/resource';
import type { Edits } from '../yaml/edit';
import type { Node } from '../yaml/node';
import type { Place as ValuePlace } from '../yaml/replace';
import type { Version } from './version';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A namespace of one cluster, as the manifests of a scope show it. */
export interface Namespace<K extends Kind = Kind> {
  /** The effective name; `default` where `isAssumed`. */
  readonly name: string;
  /** No manifest says which namespace: it is the one that the files are applied to. */
  readonly isAssumed: boolean;
  /** With the implied `kubernetes.io/metadata.name`. */
  readonly labels: Labels;
  of<Q extends K>(...kinds: readonly Q[]): readonly Resource<Q>[];
  readonly cluster: Cluster<K>;
}

/** What is applied together to one cluster. A rule that reads it depends on its kinds in the whole scope. */
export interface Cluster<K extends Kind = Kind> {
  /** How the scope is called in messages: the path of its kustomization or folder. */
  readonly name: string;
  /** Every namespace that an object of the scope lives in or declares. */
  readonly namespaces: Iterable<Namespace<K>>;
  of<Q extends K>(...kinds: readonly Q[]): readonly Resource<Q>[];
  namespaceOf(resource: Resource): Namespace<K>;
  /**
   * Whether everything that is applied beside this object can be seen. False near Helm templates, and where a
   * kustomization fetches or generates resources: then nothing is called missing.
   */
  isCompleteFor(resource: Resource): boolean;
  /** Whether the object is of this scope, rather than an alternative or a neighbour that is only seen. */
  judges(resource: Resource): boolean;
  /** Whether kustomize adds or patches labels, so that a selector that matches nothing as written may match. */
  readonly relabels: boolean;
  /** Whether this is one loose file in an editor: then nothing is said to be missing. */
  readonly isLoose: boolean;
}

export interface Units<K extends Kind = Kind> {
  readonly resource: Resource<K>;
  readonly namespace: Namespace<K>;
  readonly scope: Cluster<K>;
}

/** What a rule may know besides its unit: the target version, and the few settings that change verdicts. */
export interface Target {
  readonly kubernetes: Version;
  /** Whether a namespace is left alone by rules about isolation. */
  exempt(namespace: string): boolean;
}

/** A node, or a range inside a node's value (an embedded Corefile, a word of a command). */
export type Place = Node | ValuePlace;

export interface Related {
  readonly at: Place;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  /**
   * Provably without effect on what runs: another spelling of the same, or a spelling that was rejected. Never what
   * takes effect afterwards, what removes something that somebody meant, or what rests on a table being complete.
   */
  readonly safe: boolean;
  /** Writes so much that an editor should show it before it is applied. */
  readonly preview?: true;
  edit(edits: Edits): unknown;
}

export interface Detail {
  /** How loud this one is, where it is not as loud as its rule. */
  readonly severity?: Severity;
  /** The best first. */
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
}

export type Report = (at: Place, message: string, more?: Detail) => void;

/** One rule: what it is called, what it reads, and the check. A stateless value. */
export interface Rule<P extends keyof Units = keyof Units, K extends Kind = Kind> {
  /** `<area>/<file>`; names the fault, so that 'ignore ingress/unknown-load-balance' reads well. */
  readonly id: string;
  /** One sentence that states what should hold. */
  readonly title: string;
  readonly severity: Severity;
  /** What one call looks at, and the most an edit can make it look at again. */
  readonly per: P;
  /** Every kind it reads; a read of any other does not compile. */
  readonly kinds: readonly K[];
  /** Kubernetes version from which it holds, when it does. */
  readonly since?: string;
  /** On only in `extends: all`, or by name. */
  readonly default?: 'off';
  /** Says that something is missing: shown only when it is missing in every scope of the object. */
  readonly about?: 'absence';
  readonly references?: readonly string[];
  check(unit: Units<K>[P], report: Report, target: Target): void;
  /** What it says of a Corefile that is a file: `text` is a string node, the whole of it. */
  checkText?(text: Node, report: Report, target: Target): void;
}

/** A rule whose kinds are forgotten: what a list of rules holds. */
export interface AnyRule extends Omit<Rule, 'check' | 'kinds'> {
  readonly kinds: readonly Kind[];
  check(unit: Units[keyof Units], report: Report, target: Target): void;
}

/** Gives a rule its types: the unit follows from `per`, the kinds that may be read from `kinds`. */
export function defineRule<P extends keyof Units, const K extends Kind>(rule: Rule<P, K>): AnyRule {
  // The Linter hands each rule the unit it asked for; the type system can't follow that through a list.
  return rule as unknown as AnyRule;
}

export interface Finding {
  readonly rule: AnyRule;
  readonly severity: Severity;
  readonly at: Place;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
  /** Names of the scopes that have it; empty when all scopes of the object do. */
  readonly scopes: readonly string[];
  /** The object it is about, where there is one. */
  readonly resource: Resource | undefined;
  /** Effective namespace of the object; undefined when it is assumed or has none. */
  readonly namespace: string | undefined;
}

/** The fix that may be applied unseen: the first one, where it is safe. */
export function preferredFix({ fixes: [first] }: Finding): Fix | undefined {
  return first?.safe ? first : undefined;
}
