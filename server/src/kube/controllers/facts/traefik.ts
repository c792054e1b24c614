import type { Node } from '../../../yaml/node';
import type { Resource } from '../../resource';
import { keysIn, Vocabulary } from './annotation-table';
import { onField } from './balance';
import type { ControllerFacts, Opening } from './controller';
import { annotationRows } from './traefik-annotations';

/**
 * Traefik 3.7: pkg/provider/kubernetes/crd/traefikio/v1alpha1. An Ingress can't choose a strategy.
 *
 * @source traefik/traefik:pkg/provider/kubernetes/crd/traefikio/v1alpha1/ingressroute.go (3.7)
 * @source traefik/traefik:pkg/provider/kubernetes/ingress (read 2026-11-29)
 * @source traefik/traefik:docs/content/reference/routing-configuration/kubernetes/ingress.md (3.7)
 * @source traefik/traefik-helm-chart:traefik/values.yaml (commit a8a66d0)
 * @source k3s-io/k3s:manifests/traefik.yaml (read 2026-11-29 at 02a8f93)
 */
export const traefik: ControllerFacts = {
  id: 'traefik',
  title: 'Traefik',
  specControllers: ['traefik.io/ingress-controller'],
  classNames: ['traefik'],
  prefixes: ['traefik.ingress.kubernetes.io/'],
  images: ['traefik', 'traefik-hub', 'mirrored-library-traefik'],
  classFlags: ['providers.kubernetesingress.ingressclass'],
  vocabulary: {
    annotations: new Vocabulary(keysIn(annotationRows, 'traefik.ingress.kubernetes.io/', ['Ingress'])),
    onWrongValue: { severity: 'warning', consequence: 'logs an error and skips the Ingress or Service' },
  },
  balance: {
    default: 'wrr',
    isDefaultGood: false,
    openings: {
      on: ['IngressRoute.traefik.io', 'TraefikService.traefik.io'],
      since: '3.4',
      // The group of Traefik 2 has the field, but no value but RoundRobin.
      find: resource => (resource.apiVersion.startsWith('traefik.io/') ? openingsIn(resource) : []),
    },
    settings: [
      onField('strategy', ['IngressRoute.traefik.io', 'TraefikService.traefik.io'], strategiesIn, {
        values: ['p2c', 'leasttime', 'wrr', 'hrw', 'RoundRobin'],
        best: 'p2c',
        roundRobin: ['wrr', 'RoundRobin'],
        onUnknown: 'rejected',
        consequence: 'the API server rejects the object',
      }),
    ],
  },
};

/** Services of routes, and those that a TraefikService spreads over or mirrors. */
export function traefikServicesIn(resource: Resource): readonly Node[] {
  if (resource.kind === 'IngressRoute.traefik.io') {
    return resource
      .at('spec', 'routes')
      .items()
      .flatMap(route => route.at('services').items());
  }
  const mirroring = resource.at('spec', 'mirroring');
  return [
    ...resource.at('spec', 'weighted', 'services').items(),
    ...resource.at('spec', 'highestRandomWeight', 'services').items(),
    ...(mirroring.exists ? [mirroring, ...mirroring.at('mirrors').items()] : []),
  ];
}

function strategiesIn(resource: Resource): readonly Node[] {
  return traefikServicesIn(resource).map(service => service.at('strategy'));
}

/** A TraefikService has servers of its own; a sticky one stays with the first choice; nativeLB leaves it to kube-proxy. */
function openingsIn(resource: Resource): readonly Opening[] {
  return traefikServicesIn(resource)
    .filter(service => service.at('kind').string !== 'TraefikService' && service.at('name').exists)
    .filter(service => ['strategy', 'sticky'].every(field => !service.at(field).exists))
    .filter(service => service.at('nativeLB').boolean !== true)
    .map(service => ({ node: service.at('strategy'), at: service.at('name') }));
}
