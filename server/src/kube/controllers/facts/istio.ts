import { onField } from './balance';
import type { ControllerFacts } from './controller';

/**
 * Istio 1.30: LEAST_REQUEST is the default since 1.14, LEAST_CONN its old name.
 *
 * @source istio/api:networking/v1alpha3/destination_rule.proto (1.30)
 * @source istio/istio:releasenotes/notes/new_lb_algorithm_default.yaml (1.14.0)
 * @source istio/istio:pilot/pkg/config/kube/ingress (read 2026-11-29)
 * @source istio/istio:manifests/charts/istio-control/istio-discovery/values.yaml (commit 86c9f01)
 */
export const istio: ControllerFacts = {
  id: 'istio',
  title: 'Istio',
  specControllers: ['istio.io/ingress-controller'],
  classNames: ['istio'],
  prefixes: [],
  images: ['istio/pilot'],
  classFlags: [],
  balance: {
    default: 'LEAST_REQUEST',
    isDefaultGood: true,
    isSettled: resource => isOutside(resource.at('spec', 'host').string ?? ''),
    settings: [
      onField(
        'simple',
        ['DestinationRule.networking.istio.io'],
        resource => {
          const policies = [
            resource.at('spec', 'trafficPolicy'),
            ...resource
              .at('spec', 'subsets')
              .items()
              .map(subset => subset.at('trafficPolicy')),
          ];
          return policies
            .flatMap(policy => [policy, ...policy.at('portLevelSettings').items()])
            .map(policy => policy.at('loadBalancer', 'simple'));
        },
        {
          values: ['LEAST_REQUEST', 'LEAST_CONN', 'RANDOM', 'ROUND_ROBIN', 'PASSTHROUGH', 'UNSPECIFIED'],
          best: 'LEAST_REQUEST',
          roundRobin: ['ROUND_ROBIN'],
          onUnknown: 'rejected',
          consequence: 'the API server rejects the object',
        },
      ),
    ],
  },
};

/** A host of the world, such as www.example.com, rather than a Service: there are no pods behind it. */
function isOutside(host: string): boolean {
  return host.split('.').length > 2 && !/\.svc(?:\.|$)/.test(host) && !host.includes('*');
}
