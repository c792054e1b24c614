import { memo } from '../../text/maps';
import { embeddedDocument } from '../../yaml/embedded';
import type { Node } from '../../yaml/node';
import type { Resource } from '../resource';

/** A Service that an Ingress sends requests to, as written: both fields may be missing. */
export interface IngressBackend {
  /** The mapping that holds the rest; a missing one is reported by other rules. */
  readonly node: Node;
  /** The field with the Service's name. */
  readonly service: Node;
  /** The field with a number or name of `spec.ports` of the Service; undefined where the form has no port. */
  readonly port: Node | undefined;
}

/** Under this port name the AWS Load Balancer Controller takes the service name for that of an annotation. */
export const annotationPort = 'use-annotation';
export const albAction = 'alb.ingress.kubernetes.io/actions.';

/** Where the class of an Ingress stood before there was a field. */
export const classAnnotation = 'kubernetes.io/ingress.class';

/** Where an Ingress has a backend, whatever it is: those of the paths, and the default one. */
export const backendNodesOf = memo((ingress: Resource): readonly Node[] => {
  const paths = pathsOf(ingress).map(path => path.at('backend'));
  // `backend` is the default backend of the API before networking.k8s.io/v1.
  return [ingress.at('spec', 'defaultBackend'), ingress.at('spec', 'backend'), ...paths].filter(node => !node.isEmpty);
});

export const pathsOf = memo((ingress: Resource): readonly Node[] => {
  const rules = ingress.at('spec', 'rules').items();
  return rules.flatMap(rule => rule.at('http', 'paths').items());
});

/**
 * All Services that an Ingress names: in paths and default backend, in the ALB's actions and the default backend of
 * ingress-nginx. Resource backends name something else, and `use-annotation` names an annotation.
 */
export const ingressBackendsOf = memo((ingress: Resource): readonly IngressBackend[] => {
  const direct = backendNodesOf(ingress).map(serviceBackendOf);
  return [...direct.filter(isService), ...actionBackendsOf(ingress), ...nginxDefaultBackendOf(ingress)];
});

/** Backends that mean an annotation of the Ingress, in which the AWS Load Balancer Controller finds what to do. */
export const annotationBackendsOf = memo((ingress: Resource): readonly IngressBackend[] =>
  backendNodesOf(ingress)
    .map(serviceBackendOf)
    .filter(({ service, port }) => service.text !== undefined && port?.text === annotationPort),
);

function isService({ service, port }: IngressBackend): boolean {
  return service.text !== undefined && service.text !== '' && port?.text !== annotationPort;
}

function serviceBackendOf(node: Node): IngressBackend {
  if (node.at('serviceName').exists) return { node, service: node.at('serviceName'), port: node.at('servicePort') };
  const port = node.at('service', 'port');
  const isNamed = port.at('name').exists || !port.at('number').exists;
  return { node, service: node.at('service', 'name'), port: port.at(isNamed ? 'name' : 'number') };
}

/** Weighted targets that stand as JSON in `actions.<name>` annotations. */
function actionBackendsOf(ingress: Resource): IngressBackend[] {
  const annotations = ingress.at('metadata', 'annotations').entries();
  const actions = annotations.filter(annotation => String(annotation.key).startsWith(albAction));
  return actions.flatMap(action => {
    const forward = embeddedDocument(action)?.root;
    if (forward === undefined || forward.document.problems.length > 0) return [];
    const groups = field(forward, 'forwardConfig').isEmpty
      ? []
      : field(field(forward, 'forwardConfig'), 'targetGroups').items();
    return [...groups, forward]
      .map(node => ({ node, service: field(node, 'serviceName'), port: field(node, 'servicePort') }))
      .filter(isService);
  });
}

/** The controller's JSON reader does not mind the case of the first letter, and its older pages write it large. */
function field(node: Node, name: string): Node {
  const large = node.at(`${name[0]?.toUpperCase()}${name.slice(1)}`);
  return large.exists ? large : node.at(name);
}

function nginxDefaultBackendOf(ingress: Resource): IngressBackend[] {
  const service = ingress.annotation('nginx.ingress.kubernetes.io/default-backend');
  return service.string ? [{ node: service, service, port: undefined }] : [];
}

/** Whether an item of a Service's `spec.ports` is meant by a number or a name. */
export function isMeant(servicePort: Node, port: Node): boolean {
  if (port.number !== undefined) return servicePort.at('port').number === port.number;
  const text = port.string;
  // Numbers in quotes are read as names by the API server; controllers that take JSON or the old API take them for numbers.
  return text !== undefined && (servicePort.at('name').string === text || servicePort.at('port').text === text);
}
