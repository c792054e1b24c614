import { onField } from './balance';
import type { ControllerFacts } from './controller';

/**
 * Kong Ingress Controller 3.5: a policy of its own, which Services name in an annotation.
 *
 * @source Kong/kubernetes-ingress-controller:docs/api-reference.md (3.5.13)
 * @source Kong/kubernetes-ingress-controller:test/e2e/manifests/all-in-one-dbless.yaml (3.5 at 1fa68f8)
 * @source Kong/kubernetes-ingress-controller:internal/store/store.go (read 2026-11-29 at 01a2093)
 * @source Kong/kubernetes-ingress-controller:pkg/annotations/annotations.go (read 2026-11-29 at 078afc0)
 */
export const kong: ControllerFacts = {
  id: 'kong',
  title: 'Kong',
  specControllers: ['ingress-controllers.konghq.com/kong'],
  classNames: ['kong'],
  prefixes: ['konghq.com/'],
  images: ['kong/kubernetes-ingress-controller', 'kong-ingress-controller'],
  classFlags: ['ingress-class'],
  balance: {
    default: 'round-robin',
    isDefaultGood: false,
    openings: {
      on: ['KongUpstreamPolicy.configuration.konghq.com'],
      find: resource => {
        const isHashed = ['hashOn', 'stickySessions'].some(field => resource.at('spec', field).exists);
        const node = resource.at('spec', 'algorithm');
        return isHashed || node.exists ? [] : [{ node, at: resource.name }];
      },
    },
    settings: [
      onField(
        'algorithm',
        ['KongUpstreamPolicy.configuration.konghq.com'],
        resource => [resource.at('spec', 'algorithm')],
        {
          values: ['least-connections', 'round-robin', 'latency', 'consistent-hashing', 'sticky-sessions'],
          best: 'least-connections',
          roundRobin: ['round-robin'],
          onUnknown: 'rejected',
          consequence: 'the API server rejects the object',
        },
      ),
    ],
  },
};
