import type { Resource } from '../kube/resource';
import type { Node } from '../yaml/node';
import type { Protocol } from './connections';
import type { ClusterView, NamespaceView } from './view';

/** A Service that a route sends traffic to. */
export interface Backend {
  readonly route: Resource;
  /** The field that names the Service. */
  readonly node: Node;
  readonly namespace: string;
  readonly service: string;
  readonly protocol: Protocol;
  /** Whether the route means this item of the Service's `spec.ports`. */
  port(servicePort: Node): boolean;
}

const gatewayRoutes = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/** The backends of every Ingress, OpenShift Route and Gateway API route. */
export function backendsOf(view: ClusterView): readonly Backend[] {
  const namespaces = new Map([...view.namespaces].map(namespace => [namespace.name || 'default', namespace]));
  return [...namespaces].flatMap(([name, namespace]) => [
    ...namespace.of('Ingress').flatMap(ingress => ingressBackendsOf(ingress, name)),
    ...namespace.of('Route.route.openshift.io').flatMap(route => openshiftBackendsOf(route, name)),
    ...namespace.of(...gatewayRoutes).flatMap(route => gatewayBackendsOf(route, name, namespaces)),
  ]);
}

function ingressBackendsOf(ingress: Resource, namespace: string): readonly Backend[] {
  const spec = ingress.at('spec');
  const paths = spec
    .at('rules')
    .items()
    .flatMap(rule => rule.at('http', 'paths').items());
  // `backend`, `serviceName` and `servicePort` are those of the API before networking.k8s.io/v1.
  const backends = [spec.at('defaultBackend'), spec.at('backend'), ...paths.map(path => path.at('backend'))];
  return backends.flatMap(backend => {
    const isOld = backend.at('serviceName').exists;
    const node = isOld ? backend.at('serviceName') : backend.at('service', 'name');
    if (node.text === undefined) return [];
    const name = isOld ? backend.at('servicePort') : backend.at('service', 'port', 'name');
    const number = isOld ? backend.at('servicePort') : backend.at('service', 'port', 'number');
    const port = (servicePort: Node) =>
      name.string === undefined
        ? servicePort.at('port').number !== undefined && servicePort.at('port').number === number.number
        : servicePort.at('name').string === name.string;
    return [{ route: ingress, node, namespace, service: node.text, protocol: 'TCP', port }];
  });
}

/** A Route means a port of the Service by name, or by the number it has on the pods; none: every port. */
function openshiftBackendsOf(route: Resource, namespace: string): readonly Backend[] {
  const wanted = route.at('spec', 'port', 'targetPort');
  const port = (servicePort: Node) =>
    wanted.text === undefined ||
    ['name', 'targetPort', 'port'].some(field => servicePort.at(field).text === wanted.text);
  const targets = [route.at('spec', 'to'), ...route.at('spec', 'alternateBackends').items()];
  return targets.flatMap(target => {
    const node = target.at('name');
    const kind = target.at('kind').string ?? 'Service';
    if (kind !== 'Service' || node.text === undefined) return [];
    return [{ route, node, namespace, service: node.text, protocol: 'TCP', port }];
  });
}

function gatewayBackendsOf(
  route: Resource,
  namespace: string,
  namespaces: ReadonlyMap<string, NamespaceView>,
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
    const port = (servicePort: Node) => number !== undefined && servicePort.at('port').number === number;
    const protocol = route.kind === 'UDPRoute' ? 'UDP' : 'TCP';
    return [{ route, node, namespace: target, service: node.text, protocol, port }];
  });
}

/** Into another namespace a route reaches with a ReferenceGrant there. */
function isGranted(route: Resource, from: string, service: string, target: NamespaceView | undefined): boolean {
  const grants = target?.of('ReferenceGrant') ?? [];
  return grants.some(grant => {
    const isSource = grant
      .at('spec', 'from')
      .items()
      .some(source => source.at('kind').string === route.kindName && source.at('namespace').text === from);
    const isTarget = grant
      .at('spec', 'to')
      .items()
      .some(to => to.at('kind').string === 'Service' && (to.at('name').isEmpty || to.at('name').text === service));
    return isSource && isTarget;
  });
}
