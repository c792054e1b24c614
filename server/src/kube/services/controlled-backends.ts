import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import type { Resource } from '../resource';

/** Kinds of controllers whose objects send requests to Services. */
export const controlledKinds = [
  'IngressRoute.traefik.io',
  'IngressRouteTCP.traefik.io',
  'IngressRouteUDP.traefik.io',
  'TraefikService.traefik.io',
  'HTTPProxy.projectcontour.io',
  'VirtualServer.k8s.nginx.org',
  'VirtualServerRoute.k8s.nginx.org',
  'TransportServer.k8s.nginx.org',
  'Route.route.openshift.io',
] as const satisfies readonly Kind[];

/** A mapping that names a Service, below the spec; `*` stands for every item. */
export interface BackendPlace {
  readonly path: readonly string[];
  /** The field with the name. */
  readonly name: string;
  /** What its field `port` takes, where it has one. */
  readonly port?: 'number' | 'either';
}

const place = (path: string, name: string, port?: BackendPlace['port']): BackendPlace => {
  return { path: path.split(' '), name, ...(port && { port }) };
};

const upstreams = [place('upstreams *', 'service', 'number')];
const traefik = [place('routes * services *', 'name', 'either')];

/**
 * Where the objects of controllers name the Services that they send requests to.
 *
 * @source traefik/traefik:pkg/provider/kubernetes/crd/fixtures (fd5a576)
 * @source projectcontour/contour:examples/example-workload/httpproxy (31c4bb3)
 * @source nginx/kubernetes-ingress:examples/custom-resources (0eb3072)
 * @source openshift/api:route/v1/types.go (RouteTargetReference, read 2026-11-29)
 */
export const controlledPlaces: Readonly<Record<(typeof controlledKinds)[number], readonly BackendPlace[]>> = {
  'IngressRoute.traefik.io': traefik,
  'IngressRouteTCP.traefik.io': traefik,
  'IngressRouteUDP.traefik.io': traefik,
  'TraefikService.traefik.io': ['weighted services *', 'mirroring', 'mirroring mirrors *'].map(path => place(path, 'name', 'either')),
  'HTTPProxy.projectcontour.io': ['routes * services *', 'tcpproxy services *'].map(path => place(path, 'name', 'number')),
  'VirtualServer.k8s.nginx.org': upstreams,
  'VirtualServerRoute.k8s.nginx.org': upstreams,
  'TransportServer.k8s.nginx.org': upstreams,
  'Route.route.openshift.io': [place('to', 'name'), place('alternateBackends *', 'name')],
}; // biome-ignore format: a table

/** A Service that such an object names; without a namespace one of its own. */
export interface ControlledBackend {
  readonly name: Node;
  readonly namespace: string | undefined;
  /** The mapping that names it. */
  readonly node: Node;
}

export const controlledBackendsOf = memo((router: Resource): readonly ControlledBackend[] => {
  if (!router.is(...controlledKinds)) return [];
  return controlledPlaces[router.kind].flatMap(({ path, name: field }) =>
    nodesAt(router.at('spec'), path).flatMap(node => {
      const name = node.at(field);
      if (!name.exists || (node.at('kind').string ?? 'Service') !== 'Service') return [];
      return [{ name, namespace: node.at('namespace').string, node }];
    }),
  );
});

function nodesAt(node: Node, [step, ...rest]: readonly string[]): readonly Node[] {
  if (step === undefined) return node.exists ? [node] : [];
  return (step === '*' ? node.items() : [node.at(step)]).flatMap(child => nodesAt(child, rest));
}
