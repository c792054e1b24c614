import { durationProblems } from '../../corefile/durations';
import { forwardOf, forwardPolicies } from '../../corefile/forward';
import { kubernetesOf, podsModes } from '../../corefile/kubernetes';
import { refused } from '../../corefile/syntax';
import { isPlaceholder } from '../../kube/placeholder';
import type { Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import type { Range } from '../../text/range';
import { type CorefileView, corefileFix, defineCorefileRule, placeOf, pluginLines } from './shared/corefile-rule';
import { hasTwin } from './shared/twins';

export default defineCorefileRule({
  id: 'coredns/invalid-option',
  title: 'CoreDNS accepts the option values of its plugins',
  severity: 'error',
  options: ['kubernetes'],
  references: [
    'https://github.com/coredns/coredns/blob/master/plugin/kubernetes/setup.go',
    'https://github.com/coredns/coredns/blob/master/plugin/forward/setup.go',
    'https://github.com/coredns/coredns/blob/master/plugin/reload/setup.go',
    'https://github.com/coredns/coredns/blob/master/notes/coredns-1.14.2.md',
  ],

  check(view, report) {
    const lines = pluginLines(view.corefile);
    for (const line of lines) {
      const { name } = line;
      const problems = [
        ...(name.text === 'kubernetes' ? kubernetesOf(line, view.corefile).problems : []),
        ...(name.text === 'forward' ? forwardOf(line, view.corefile).problems : []),
      ].map(problem => ({ ...problem, replacement: meant(problem.code, writtenAt(view, problem.range)) }));
      const times = durationProblems(line, view.corefile, view.coreDns?.version);
      // Of two lines the other one may be what was meant.
      const isDoubtful = hasTwin(view.corefile, line);
      for (const { range, message, severity, replacement } of [...times, ...problems]) {
        if (isPlaceholder(writtenAt(view, range))) continue;
        const fixes = isDoubtful ? [] : writing(view, range, replacement);
        report(placeOf(view, { range }), { why: refused, ...message }, { severity, fixes });
      }
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
