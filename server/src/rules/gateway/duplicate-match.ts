import { titleOf } from '../../kube/resource';
import { remove } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'gateway/duplicate-match',
  title: 'Rules of a route do not repeat the match of an earlier rule',
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
      const keyed = (matches.length > 0 ? matches : [rule]).map(match => ({
        match,
        key: keyOf(match === rule ? undefined : match),
      }));
      // A rule that loses all its matches to others goes as a whole: without any it would match everything.
      const isDead = keyed.every(({ key }) => first.has(key));
      for (const { match, key } of keyed) {
        const earlier = first.get(key);
        if (earlier === undefined) first.set(key, rule);
        if (earlier === undefined || earlier === rule) continue;
        report(
          match,
          {
            what: `Match for ${shownOf(match)} repeats an earlier rule`,
            why: `The first rule that matches wins, so no request of ${titleOf(route)} ever gets here.`,
            how: 'Remove it, or match something else.',
          },
          {
            related: [{ at: earlier, message: 'The rule that wins' }],
            fixes: [isDead ? removeDead('rule', rule) : removeDead('match', match)],
          },
        );
      }
    }
  },
});

const removeDead = (what: string, node: Node): Fix => remove(`Remove this ${what}, which gets no request`, node);

/** What a match is for, in a few words; a rule without matches is for every path. */
function shownOf(match: Node): string {
  const method = match.at('method');
  if (method.isMapping) return `'${method.at('service').text ?? '*'}/${method.at('method').text ?? '*'}'`;
  return `path '${match.at('path', 'value').text ?? '/'}'`;
}

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
