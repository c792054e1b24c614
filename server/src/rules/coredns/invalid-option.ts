import { durationProblems } from '../../corefile/durations';
import { forwardOf, forwardPolicies } from '../../corefile/forward';
import { kubernetesOf, podsModes } from '../../corefile/kubernetes';
import type { Directive } from '../../corefile/syntax';
import type { Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import type { Range } from '../../text/range';
import {
  type CorefileView,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  pluginLines,
} from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/invalid-option',
  title: 'What plugins are told, CoreDNS takes',
  severity: 'error',
  references: ['https://coredns.io/plugins/kubernetes/', 'https://coredns.io/plugins/forward/'],

  check(view, report) {
    const lines = pluginLines(view.corefile);
    const problems = [
      ...linesNamed(lines, 'kubernetes').flatMap((line: Directive) => kubernetesOf(line, view.corefile).problems),
      ...linesNamed(lines, 'forward').flatMap((line: Directive) => forwardOf(line, view.corefile).problems),
    ];
    for (const { range, message, severity, replacement } of lines.flatMap(line =>
      durationProblems(line, view.corefile),
    )) {
      report(placeOf(view, { range }), message, { severity, fixes: writing(view, range, replacement) });
    }
    for (const { code, range, message, severity } of problems) {
      report(placeOf(view, { range }), message, {
        severity,
        fixes: writing(view, range, meant(code, writtenAt(view, range))),
      });
    }
  },
});

function writtenAt(view: CorefileView, { start, end }: Range): string {
  return view.corefile.text.slice(start, end);
}

function writing(view: CorefileView, range: Range, value: string | undefined): readonly Fix[] {
  if (value === undefined) return [];
  return corefileFix(view, `Write ${value}`, [{ range, text: value }], { safe: true });
}

function meant(code: string, written: string): string | undefined {
  if (code === 'policy-unknown') return nearest(written.replaceAll('-', '_'), forwardPolicies) ?? policyFor(written);
  if (code === 'pods-mode-unknown') return nearest(written, podsModes) ?? modeFor(written);
  return code === 'ttl-out-of-range' && /^\d+$/.test(written) ? '3600' : undefined;
}

/** `nearest` has no answer for a name that is right but for its dashes. */
function policyFor(written: string): string | undefined {
  return forwardPolicies.find(policy => policy === written.toLowerCase().replaceAll(/[-\s]/g, '_'));
}

/** `verify`, `disable` and `off` say what is meant, further away than a slip is. */
function modeFor(written: string): string | undefined {
  if (/^(?:off|none|false|no)$/i.test(written)) return 'disabled';
  return podsModes.find(mode => written.length > 3 && mode.startsWith(written.toLowerCase().slice(0, 5)));
}
