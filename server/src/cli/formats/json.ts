import { version } from '../../../../package.json';
import { editsOf, type FileEdits } from '../../lint/fix';
import type { Application } from '../../lint/fix-all';
import { fingerprintsOf } from '../../lint/identity';
import { pageOf } from '../../lint/rule-page';
import type { Outcome } from '../outcome';
import { visibleLines } from '../visible';
import { spanIn, spotOf } from './spot';

/** One JSON object, as `schemas/output.schema.json` says: its form is a contract. */
export function json(outcome: Outcome): string {
  const { workspace, files, config, findings, known, skipped, notes, unfollowed, fixing } = outcome;
  const written = ({ changed, created }: FileEdits) => ({
    edits: [...changed].flatMap(([file, edits]) => {
      const source = workspace.files.get(file);
      return source ? edits.map(({ range, text }) => ({ file, range: spanIn(source, range), text })) : [];
    }),
    creates: Array.from(created, ([file, text]) => ({ file, text })),
  });
  const fingerprints = fingerprintsOf(workspace, findings);
  return printed({
    version: 1,
    kubernetes: config.target.kubernetes.toString(),
    files: files.length,
    resources: files.reduce((sum, file) => sum + file.resources.length, 0),
    findings: findings.map((finding, i) => {
      const { rule, resource } = finding;
      return {
        rule: rule.id,
        title: rule.title,
        url: pageOf(rule.id, version),
        severity: finding.severity,
        message: finding.message,
        ...spotOf(workspace, finding.at),
        resource: resource
          ? {
              apiVersion: resource.apiVersion,
              kind: resource.kindName,
              name: resource.name.string ?? null,
              namespace: finding.namespace ?? null,
            }
          : null,
        scopes: finding.scopes,
        fingerprint: fingerprints[i],
        related: finding.related.map(({ at, message }) => {
          const { file, range } = spotOf(workspace, at);
          return { file, range, message };
        }),
        fixes: finding.fixes.flatMap(fix => {
          const edits = editsOf(workspace, finding, fix);
          return edits ? [{ title: fix.title, safe: fix.safe, ...written(edits) }] : [];
        }),
      };
    }),
    ...(known && { known }),
    ...(fixing && {
      fixing: {
        applied: fixing.applied.map(brief),
        refused: fixing.refused.map(each => ({ ...brief(each), reason: each.reason })),
        unsafe: fixing.unsafe,
      },
    }),
    skipped,
    notes: [...unfollowed, ...notes],
  });
}

const brief = ({ file, finding, fix }: Application) => ({ file, rule: finding.rule.id, title: fix.title });

/** What a terminal or a CI system would obey stands there as an escape of JSON, and means the same. */
export function printed(value: unknown): string {
  return `${visibleLines(JSON.stringify(value, null, 2))}\n`;
}
