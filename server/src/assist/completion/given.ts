import type { AnyRule } from '../../lint/rule';
import type { Around } from './around';
import type { Item } from './item';
import type { Site } from './site';

/** What completions know beside the manifests. */
export interface Given {
  /** The version that the manifests are for. */
  readonly kubernetes: string;
  /** Whether somebody else in the editor completes what a schema of Kubernetes says. */
  readonly hasSchemas: boolean;
  /** Every rule that a comment, an annotation or a config file may name. */
  readonly rules: readonly Pick<AnyRule, 'id' | 'title'>[];
  /** The rules that are reported in a file now, each with the lines where. */
  readonly reported: () => readonly Reported[];
}

export interface Reported {
  readonly rule: string;
  /** Counted from 0. */
  readonly line: number;
}

/** Gives what tables know of a place; `around` is undefined where no other object is in sight. */
export type TableSource = (site: Site, given: Given, around: Around | undefined) => readonly Item[];

/** In an editor that tells nothing of itself. */
export const nothingGiven: Omit<Given, 'kubernetes'> = { hasSchemas: false, rules: [], reported: () => [] };
