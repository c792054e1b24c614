import { add, grouped } from '../text/maps';
import { applyEdits, overlaps, type TextEdit } from '../text/range';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import type { Config } from './config';
import { editsOf, type FileEdits } from './fix';
import type { Linter } from './linter';
import { locate } from './place';
import type { Finding, Fix } from './rule';

/** Which fixes are applied. */
export interface Wanted {
  /** Whether what is found in a file is to be fixed. */
  isOwn(path: string): boolean;
  /** Of a finding the best one, where it is to be applied. */
  fixOf(finding: Finding): Fix | undefined;
  /** Why a file can't be changed; undefined where it can. A fix is applied as a whole or not at all. */
  refusal(path: string): string | undefined;
}

/** One fix that was applied, or was not. */
export interface Application {
  readonly finding: Finding;
  readonly fix: Fix;
  /** The file of the finding. */
  readonly file: string;
}

export interface Refused extends Application {
  readonly reason: string;
}

export interface Fixed {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  readonly applied: readonly Application[];
  readonly refused: readonly Refused[];
}

/** Each pass applies what doesn't clash; fixes can make room for others, but not for ever. */
const maximalPasses = 30;

/** Applies the fixes that are wanted until none is left. */
export function fixAll(before: Workspace, linter: Linter, config: Config, wanted: Wanted): Fixed {
  let workspace = before;
  let findings = linter.lint(workspace, config);
  const applied: Application[] = [];
  const idle = new Set<string>();
  const fixOf = (finding: Finding) => (idle.has(keyOf(finding)) ? undefined : wanted.fixOf(finding));
  for (let pass = 0; ; pass++) {
    const { edits, applied: some, refused } = oneRound(workspace, findings, { ...wanted, fixOf });
    if (some.length === 0 || pass === maximalPasses) return { workspace, findings, applied, refused };
    applied.push(...some);
    const counts = countsOf(findings);
    workspace = workspace.update(textsAfter(workspace, edits));
    findings = linter.lint(workspace, config);
    // What stays after its fix would be fixed again and again.
    const left = countsOf(findings);
    for (const key of new Set(some.map(({ finding }) => keyOf(finding)))) {
      if ((left.get(key) ?? 0) >= (counts.get(key) ?? 0)) idle.add(key);
    }
  }
}

const keyOf = ({ rule, message }: Finding) => `${rule.id} ${message}`;

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  return new Map([...grouped(findings, keyOf)].map(([key, all]) => [key, all.length]));
}

/** The fixes of some findings that can be applied together. */
export function oneRound(workspace: Workspace, findings: readonly Finding[], wanted: Wanted) {
  const changed = new Map<string, TextEdit[]>();
  const created = new Map<string, string>();
  const bereft = new Set<Node>();
  const applied: Application[] = [];
  const refused: Refused[] = [];
  for (const finding of findings) {
    const file = workspace.placeOf(locate(finding.at).document)?.file.path ?? '';
    const fix = wanted.isOwn(file) ? wanted.fixOf(finding) : undefined;
    if (fix === undefined) continue;
    const edits = editsOf(workspace, finding, fix);
    if (edits === undefined) {
      refused.push({ finding, fix, file, reason: 'it can not be made exactly there' });
      continue;
    }
    const reasons = [...edits.changed.keys(), ...edits.created.keys()].map(path => ({
      path,
      reason: wanted.refusal(path),
    }));
    const hindrance = reasons.find(({ reason }) => reason !== undefined);
    if (hindrance) {
      refused.push({ finding, fix, file, reason: `${hindrance.path}: ${hindrance.reason}` });
      continue;
    }
    if (clashes({ changed, created, bereft: [...bereft] }, edits)) continue;
    for (const [path, more] of edits.changed) add(changed, path, ...more);
    for (const [path, text] of edits.created) created.set(path, text);
    for (const node of edits.bereft) bereft.add(node);
    applied.push({ finding, fix, file });
  }
  return { edits: { changed, created, bereft: [...bereft] }, applied, refused };
}

function textsAfter(workspace: Workspace, { changed, created }: FileEdits): [path: string, text: string][] {
  const texts = [...changed].map(([path, list]): [string, string] => [
    path,
    applyEdits(workspace.files.get(path)?.text ?? '', list),
  ]);
  return [...texts, ...created];
}

/**
 * Two insertions at one place are two fixes of one thing more often than not, and two removals may empty what they are
 * taken from: the second waits for the next pass.
 */
function clashes(known: FileEdits, more: FileEdits): boolean {
  if ([...more.created.keys()].some(path => known.created.has(path))) return true;
  if (more.bereft.some(node => known.bereft.includes(node))) return true;
  return [...more.changed].some(([path, list]) =>
    list.some(edit =>
      known.changed
        .get(path)
        ?.some(other => overlaps(edit.range, other.range) || edit.range.start === other.range.start),
    ),
  );
}
