import { titleOf } from '../../kube/resource';
import { routeKinds } from '../../kube/services/gateway';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'gateway/no-weight',
  title: 'At least one backend of each rule has weight',
  severity: 'warning',
  per: 'resource',
  kinds: routeKinds,
  references: [
    'https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec',
    'https://gateway-api.sigs.k8s.io/guides/traffic-splitting/',
  ],

  check(route, report) {
    for (const rule of route.at('spec', 'rules').items()) {
      const weights = rule
        .at('backendRefs')
        .items()
        .map(backend => backend.at('weight'));
      const [first] = weights;
      if (first === undefined || !weights.every(weight => weight.number === 0)) continue;
      const isHttp = route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute';
      report(
        first,
        {
          what: `All backends of a rule of ${titleOf(route)} have weight 0`,
          why: `No backend gets traffic: ${isHttp ? 'each request is answered with 500' : 'each connection is refused'}.`,
          how: 'Give at least one backend a weight above 0, or remove the rule.',
        },
        { fixes: weights.length === 1 ? [set('Use weight 1', first, 1)] : [] },
      );
    }
  },
});
