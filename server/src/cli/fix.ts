import { createTwoFilesPatch } from 'diff';
import type { Config } from '../lint/config';
import { editsOf, type FileEdits } from '../lint/fix';
import type { Linter } from '../lint/linter';
import { type Finding, preferredFix } from '../lint/rule';
import { add } from '../text/maps';
import { applyEdits, overlaps, type TextEdit } from '../text/range';
import { visible } from '../text/visible';
import type { Workspace } from '../workspace/workspace';
import { visibleLines } from './visible';

export interface Fixed {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  readonly changes: readonly [path: string, before: string | undefined, after: string][];
}

/** Each pass applies what doesn't overlap; fixes can make room for others, but not for ever. */
const maximalPasses = 10;

/** Applies the preferred fix of each finding until nothing is left to fix in the files that are meant. */
export function fixAll(
  before: Workspace,
  linter: Linter,
  config: Config,
  isMeant: (path: string) => boolean = () => true,
): Fixed {
  let workspace = before;
  let findings = linter.lint(workspace, config);
  for (let pass = 0; pass < maximalPasses; pass++) {
    const changes = safeChanges(workspace, findings, isMeant);
    if (changes.length === 0) break;
    workspace = workspace.update(changes);
    findings = linter.lint(workspace, config);
  }
  const changes: [string, string | undefined, string][] = [];
  for (const file of workspace.files.values()) {
    const old = before.files.get(file.path)?.text;
    if (old !== file.text) changes.push([file.path, old, file.text]);
  }
  return { workspace, findings, changes };
}

function safeChanges(
  workspace: Workspace,
  findings: readonly Finding[],
  isMeant: (path: string) => boolean,
): [string, string][] {
  const edits = new Map<string, TextEdit[]>();
  const created = new Map<string, string>();
  for (const finding of findings) {
    const fix = preferredFix(finding);
    const result = fix && editsOf(workspace, finding, fix);
    if (result === undefined || clashes(edits, created, result)) continue;
    if (![...result.changed.keys(), ...result.created.keys()].every(isMeant)) continue;
    for (const [path, more] of result.changed) add(edits, path, ...more);
    for (const [path, text] of result.created) created.set(path, text);
  }
  const changed = [...edits].map(([path, list]): [string, string] => [
    path,
    applyEdits(workspace.files.get(path)?.text ?? '', list),
  ]);
  return [...changed, ...created];
}

/** Two insertions at one place are two fixes of one thing more often than not: the second waits for the next pass. */
function clashes(
  edits: ReadonlyMap<string, readonly TextEdit[]>,
  created: ReadonlyMap<string, string>,
  more: FileEdits,
): boolean {
  if ([...more.created.keys()].some(path => created.has(path))) return true;
  return [...more.changed].some(([path, list]) =>
    list.some(edit =>
      edits.get(path)?.some(other => overlaps(edit.range, other.range) || edit.range.start === other.range.start),
    ),
  );
}

/** For people, and for `patch`: only what would control a terminal is not as it is in the file. */
export function printDiff(before: Workspace, after: Workspace): string {
  const patches: string[] = [];
  for (const file of after.files.values()) {
    const old = before.files.get(file.path)?.text;
    if (old === file.text) continue;
    const name = visible(file.path);
    patches.push(createTwoFilesPatch(old === undefined ? '/dev/null' : `a/${name}`, `b/${name}`, old ?? '', file.text));
  }
  return visibleLines(patches.map(patch => patch.replace(/^=+\n/, '')).join(''));
}
