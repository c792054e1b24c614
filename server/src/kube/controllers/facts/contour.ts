import { onField } from './balance';
import type { ControllerFacts } from './controller';

/**
 * Contour 1.33: apis/projectcontour/v1/httpproxy.go. An Ingress can't choose a strategy.
 *
 * @source projectcontour/contour:apis/projectcontour/v1/httpproxy.go (1.33)
 * @source projectcontour/contour:internal/dag/policy.go (read 2026-11-29 at 0058977)
 * @source projectcontour/contour:internal/annotation/annotations.go (read 2026-11-29 at 0b24e04)
 * @source projectcontour/contour:examples/contour/03-contour.yaml (commit 31c4bb3)
 */
export const contour: ControllerFacts = {
  id: 'contour',
  title: 'Contour',
  specControllers: ['projectcontour.io/ingress-controller', 'projectcontour.io/'],
  classNames: ['contour'],
  prefixes: ['projectcontour.io/'],
  images: ['projectcontour/contour', 'bitnami/contour'],
  classFlags: ['ingress-class-name'],
  balance: {
    default: 'RoundRobin',
    isDefaultGood: false,
    openings: {
      on: ['HTTPProxy.projectcontour.io'],
      find: resource =>
        resource
          .at('spec', 'routes')
          .items()
          .filter(route => !route.at('services').isEmpty && !route.at('loadBalancerPolicy').exists)
          .map(route => ({ node: route.at('loadBalancerPolicy', 'strategy'), at: route.at('services') })),
    },
    settings: [
      onField(
        'strategy',
        ['HTTPProxy.projectcontour.io'],
        resource => [
          ...resource
            .at('spec', 'routes')
            .items()
            .map(route => route.at('loadBalancerPolicy', 'strategy')),
          resource.at('spec', 'tcpproxy', 'loadBalancerPolicy', 'strategy'),
        ],
        {
          values: ['WeightedLeastRequest', 'RoundRobin', 'Random', 'Cookie', 'RequestHash'],
          best: 'WeightedLeastRequest',
          roundRobin: ['RoundRobin'],
          onUnknown: 'ignored',
          consequence: 'falls back to RoundRobin',
        },
      ),
    ],
  },
};
