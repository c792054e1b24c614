import type { Node } from '../yaml/node';
import type { Resource } from './resource';

const classAnnotation = 'kubernetes.io/ingress.class';

/** Where an Ingress says its class: the field, which wins, else the old annotation; undefined when neither is set. */
export function classNodeOf(ingress: Resource): Node | undefined {
  const field = ingress.at('spec', 'ingressClassName');
  if (field.string) return field;
  const annotation = ingress.annotation(classAnnotation);
  return annotation.string ? annotation : undefined;
}

export function classNameOf(ingress: Resource): string | undefined {
  return classNodeOf(ingress)?.string?.trim();
}

/** The keys of the annotations of an object. */
export function annotationKeysOf(resource: Resource): string[] {
  return resource
    .at('metadata', 'annotations')
    .entries()
    .map(entry => String(entry.key));
}

/** Every `backend` of an Ingress: those of the rules, then the default one. */
export function backendsOf(ingress: Resource): Node[] {
  const rules = ingress.at('spec', 'rules').items();
  const paths = rules.flatMap(rule => rule.at('http', 'paths').items());
  const backends = paths.map(path => path.at('backend'));
  const fallback = ingress.at('spec', 'defaultBackend');
  return fallback.exists ? [...backends, fallback] : backends;
}

/** Names of the Services that an Ingress sends requests to, each once; the old v1beta1 form counts. */
export function backendServicesOf(ingress: Resource): ReadonlySet<string> {
  const names = backendsOf(ingress).flatMap(
    backend => backend.at('service', 'name').string ?? backend.at('serviceName').string ?? [],
  );
  return new Set(names);
}

const grpcAnnotations = [
  'nginx.ingress.kubernetes.io/backend-protocol',
  'alb.ingress.kubernetes.io/backend-protocol-version',
  'haproxy-ingress.github.io/backend-protocol',
];

/** Whether annotations of the Ingress say that its backends speak gRPC: a stream, which a proxy doesn't compress. */
export function isGrpc(ingress: Resource): boolean {
  if (grpcAnnotations.some(key => /^\s*grpcs?\s*$/i.test(ingress.annotation(key).string ?? ''))) return true;
  return ingress.annotation('nginx.org/grpc-services').string !== undefined;
}
