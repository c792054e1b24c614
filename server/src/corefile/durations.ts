import { secondsOf } from '../text/duration';
import { expanded } from './imports';
import type { Corefile, Directive, Token } from './syntax';
import { notADuration, type ValueProblem } from './values';
import { isAtLeast, type Version } from './versions';

export type DurationProblem = ValueProblem<'not-a-duration' | 'too-short'>;

/**
 * The times of `health`, `reload` and `forward` with which CoreDNS does not start: each needs a unit, and some a least
 * length (coredns:plugin/health/setup.go, plugin/reload/setup.go, plugin/forward/setup.go). Those of `cache` are read with
 * it. A jitter of 0 came with 1.14.2 (coredns:51a11b366).
 */
export function durationProblems(
  line: Directive,
  corefile: Corefile,
  version: Version | undefined,
): readonly DurationProblem[] {
  if (corefile.isTemplate) return [];
  return timesIn(line, corefile).flatMap(({ token, least, zeroSince }): readonly DurationProblem[] => {
    if (token === undefined || token.isDynamic) return [];
    const { text, range } = token;
    const seconds = secondsOf(text);
    const problem = { range, severity: 'error' } as const;
    if (seconds === undefined) {
      const meant = /^\d{1,4}$/.test(text) ? { replacement: `${Math.max(Number(text), least ?? 0)}s` } : {};
      return [{ ...problem, ...meant, code: 'not-a-duration', message: notADuration(token, line.name.text) }];
    }
    if (least === undefined || seconds >= least) return [];
    const takesZero = seconds === 0 && zeroSince !== undefined;
    if (takesZero && (version === undefined || isAtLeast(version, zeroSince))) return [];
    const name = `'${line.name.text}'`;
    if (takesZero) {
      const message = {
        what: `'${text}' of ${name} needs CoreDNS ${zeroSince}`,
        why: `An older CoreDNS does not start with less than ${least}s here.`,
        how: `Use at least ${least}s, or a newer image.`,
      };
      return [{ ...problem, code: 'too-short', message }];
    }
    const message = { what: `'${text}' of ${name} is too short`, how: `Use at least ${least}s.` };
    return [{ ...problem, code: 'too-short', message, replacement: `${least}s` }];
  });
}

interface Time {
  readonly token: Token | undefined;
  /** Seconds; none where any sign and length is taken. */
  readonly least?: number;
  /** The CoreDNS from which 0 is allowed below that. */
  readonly zeroSince?: string;
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
        { token: line.args[1], least: 1, zeroSince: '1.14.2' },
      ];
    case 'forward':
      return [...first('health_check'), ...first('expire')].map(token => ({ token, least: 0 }));
    default:
      return [];
  }
}
