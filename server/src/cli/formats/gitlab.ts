import { version } from '../../../../package.json';
import { fingerprintsOf } from '../../lint/identity';
import type { Severity } from '../../lint/rule';
import { pageOf } from '../../lint/rule-page';
import type { Outcome } from '../outcome';
import { printed } from './json';
import { spotOf } from './spot';

const severities: Record<Severity, string> = { error: 'critical', warning: 'major', info: 'minor', hint: 'info' };

/** A report of GitLab's code quality, a subset of what Code Climate has specified. */
export function gitlab({ workspace, findings }: Outcome): string {
  const fingerprints = fingerprintsOf(workspace, findings);
  return printed(
    findings.map(({ at, rule, severity, message }, i) => {
      const { file, range } = spotOf(workspace, at);
      const [what = '', ...more] = message.split('\n');
      return {
        type: 'issue',
        check_name: rule.id,
        description: what,
        content: { body: [...more.map(escaped), `[${rule.id}](${pageOf(rule.id, version)})`].join('\n\n') },
        categories: ['Bug Risk'],
        severity: severities[severity],
        fingerprint: fingerprints[i],
        location: { path: file, lines: { begin: range.start.line, end: range.end.line } },
      };
    }),
  );
}

/** A text that Markdown takes as it is. */
const escaped = (text: string) => text.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');
