import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Resource } from '../resource';
import { classAnnotation, ingressBackendsOf } from './backend';

/** Where an Ingress says its class: the field, which wins, else the old annotation; undefined when neither is set. */
export const classNodeOf = memo((ingress: Resource): Node | undefined => {
  const field = ingress.at('spec', 'ingressClassName');
  if (field.string) return field;
  const annotation = ingress.annotation(classAnnotation);
  return annotation.string ? annotation : undefined;
});

export const classNameOf = memo((ingress: Resource): string | undefined => classNodeOf(ingress)?.string?.trim());

/** The keys of the annotations of an object. */
export const annotationKeysOf = memo((resource: Resource): readonly string[] =>
  resource
    .at('metadata', 'annotations')
    .entries()
    .map(entry => String(entry.key)),
);

/** Names of the Services that an Ingress sends requests to, each once. */
export const backendServicesOf = memo(
  (ingress: Resource): ReadonlySet<string> =>
    new Set(ingressBackendsOf(ingress).flatMap(({ service }) => service.string ?? [])),
);

/**
 * @source kubernetes/ingress-nginx:internal/ingress/annotations (1.15.1 at dbb11b9)
 * @source kubernetes-sigs/aws-load-balancer-controller:docs/guide/ingress/annotations.md (2026-08-17)
 * @source jcmoraisjr/haproxy-ingress:docs/content/en/docs/configuration/keys.md (0.16)
 */
const grpcAnnotations = [
  'nginx.ingress.kubernetes.io/backend-protocol',
  'alb.ingress.kubernetes.io/backend-protocol-version',
  'haproxy-ingress.github.io/backend-protocol',
];

/** Whether annotations of the Ingress say that its backends speak gRPC: a stream, which a proxy doesn't compress. */
export const isGrpc = memo((ingress: Resource): boolean => {
  if (grpcAnnotations.some(key => /^\s*grpcs?\s*$/i.test(ingress.annotation(key).string ?? ''))) return true;
  return ingress.annotation('nginx.org/grpc-services').string !== undefined;
});
