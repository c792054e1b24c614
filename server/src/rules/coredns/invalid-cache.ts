import { type Cache, type CacheProblem, cacheOf } from '../../corefile/cache';
import { refused } from '../../corefile/syntax';
import { integerOf } from '../../corefile/values';
import { isPlaceholder } from '../../kube/placeholder';
import type { Fix } from '../../lint/rule';
import {
  type CorefileView,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  pluginLines,
} from './shared/corefile-rule';
import { hasTwin } from './shared/twins';

export default defineCorefileRule({
  id: 'coredns/invalid-cache',
  title: "CoreDNS accepts the values of 'cache'",
  severity: 'error',
  references: [
    'https://coredns.io/plugins/cache/',
    'https://github.com/coredns/coredns/blob/master/plugin/cache/setup.go',
  ],

  check(view, report) {
    for (const directive of linesNamed(pluginLines(view.corefile), 'cache')) {
      const cache = cacheOf(directive, view.corefile);
      for (const problem of cache.problems) {
        const { severity, message, range } = problem;
        if (isPlaceholder(view.corefile.text.slice(range.start, range.end))) continue;
        report(
          placeOf(view, problem),
          { why: refused, ...message },
          { severity, fixes: fixesOf(view, problem, cache) },
        );
      }
    }
  },
});

/** Where there is one value that the author must have meant, or the nearest that CoreDNS takes. */
function fixesOf(view: CorefileView, problem: CacheProblem, cache: Cache): readonly Fix[] {
  const { range, code } = problem;
  const written = view.corefile.text.slice(range.start, range.end);
  const value = problem.replacement ?? replacementOf(code, written, cache.ttl?.token.range === range);
  // Of two lines the other one may be what was meant.
  if (value === undefined || hasTwin(view.corefile, cache.directive)) return [];
  // A wrong unit does start, with another meaning; the others were refused, or put right by CoreDNS itself.
  const safe = code !== 'ttl-with-unit';
  return corefileFix(view, `Write ${value}`, [{ range, text: value }], { safe });
}

function replacementOf(code: CacheProblem['code'], written: string, isTtl: unknown): string | undefined {
  switch (code) {
    case 'capacity-too-small':
      return '1024';
    case 'servfail-too-long':
      return '5m';
    case 'ttl-not-positive':
      return isTtl === true ? '30' : undefined;
    case 'percentage-invalid':
      return percentageFor(written);
    case 'serve-stale-mode':
      return /^imm/i.test(written) ? 'immediate' : /^ver/i.test(written) ? 'verify' : undefined;
    case 'disable-unknown':
      return /^(?:positive|succ)/i.test(written) ? 'success' : /^(?:neg|den)/i.test(written) ? 'denial' : undefined;
    default:
      return undefined;
  }
}

function percentageFor(written: string): string | undefined {
  const value = integerOf(written.replace(/%$/, ''));
  return value === undefined ? undefined : `${Math.min(90, Math.max(10, value))}%`;
}
