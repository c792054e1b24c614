import type { Resource } from '../../kube/resource';
import { ingressBackendsOf, isMeant } from '../../kube/services/backend';
import type { Namespace } from '../../kube/view';
import type { Node } from '../../yaml/node';
import type { NetworkKind } from '../network-kinds';
import type { Protocol } from '../sets/connections';

/** A Service that a route sends traffic to. */
export interface Backend {
  readonly route: Resource;
  /** The field that names the Service. */
  readonly node: Node;
  readonly namespace: string;
  readonly service: string;
  readonly protocol: Protocol;
  /** Whether the route means this item of the Service's `spec.ports`. */
  means(servicePort: Node): boolean;
}

/** @source kubernetes-sigs/gateway-api:config/crd/standard (v1.6.1) */
const gatewayRoutes = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/** The backends of every Ingress, OpenShift Route and Gateway API route. */
export function backendsOf(namespaces: ReadonlyMap<string, Namespace<NetworkKind>>): readonly Backend[] {
  return [...namespaces].flatMap(([name, namespace]) => [
    ...namespace.of('Ingress').flatMap(ingress => ingressBackends(ingress, name)),
    ...namespace.of('Route.route.openshift.io').flatMap(route => openshiftBackends(route, name)),
    ...namespace.of(...gatewayRoutes).flatMap(route => gatewayBackends(route, name, namespaces)),
  ]);
}

function ingressBackends(route: Resource, namespace: string): readonly Backend[] {
  return ingressBackendsOf(route).map(({ service, port }) => {
    const means = (servicePort: Node) => port === undefined || isMeant(servicePort, port);
    return { route, node: service, namespace, service: service.text ?? '', protocol: 'TCP', means };
  });
}

/** A Route means a port of the Service by name, or by the number it has on the pods; none: every port. */
function openshiftBackends(route: Resource, namespace: string): readonly Backend[] {
  const wanted = route.at('spec', 'port', 'targetPort').text;
  const means = (servicePort: Node) =>
    wanted === undefined || ['name', 'targetPort', 'port'].some(field => servicePort.at(field).text === wanted);
  const targets = [route.at('spec', 'to'), ...route.at('spec', 'alternateBackends').items()];
  return targets.flatMap(target => {
    const node = target.at('name');
    const kind = target.at('kind').string ?? 'Service';
    if (kind !== 'Service' || node.text === undefined) return [];
    return [{ route, node, namespace, service: node.text, protocol: 'TCP', means }];
  });
}

function gatewayBackends(
  route: Resource,
  namespace: string,
  namespaces: ReadonlyMap<string, Namespace<NetworkKind>>,
): readonly Backend[] {
  const rules = route.at('spec', 'rules').items();
  const references = rules.flatMap(rule => [
    ...rule.at('backendRefs').items(),
    ...rule
      .at('filters')
      .items()
      .map(filter => filter.at('requestMirror', 'backendRef')),
  ]);
  return references.flatMap(reference => {
    const node = reference.at('name');
    const target = reference.at('namespace').text ?? namespace;
    const isService = (reference.at('kind').string ?? 'Service') === 'Service' && !reference.at('group').string;
    if (!isService || node.text === undefined) return [];
    if (target !== namespace && !isGranted(route, namespace, node.text, namespaces.get(target))) return [];
    const number = reference.at('port').number;
    const means = (servicePort: Node) => number !== undefined && servicePort.at('port').number === number;
    const protocol = route.kind === 'UDPRoute' ? 'UDP' : 'TCP';
    return [{ route, node, namespace: target, service: node.text, protocol, means }];
  });
}

/** Into another namespace a route reaches with a ReferenceGrant there. */
function isGranted(
  route: Resource,
  from: string,
  service: string,
  target: Namespace<NetworkKind> | undefined,
): boolean {
  const grants = target?.of('ReferenceGrant') ?? [];
  return grants.some(grant => {
    const sources = grant.at('spec', 'from').items();
    const targets = grant.at('spec', 'to').items();
    return (
      sources.some(each => each.at('kind').string === route.kindName && each.at('namespace').text === from) &&
      targets.some(each => {
        const isNamed = each.at('name').isEmpty || each.at('name').text === service;
        return each.at('kind').string === 'Service' && isNamed;
      })
    );
  });
}
