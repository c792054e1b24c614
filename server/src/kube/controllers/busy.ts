import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { meshHostOf } from '../pods/mesh';
import type { Resource } from '../resource';
import {
  backendRefsOf,
  isService,
  parentRefsOf,
  type Reference,
  type Route,
  routeKinds,
  targetRefsOf,
} from '../services/gateway';
import type { Cluster } from '../view';
import { isConsoleRoute } from './audience';
import { type Behind, behindKinds } from './services-behind';

export const busyKinds = [...behindKinds, ...routeKinds] as const satisfies readonly Kind[];

type View = Cluster<(typeof busyKinds)[number]>;
type Service = Resource<'Service'>;

/** Whether a field that says how requests are spread is about several pods, and more people than run the cluster. */
export function isBusyAt(resource: Resource, field: Node, behind: Behind, view: View): boolean {
  if (resource.is('Ingress')) return behind.isBusy(resource);
  if (isConsoleRoute(resource)) return false;
  return servicesAt(resource, field, behind, view).some(service => behind.hasCrowd(service));
}

function servicesAt(resource: Resource, field: Node, behind: Behind, view: View): readonly Service[] {
  switch (resource.kind) {
    case 'Service':
      return behind.find(resource.name.text, resource);
    case 'IngressRoute.traefik.io':
    case 'TraefikService.traefik.io':
      return field.parent ? behind.serviceIn(field.parent, resource) : [];
    case 'VirtualServer.k8s.nginx.org':
    case 'VirtualServerRoute.k8s.nginx.org':
      return behind.find(field.parent?.at('service').text, resource);
    case 'HTTPProxy.projectcontour.io': {
      const services = field.parent?.parent?.at('services').items() ?? [];
      return services.flatMap(service => behind.find(service.at('name').text, resource));
    }
    case 'DestinationRule.networking.istio.io': {
      const host = meshHostOf(resource.at('spec', 'host').text ?? '');
      return behind.find(host?.service, resource, host?.namespace);
    }
    case 'KongUpstreamPolicy.configuration.konghq.com':
      return view
        .namespaceOf(resource)
        .of('Service')
        .filter(service => service.annotation('konghq.com/upstream-policy').text === resource.name.text);
    default:
      return targetRefsOf(resource).flatMap(target => ofTarget(target, resource, behind, view));
  }
}

/** A policy is about a Service, or about those of a route, or of all routes of a Gateway. */
function ofTarget({ kind, name }: Reference, policy: Resource, behind: Behind, view: View): readonly Service[] {
  if (kind === 'Service') return behind.find(name.text, policy);
  const homeOf = (resource: Resource) => view.namespaceOf(resource).name;
  const home = homeOf(policy);
  const isMeant = (route: Route) =>
    kind === 'Gateway'
      ? parentRefsOf(route).some(ref => ref.name.text === name.text && (ref.namespace ?? homeOf(route)) === home)
      : route.kind === kind && route.name.text === name.text && homeOf(route) === home;
  const routes = view.of(...routeKinds).filter(isMeant);
  return routes.flatMap(route =>
    backendRefsOf(route)
      .filter(isService)
      .flatMap(backend => behind.find(backend.name.text, route, backend.namespace)),
  );
}
