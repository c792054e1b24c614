import { memo } from '../text/maps';
import { finished } from '../text/steps';
import type { Workspace } from '../workspace/workspace';
import type { Config } from './config';
import type { Configs } from './configs';
import { Linter } from './linter';
import { sorted } from './merge';
import { locate } from './place';
import type { AnyRule, Finding } from './rule';

/** Files that are judged in one go, because their config files want the same. */
export interface Group {
  readonly key: string;
  readonly linter: Linter;
  readonly config: Config;
  /** Grouped as this config says. */
  readonly workspace: Workspace;
  /** Whether what is found in a file is reported. */
  holds(path: string): boolean;
}

/**
 * Lints each file as its nearest config file says. Every group sees all files: what a neighbour is does not depend on
 * who is told of its faults.
 */
export class Judge {
  /** With the config that each began with, so that its results outlive what changes nothing of them. */
  #linters = new Map<string, { readonly linter: Linter; readonly config: Config }>();
  #known: readonly Finding[] = [];

  constructor(
    readonly rules: readonly AnyRule[],
    /** Whether a file is one to report, and not only there for what others have to do with it. */
    readonly isMeant: (path: string) => boolean = () => true,
  ) {}

  get failures(): readonly string[] {
    return [...this.#linters.values()].flatMap(({ linter }) => linter.failures);
  }

  /** What was found last and a baseline knows. */
  get known(): readonly Finding[] {
    return this.#known;
  }

  groups(workspace: Workspace, configs: Configs): readonly Group[] {
    const deciding = new Map<string, Config>();
    for (const { path, role } of workspace.files.values()) {
      if (role === 'other' || !this.isMeant(path) || configs.ignores(path)) continue;
      const key = configs.keyOf(path);
      if (!deciding.has(key)) deciding.set(key, configs.of(path));
    }
    const old = this.#linters;
    this.#linters = new Map();
    return [...deciding].map(([key, first]) => {
      const { linter, config } = old.get(key) ?? { linter: new Linter(this.rules), config: first };
      this.#linters.set(key, { linter, config });
      const holds = (path: string) => configs.keyOf(path) === key && this.isMeant(path) && !configs.ignores(path);
      const { faultsOf } = configs;
      return { key, linter, config: { ...config, faultsOf }, workspace: asGroupedBy(workspace)(first), holds };
    });
  }

  /** All findings that are reported, in the order of files and positions. */
  lint(workspace: Workspace, configs: Configs): readonly Finding[] {
    return finished(this.steps(workspace, configs));
  }

  /** The same in steps, of which one gives the findings in files that are urgent, where there are any. */
  *steps(
    workspace: Workspace,
    configs: Configs,
    urgent: ReadonlySet<string> = new Set(),
  ): Generator<readonly Finding[] | undefined, readonly Finding[]> {
    const groups = this.groups(workspace, configs);
    const known: Finding[] = [];
    const held = (group: Group, findings: readonly Finding[]) =>
      findings.filter(finding => {
        const path = workspace.placeOf(locate(finding.at).document)?.file.path;
        if (path === undefined || !group.holds(path)) return false;
        const isKnown = configs.of(path).baseline?.knows(workspace, finding) === true;
        if (isKnown) known.push(finding);
        return !isKnown;
      });
    const runs = groups.map(group => ({
      group,
      run: group.linter.steps(group.workspace, group.config, new Set([...urgent].filter(path => group.holds(path)))),
      hasUrgent: [...urgent].some(path => group.holds(path)),
    }));
    const early: Finding[] = [];
    const done = new Map<Group, readonly Finding[]>();
    for (const { group, run, hasUrgent } of runs) {
      if (!hasUrgent) continue;
      for (let step = run.next(); ; step = run.next()) {
        if (step.done) done.set(group, step.value);
        if (step.value) early.push(...held(group, step.value));
        if (step.value) break;
        yield;
      }
    }
    if (urgent.size > 0) yield early;
    known.length = 0;
    const found: Finding[] = [];
    for (const { group, run } of runs) {
      for (let step = run.next(); !done.has(group); step = run.next()) {
        if (step.done) done.set(group, step.value);
        else yield;
      }
      found.push(...held(group, done.get(group) ?? []));
    }
    this.#known = known;
    return groups.length > 1 ? sorted(workspace, found) : found;
  }
}

const asGroupedBy = memo((workspace: Workspace) =>
  memo(({ scopes }: Config) =>
    scopes === workspace.grouping.scopes ? workspace : workspace.update([], { ...workspace.grouping, scopes }),
  ),
);
