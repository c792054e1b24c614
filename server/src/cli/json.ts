import { editsOf } from '../lint/fix';
import { locate } from '../lint/place';
import type { Place } from '../lint/rule';
import { linesOf } from '../text/lines';
import type { Outcome } from './outcome';

/** One JSON object: its form is a contract, see the README. Lines and columns count from 1, documents from 0. */
export function json({ workspace, files, config, findings, skipped, notes, unfollowed }: Outcome): string {
  const place = (at: Place) => {
    const { document, range } = locate(at);
    const found = workspace.placeOf(document);
    if (found === undefined)
      return { file: '', document: 0, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
    const point = (offset: number) => {
      const { line, character } = linesOf(found.file).positionAt(found.start + offset);
      return { line: line + 1, column: character + 1 };
    };
    return {
      file: found.file.path,
      document: found.index,
      range: { start: point(range.start), end: point(range.end) },
    };
  };
  const output = {
    version: 1,
    kubernetes: config.target.kubernetes.toString(),
    files: files.length,
    resources: files.reduce((sum, file) => sum + file.resources.length, 0),
    findings: findings.map(finding => {
      const { resource } = finding;
      return {
        rule: finding.rule.id,
        severity: finding.severity,
        message: finding.message,
        ...place(finding.at),
        resource: resource
          ? {
              apiVersion: resource.apiVersion,
              kind: resource.kindName,
              name: resource.name.string ?? null,
              namespace: finding.namespace ?? null,
            }
          : null,
        scopes: finding.scopes,
        related: finding.related.map(({ at, message }) => {
          const { file, range } = place(at);
          return { file, range, message };
        }),
        fixes: finding.fixes
          .filter(fix => editsOf(workspace, finding, fix) !== undefined)
          .map(({ title, safe }) => ({ title, safe })),
      };
    }),
    skipped,
    notes: [...unfollowed, ...notes],
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}
