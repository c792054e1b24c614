import * as fs from 'node:fs';
import * as path from 'node:path';
import { chosen } from '../server/scripts/rule-ids';
import { readConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import type { AnyRule, Finding } from '../server/src/lint/rule';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import { readPage } from './spec';
import type { Files } from './variants';

const root = path.resolve(__dirname, '..');

/** The files of one case, and the rule whose page it is from. */
export interface Situation {
  readonly rule: AnyRule;
  readonly title: string;
  readonly files: Files;
}

const wanted = new Set(
  chosen(
    rules.map(({ id }) => id),
    process.env['RULES'] ?? '',
  ),
);

/** Every case of every page; of an area or a rule where RULES names one. */
export const situations: readonly Situation[] = rules
  .filter(rule => wanted.has(rule.id))
  .flatMap(rule =>
    [`server/src/rules/${rule.id}.md`, `test/cases/${rule.id}.md`]
      .filter(file => fs.existsSync(path.join(root, file)))
      .flatMap(file => readPage(fs.readFileSync(path.join(root, file), 'utf8')).cases)
      .map(({ title, files }) => ({ rule, title, files })),
  );

export function lint(files: Files, of: readonly AnyRule[] = rules) {
  const config = readConfig(files.get('.kube-netlint.yaml') ?? '');
  const workspace = Workspace.empty.update(files, { scopes: config.scopes });
  const linter = new Linter(of);
  const findings = linter.lint(workspace, config);
  return { workspace, findings, config, failures: [...linter.failures] };
}

/** What a person sees of findings. */
export function seen(workspace: Workspace, findings: readonly Finding[]): string[] {
  return findings.map(finding => {
    const { document, range } = locate(finding.at);
    const place = workspace.placeOf(document);
    const at = `${place?.file.path}:${(place?.start ?? 0) + range.start}-${(place?.start ?? 0) + range.end}`;
    const fixes = finding.fixes.map(({ title }) => title).join();
    return `${at} ${finding.severity} ${finding.rule.id} ${finding.message} ${finding.scopes.join()} ${fixes}`;
  });
}
