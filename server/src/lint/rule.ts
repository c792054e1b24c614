import type { Kind } from '../kube/kinds';
import type { Resource } from '../kube/resource';
import type { Cluster, Namespace } from '../kube/view';
import { memo } from '../text/maps';
import type { Edits } from '../yaml/edit';
import type { Node } from '../yaml/node';
import type { Place as ValuePlace } from '../yaml/replace';
import type { Version } from './version';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

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
  /** Changes builds that don't have the finding, and its title says so. */
  readonly reachesOthers?: true;
  edit(edits: Edits): unknown;
}

export interface Detail {
  /** What is written is enough to say it, whatever else there is: so a rule about absence says it anywhere. */
  readonly alone?: true;
  /** Objects that it rests on: it is said only where all that is applied beside them can be seen. */
  readonly on?: readonly Resource[];
  /** What was looked for: it is said only of objects whose build holds some, because others list them elsewhere. */
  readonly among?: readonly Kind[];
  /** How loud this one is, where it is not as loud as its rule. */
  readonly severity?: Severity;
  /**
   * The best first. Those that cost are made when somebody asks for them, of what the check has asked for: nobody makes
   * them anew when something else changes.
   */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  readonly related?: readonly Related[];
}

/** What is said. Each part becomes a line; a list of problems shows the first, so it is enough to know what is wrong. */
export interface Message {
  /** What is wrong, with its name: at most 80 characters, no full stop. */
  readonly what: string;
  /** Why it matters, in sentences. */
  readonly why?: string;
  /** What to do, in sentences. */
  readonly how?: string;
}

export function inLines({ what, why, how }: Message): string {
  return [what, why, how].filter(line => line !== undefined).join('\n');
}

export type Report = (at: Place, message: Message, more?: Detail) => void;

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
  /** The kinds of what it speaks of, where it reads others besides: where nothing of them is judged it isn't asked. */
  readonly subjects?: readonly K[];
  /** Kubernetes version from which it holds, when it does. */
  readonly since?: string;
  /** On only in `extends: all`, or by name. */
  readonly default?: 'off';
  /**
   * Says that something is missing: it sees alternatives too, because what is there in any of them is there, and is
   * shown only where the object that it stands on is settled.
   */
  readonly about?: 'absence';
  /** Said of many objects it is how a repository does it, and no slip in each: then it is told once. */
  readonly habit?: true;
  /** What else of the config file changes what it says. */
  readonly options?: readonly ('kubernetes' | 'exemptNamespaces')[];
  readonly references?: readonly string[];
  check(unit: Units<K>[P], report: Report, target: Target): void;
  /** What it says of a Corefile that is a file: `text` is a string node, the whole of it. */
  checkText?(text: Node, report: Report, target: Target): void;
}

/** A rule whose kinds are forgotten: what a list of rules holds. */
export interface AnyRule extends Omit<Rule, 'check' | 'kinds' | 'subjects'> {
  readonly kinds: readonly Kind[];
  readonly subjects?: readonly Kind[];
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
  /** A line each: what is wrong, why it matters, what to do. */
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
  /** Names of the builds that have it; empty when all builds of the object do. */
  readonly scopes: readonly string[];
  /** The object it is about, where there is one. */
  readonly resource: Resource | undefined;
  /** Effective namespace of the object; undefined when it is assumed or has none. */
  readonly namespace: string | undefined;
  /** What it is about, in each place where the object is applied, as far as a config file may ask. */
  readonly subjects: readonly Subject[];
}

/** What a finding is about, as far as a config file may ask. */
export interface Subject {
  readonly path: string;
  readonly owner?: Resource | undefined;
  /** Where the object is applied, not where it may be. */
  readonly namespace?: string | undefined;
}

/** The fixes of what was reported, made once. */
export const fixesOf = memo(({ fixes = [] }: Detail): readonly Fix[] =>
  typeof fixes === 'function' ? fixes() : fixes,
);

/** The fix that may be applied unseen: the first one, where it is safe. */
export function preferredFix({ fixes: [first] }: Finding): Fix | undefined {
  return first?.safe ? first : undefined;
}
