import { defineRule } from '../../lint/rule';
import { secondsOf } from '../../text/duration';

export default defineRule({
  id: 'mesh/retries-beyond-timeout',
  title: 'The retries of a route fit into its timeout',
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
      report(
        perTry,
        `The whole request may take ${route.at('timeout').string}, retries included, and one try ${perTry.string}: a try that is slow uses up all of it, and no retry follows.`,
        { related: [{ at: route.at('timeout'), message: 'The timeout of the whole request' }] },
      );
    }
  },
});
