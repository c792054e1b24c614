import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'gateway/duplicate-match',
  title: 'No two rules of a route match the same requests',
  severity: 'warning',
  per: 'resource',
  kinds: ['HTTPRoute', 'GRPCRoute'],
  references: ['https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule'],

  check(route, report) {
    // The older group has other fields: what differs there would seem to be the same.
    if (!route.apiVersion.startsWith('gateway.networking.k8s.io/')) return;
    const first = new Map<string, Node>();
    for (const rule of route.at('spec', 'rules').items()) {
      const matches = rule.at('matches').items();
      for (const match of matches.length > 0 ? matches : [rule]) {
        const key = match === rule ? keyOf(undefined) : keyOf(match);
        const earlier = first.get(key);
        if (earlier === undefined) {
          first.set(key, rule);
          continue;
        }
        if (earlier === rule) continue;
        report(
          match,
          `An earlier rule of this ${route.kindName} matches the same requests, and the earlier one wins: ${match === rule ? 'this rule' : 'this match'} is never used.`,
          { related: [{ at: earlier, message: 'The rule that wins' }] },
        );
      }
    }
  },
});

/** A match as text: defaults filled in, keys and lists in one order. */
function keyOf(match: Node | undefined): string {
  const path = match?.at('path');
  const grpc = match?.at('method').isMapping ? match.at('method') : undefined;
  const named = (name: string) =>
    (match?.at(name).items() ?? [])
      .map(
        item => `${item.at('type').string ?? 'Exact'} ${item.at('name').text?.toLowerCase()} ${item.at('value').text}`,
      )
      .sort();
  return JSON.stringify([
    path?.at('type').string ?? 'PathPrefix',
    path?.at('value').string ?? '/',
    grpc
      ? [grpc.at('type').string ?? 'Exact', grpc.at('service').text, grpc.at('method').text]
      : match?.at('method').text,
    named('headers'),
    named('queryParams'),
  ]);
}
