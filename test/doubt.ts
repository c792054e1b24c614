import { readConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import type { AnyRule } from '../server/src/lint/rule';
import { Workspace } from '../server/src/workspace/workspace';
import type { Files } from './variants';

/** Ways in which one and the same manifests leave it open whether what is missing is missing. */
const reasons: readonly ((files: Files) => Workspace)[] = [
  files => Workspace.empty.update(files, { isLoose: true }),
  files => Workspace.empty.update([...files, ['a-chart/Chart.yaml', 'name: a-chart\n']]),
];

/** With the rules that are off by default. */
const config = readConfig('extends: all');

/** What a rule says of files of which all can be seen, and what it says when not; nothing where it is silent anyway. */
export function inDoubt(rule: AnyRule, files: Files): { readonly before: string[]; readonly after: string[] }[] {
  // Kustomizations and config files say themselves what is applied together.
  if ([...files.keys()].some(name => /kustomization\.yaml$|Chart\.yaml$|^\.kube-netlint/.test(name))) return [];
  const said = (workspace: Workspace) =>
    new Linter([rule]).lint(workspace, config).map(({ severity, message }) => `${severity} ${message}`);
  const before = said(Workspace.empty.update(files));
  if (before.length === 0) return [];
  return reasons.map(reason => ({ before, after: said(reason(files)) }));
}
