import type { Refusal, RenameGroup } from '../server/src/assist/rename';
import { renamedAt } from '../server/src/assist/rename';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import { connectivity } from '../server/src/network/answers/formats';
import { rules } from '../server/src/rules';
import { add } from '../server/src/text/maps';
import { applyEdits, type TextEdit } from '../server/src/text/range';
import type { ClusterView } from '../server/src/workspace/cluster-view';
import type { Workspace } from '../server/src/workspace/workspace';
import { workspaceOf } from './cursor';

export type Texts = Readonly<Record<string, string>>;

/** Files after a rename; or why there is none. */
export function renamed(files: Texts, path: string, offset: number, to: string): Texts | string {
  const result = renamedAt(workspaceOf(files), path, offset, to);
  return isRefusal(result) ? result.refusal : applied(files, result);
}

export const isRefusal = (result: readonly RenameGroup[] | Refusal): result is Refusal => 'refusal' in result;

export function applied(files: Texts, groups: readonly RenameGroup[]): Texts {
  const byPath = new Map<string, TextEdit[]>();
  for (const { changed } of groups) for (const [path, own] of changed) add(byPath, path, ...own);
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, applyEdits(text, byPath.get(path) ?? [])]),
  );
}

/** The lines that are other than before, as `file:line text`. */
export function changedLines(before: Texts, after: Texts): readonly string[] {
  return Object.entries(after).flatMap(([path, text]) => {
    const old = (before[path] ?? '').split('\n');
    return text.split('\n').flatMap((line, i) => (line === old[i] ? [] : [`${path}:${i + 1} ${line.trim()}`]));
  });
}

/** What is found, and who reaches whom in the builds of some files: all that a rename leaves as it is, but for the name. */
export function judgementOf(files: Texts, touched?: ReadonlySet<string>): readonly string[] {
  const workspace = workspaceOf(files);
  const findings = new Linter(rules)
    .lint(workspace)
    .map(({ rule, at, message }) => `${pathOf(workspace, at)} ${rule.id} ${message}`);
  // Who sees variants of what was renamed sees other pods than before.
  const isMeant = ({ builds }: ClusterView) =>
    touched === undefined || builds.some(({ reads }) => [...reads.keys()].some(path => touched.has(path)));
  const reach = workspace.views.filter(isMeant).flatMap(view => [...connectivity(view, 'txt')].join('').split('\n'));
  return [...findings, ...reach].sort();
}

const pathOf = (workspace: Workspace, at: Parameters<typeof locate>[0]) =>
  workspace.placeOf(locate(at).document)?.file.path ?? '';

/** The same in the words of before: `to` is a word that stands nowhere else. */
export const inOldWords = (judgement: readonly string[], to: string, from: string) =>
  judgement.map(line => line.replaceAll(to, from)).sort();
