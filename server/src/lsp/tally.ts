import { withoutHabits } from '../lint/grouping';
import type { Severity } from '../lint/rule';
import { counted } from '../text/words';
import type { Roots } from './roots';
import { readRoots } from './scenes';
import { placeIn } from './to-lsp';

const severities: readonly (readonly [Severity, string])[] = [
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['hint', 'hint'],
];

/** What was found in all files, in a sentence. */
export function tallyOf(roots: Roots): string {
  const read = readRoots(roots);
  if (read.length === 0) return 'No folder is open, so there is nothing to check.';
  const files = read.reduce((sum, { workspace }) => sum + workspace.files.size, 0);
  const resources = read.reduce(
    (sum, { workspace }) => [...workspace.files.values()].reduce((own, file) => own + file.resources.length, sum),
    0,
  );
  const counts = new Map<Severity, number>();
  const where = new Set<string>();
  for (const root of read) {
    const open = new Set(root.open);
    for (const finding of withoutHabits(root.workspace, root.findings, path => open.has(path))) {
      const path = placeIn(root.workspace, finding.at)?.file.path;
      if (path === undefined || !roots.isOwn(root, path)) continue;
      counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
      where.add(`${root.key} ${path}`);
    }
  }
  const of = `${counted(resources, 'object')} in ${counted(files, 'file')}`;
  if (counts.size === 0)
    return resources === 0 ? `No Kubernetes manifests in ${counted(files, 'file')}.` : `No findings: ${of}.`;
  const parts = severities.flatMap(([severity, noun]) => {
    const count = counts.get(severity);
    return count === undefined ? [] : [counted(count, noun)];
  });
  return `${parts.join(', ')} in ${counted(where.size, 'file')}, of ${of}.`;
}
