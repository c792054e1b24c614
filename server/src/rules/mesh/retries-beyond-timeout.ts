import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { secondsOf } from '../../text/duration';

export default defineRule({
  id: 'mesh/retries-beyond-timeout',
  title: 'The timeout of a VirtualService route leaves time for its retries',
  severity: 'info',
  per: 'resource',
  kinds: ['VirtualService.networking.istio.io'],
  references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry'],

  check(virtualService, report) {
    for (const route of virtualService.at('spec', 'http').items()) {
      const attempts = route.at('retries', 'attempts').number ?? 0;
      const perTry = route.at('retries', 'perTryTimeout');
      const [whole, each] = [secondsOf(route.at('timeout').string ?? ''), secondsOf(perTry.string ?? '')];
      // Retries start early when a pod refuses, so only what can never be used is said.
      if (!whole || !each || attempts < 1 || each < whole) continue;
      const tries = attempts + 1;
      const enough = durationOf(Math.round(each * tries * 1000));
      report(
        perTry,
        {
          what: `'perTryTimeout: ${perTry.string}' leaves no time for retries`,
          why: `The whole request may take ${route.at('timeout').string}, retries included: one slow try uses up all of it, and no retry follows.`,
          how: `Raise 'timeout', to ${enough} for ${tries} tries, or lower 'perTryTimeout'.`,
        },
        {
          related: [{ at: route.at('timeout'), message: 'The timeout of the whole request' }],
          fixes: [set(`Raise the timeout to ${enough}, for ${tries} tries`, route.at('timeout'), enough)],
        },
      );
    }
  },
});

const durationOf = (milliseconds: number) =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
