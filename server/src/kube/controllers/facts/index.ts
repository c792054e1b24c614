import { alb } from './alb';
import { contour } from './contour';
import type { ControllerFacts } from './controller';
import { f5Nginx } from './f5-nginx';
import { envoyGateway, nginxGatewayFabric } from './gateways';
import { gke } from './gke';
import { haproxyIngress } from './haproxy-ingress';
import { haproxytech } from './haproxytech';
import { ingressNginx } from './ingress-nginx';
import { istio } from './istio';
import { kong } from './kong';
import { agic, cilium } from './others';
import { traefik } from './traefik';

/** Every controller that rules here know. */
export const controllers: readonly ControllerFacts[] = [
  ingressNginx,
  f5Nginx,
  traefik,
  haproxytech,
  haproxyIngress,
  contour,
  istio,
  kong,
  alb,
  gke,
  cilium,
  agic,
  envoyGateway,
  nginxGatewayFabric,
];

/** By the `spec.controller` of an IngressClass. */
export function bySpecController(name: string): ControllerFacts | undefined {
  return controllers.find(({ specControllers }) =>
    specControllers.some(known => (known.endsWith('/') ? name.startsWith(known) : name === known)),
  );
}

export function byClassName(name: string): ControllerFacts | undefined {
  return controllers.find(({ classNames }) => classNames.includes(name));
}

/** By the repository of an image, registry and tag left out: `registry.k8s.io/ingress-nginx/controller:v1.15.1`. */
export function byImage(image: string): ControllerFacts | undefined {
  const repository = repositoryOf(image);
  return controllers.find(({ images }) =>
    images.some(known => repository === known || repository.endsWith(`/${known}`)),
  );
}

/** By the prefix of an annotation's key. */
export function byAnnotation(key: string): ControllerFacts | undefined {
  return controllers.find(({ prefixes }) => prefixes.some(prefix => key.startsWith(prefix)));
}

function repositoryOf(image: string): string {
  const name = image.split('@', 1)[0] ?? '';
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
