import { createTwoFilesPatch } from 'diff';
import type { Disk } from '../host/disk';
import type { Configs } from '../lint/configs';
import { engineRules } from '../lint/engine-rules';
import { editsOf } from '../lint/fix';
import { type Application, fixAll, type Refused } from '../lint/fix-all';
import type { Judge } from '../lint/judge';
import { areaOf } from '../lint/levels';
import type { AnyRule, Finding } from '../lint/rule';
import { nearest } from '../text/distance';
import { visible } from '../text/visible';
import type { Workspace } from '../workspace/workspace';
import { type Fixing, isAtLeast, type LintOptions } from './outcome';
import { visibleLines } from './visible';

export interface Fixed {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  readonly fixing: Fixing;
}

/** Rules and areas that are meant, and that are not. */
export interface RuleNames {
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
}

/** A slip in a name would leave everything out, or nothing. */
export function checkNames({ select = [], ignore = [] }: RuleNames, rules: readonly AnyRule[]): void {
  const known = new Set([...rules, ...engineRules].flatMap(({ id }) => [id, areaOf(id)]));
  for (const name of [...select, ...ignore]) {
    if (known.has(name)) continue;
    const meant = nearest(name, known);
    throw new Error(`there is no rule or area '${name}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`);
  }
}

/** Whether a finding is to be shown, counted and fixed, by its rule and area, and by how grave it is. */
export function isSelected(options: LintOptions): (finding: Finding) => boolean {
  const { severity = 'hint' } = options;
  return ({ rule, severity: own }) => selects(options)(rule) && isAtLeast(own, severity);
}

export function selects({ select, ignore = [] }: RuleNames): (rule: Pick<AnyRule, 'id'>) => boolean {
  const isNamed = (id: string, list: readonly string[]) => list.includes(id) || list.includes(areaOf(id));
  return ({ id }) => (select === undefined || isNamed(id, select)) && !isNamed(id, ignore);
}

/**
 * Applies the best fix of each finding where it is safe, or of every one with --unsafe-fixes. Group by group: what one
 * config file decides for is never changed because of another. Nothing is written.
 */
export function fixEach(
  before: Workspace,
  judge: Judge,
  configs: Configs,
  options: LintOptions,
  /** What may be fixed at all, and why it can't be. */
  files: { isMeant(path: string): boolean; refusal(path: string): string | undefined },
): Fixed {
  const isMeant = isSelected(options);
  const applied: Application[] = [];
  const refused: Refused[] = [];
  let workspace = before;
  for (const { key } of judge.groups(before, configs)) {
    const group = judge.groups(workspace, configs).find(other => other.key === key);
    if (group === undefined) continue;
    const isOwn = (path: string) => group.holds(path) && files.isMeant(path);
    const fixOf = (finding: Finding) => {
      const [first] = isMeant(finding) && !group.config.baseline?.knows(group.workspace, finding) ? finding.fixes : [];
      return first && (first.safe || options.unsafeFixes) ? first : undefined;
    };
    const fixed = fixAll(group.workspace, group.linter, group.config, {
      isOwn,
      fixOf,
      refusal: path => (isOwn(path) ? files.refusal(path) : 'it is not among the files to fix'),
    });
    applied.push(...fixed.applied);
    refused.push(...fixed.refused);
    workspace = fixed.workspace;
  }
  workspace = workspace.update([], before.grouping);
  const findings = judge.lint(workspace, configs);
  const unsafe = findings.filter(finding => isMeant(finding) && hasUnsafeFix(workspace, finding)).length;
  return { workspace, findings, fixing: { applied, refused, unsafe } };
}

function hasUnsafeFix(workspace: Workspace, finding: Finding): boolean {
  const [first] = finding.fixes;
  return first !== undefined && !first.safe && editsOf(workspace, finding, first) !== undefined;
}

/** Writes what a fix changed; gives the files that could not be written, which a check before should have told. */
export function writeAll(disk: Disk, before: Workspace, after: Workspace): { file: string; reason: string }[] {
  return changesIn(before, after).flatMap(({ file, old, text }) => {
    const reason = disk.write(file, old, text);
    return reason === undefined ? [] : [{ file, reason }];
  });
}

interface Change {
  readonly file: string;
  readonly old: string | undefined;
  readonly text: string;
}

export function changesIn(before: Workspace, after: Workspace): readonly Change[] {
  return [...after.files.values()].flatMap(({ path: file, text }) => {
    const old = before.files.get(file)?.text;
    return old === text ? [] : [{ file, old, text }];
  });
}

/** For people, and for `patch`: only what would control a terminal is not as it is in the file. */
export function printDiff(before: Workspace, after: Workspace): string {
  const patches = changesIn(before, after).map(({ file, old, text }) => {
    const name = visible(file);
    return createTwoFilesPatch(old === undefined ? '/dev/null' : `a/${name}`, `b/${name}`, old ?? '', text);
  });
  return visibleLines(patches.map(patch => patch.replace(/^=+\n/, '')).join(''));
}
