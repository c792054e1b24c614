import type { Finding, Severity } from '../../lint/rule';
import { grouped } from '../../text/maps';
import type { Outcome } from '../outcome';
import { type Spot, spotOf } from './spot';
import { type Element, xml } from './xml';

const severities: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'info', hint: 'info' };

/** What Checkstyle prints, and what Jenkins, reviewdog and others read. */
export function checkstyle({ workspace, files, findings }: Outcome): string {
  const byFile = grouped(
    findings.map(finding => ({ finding, spot: spotOf(workspace, finding.at) })),
    ({ spot }) => spot.file,
  );
  const content = files.map(
    ({ path }): Element => ({
      name: 'file',
      attributes: { name: path },
      content: (byFile.get(path) ?? []).map(errorOf),
    }),
  );
  return xml({ name: 'checkstyle', attributes: { version: '10.0' }, content });
}

function errorOf({ finding, spot }: { readonly finding: Finding; readonly spot: Spot }): Element {
  const { line, column } = spot.range.start;
  const { rule, severity, message } = finding;
  return {
    name: 'error',
    attributes: { line, column, severity: severities[severity], message, source: `kube-netlint.${rule.id}` },
  };
}
