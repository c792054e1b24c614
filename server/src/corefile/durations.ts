import { secondsOf } from '../text/duration';
import { expanded } from './imports';
import type { Corefile, Directive, Token } from './syntax';
import type { ValueProblem } from './values';

export type DurationProblem = ValueProblem<'not-a-duration' | 'too-short'>;

/**
 * The times of `health`, `reload` and `forward` with which CoreDNS does not start: each needs a unit, and some a least
 * length (coredns:plugin/health/setup.go, plugin/reload/setup.go, plugin/forward/setup.go). Those of `cache` are read with it.
 */
export function durationProblems(line: Directive, corefile: Corefile): readonly DurationProblem[] {
  if (corefile.isTemplate) return [];
  return timesIn(line, corefile).flatMap(({ token, least }): readonly DurationProblem[] => {
    if (token === undefined || token.isDynamic) return [];
    const { text, range } = token;
    const seconds = secondsOf(text);
    const problem = { range, severity: 'error' } as const;
    if (seconds === undefined) {
      const meant = /^\d{1,4}$/.test(text) ? { replacement: `${Math.max(Number(text), least ?? 0)}s` } : {};
      const message = `'${text}' must be a time with a unit, like 30s or 5m, or CoreDNS does not start.`;
      return [{ ...problem, ...meant, code: 'not-a-duration', message }];
    }
    if (least === undefined || seconds >= least) return [];
    const message = `'${line.name.text}' takes no less than ${least}s here, or CoreDNS does not start.`;
    return [{ ...problem, code: 'too-short', message, replacement: `${least}s` }];
  });
}

interface Time {
  readonly token: Token | undefined;
  /** Seconds; none where any sign and length is taken. */
  readonly least?: number;
}

function timesIn(line: Directive, corefile: Corefile): readonly Time[] {
  const first = (name: string) =>
    expanded(line.options, corefile)
      .directives.filter(option => option.name.text === name)
      .map(({ args }) => args[0]);
  switch (line.name.text) {
    case 'health':
      return first('lameduck').map(token => ({ token }));
    case 'reload':
      return [
        { token: line.args[0], least: 2 },
        { token: line.args[1], least: 1 },
      ];
    case 'forward':
      return [...first('health_check'), ...first('expire')].map(token => ({ token, least: 0 }));
    default:
      return [];
  }
}
