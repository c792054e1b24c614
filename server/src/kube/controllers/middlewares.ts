import type { Node } from '../../yaml/node';
import { helmKinds, helmValuesIn } from '../helm';
import type { Kind } from '../kinds';
import type { Resource } from '../resource';
import type { Cluster } from '../view';
import { isConsoleRoute } from './audience';
import { traefik, traefikServicesIn } from './facts/traefik';
import { type ControllerKind, controllersIn } from './in-scope';
import { Behind, behindKinds } from './services-behind';

export const middlewareKinds = [
  'Middleware.traefik.io',
  'IngressRoute.traefik.io',
  ...behindKinds,
] as const satisfies readonly Kind[];

export type MiddlewareKind = (typeof middlewareKinds)[number];

export const routerMiddlewares = 'traefik.ingress.kubernetes.io/router.middlewares';

/** What Traefik serves in a scope, none of it compressed: without logins, and what nobody waits for. */
export interface TraefikGap {
  /** A compress Middleware that nobody refers to. */
  readonly unused: Resource<'Middleware.traefik.io'> | undefined;
  readonly ingressClasses: readonly Resource[];
  readonly ingresses: readonly Resource<'Ingress'>[];
  /** Routes of IngressRoutes. */
  readonly routes: readonly { readonly resource: Resource; readonly route: Node }[];
}

/** Undefined where a router has a compress middleware, or one that can't be seen: that may be a chain with it. */
export function traefikWithoutCompression(view: Cluster<ControllerKind | MiddlewareKind>): TraefikGap | undefined {
  const controller = controllersIn(view).known.find(({ facts }) => facts === traefik);
  const behind = new Behind(view);
  const ingresses = (controller?.ingresses ?? []).filter(ingress => {
    const services = behind.servicesOf(ingress);
    return behind.isBusy(ingress) && !hasStreams(services) && !behind.asksForSecrets(ingress, services);
  });
  const routes = view.of('IngressRoute.traefik.io').flatMap(resource =>
    resource
      .at('spec', 'routes')
      .items()
      .filter(route => isCompressible(route) && isWorthIt(route, resource, behind))
      .map(route => ({ resource, route })),
  );
  if (ingresses.length + routes.length === 0 || isSetElsewhere(view)) return undefined;
  const middlewares = new Middlewares(view);
  const global = (controller?.workloads ?? []).flatMap(({ flags }) =>
    [...flags].filter(([flag]) => flag.endsWith('.http.middlewares')).flatMap(([, value]) => value.split(',')),
  );
  const references = [
    ...global,
    ...view.of('Ingress').flatMap(ingress => (ingress.annotation(routerMiddlewares).string ?? '').split(',')),
    ...view.of('Service').flatMap(service => (service.annotation(serviceMiddlewares).string ?? '').split(',')),
    ...view.of('IngressRoute.traefik.io').flatMap(resource => {
      const routed = resource.at('spec', 'routes').items();
      return [...routed, ...traefikServicesIn(resource)].flatMap(node => middlewares.namesIn(node, resource));
    }),
  ].filter(reference => reference.trim() !== '');
  if (references.some(reference => middlewares.mayCompress(reference.trim()))) return undefined;
  const unused = view.of('Middleware.traefik.io').find(middleware => middleware.at('spec', 'compress').exists);
  return { unused, ingressClasses: controller?.ingressClasses ?? [], ingresses, routes };
}

const serviceMiddlewares = 'traefik.ingress.kubernetes.io/service.middlewares';

/** Middlewares of a scope by the name that Traefik gives them: `namespace-name@kubernetescrd`. */
class Middlewares {
  readonly #byName = new Map<string, Resource>();

  constructor(readonly view: Cluster<ControllerKind | MiddlewareKind>) {
    for (const middleware of view.of('Middleware.traefik.io')) {
      this.#byName.set(this.#nameOf(middleware.name.string ?? '', view.namespaceOf(middleware).name), middleware);
    }
  }

  /** The middlewares that a route, a service or a chain names. */
  namesIn(node: Node, owner: Resource): string[] {
    const home = this.view.namespaceOf(owner).name;
    return node
      .at('middlewares')
      .items()
      .map(item => this.#nameOf(item.at('name').string ?? '', item.at('namespace').string ?? home));
  }

  mayCompress(reference: string, depth = 0): boolean {
    const middleware = this.#byName.get(reference);
    if (middleware === undefined || depth > 10) return true;
    if (middleware.at('spec', 'compress').exists) return true;
    const chained = this.namesIn(middleware.at('spec', 'chain'), middleware);
    return chained.some(other => this.mayCompress(other, depth + 1));
  }

  #nameOf(name: string, namespace: string): string {
    return name.includes('@') ? name : `${namespace}-${name}@kubernetescrd`;
  }
}

/** Middlewares of entry points can stand in the values of the chart, or in a file of static configuration. */
function isSetElsewhere(view: Cluster<ControllerKind | MiddlewareKind>): boolean {
  const releases = view
    .of(...helmKinds)
    .flatMap(resource => helmValuesIn(resource, 'traefik').map(({ values }) => ({ resource, values })));
  if (releases.some(({ resource, values }) => resource.at('spec', 'valuesFrom').exists || says(values.source)))
    return true;
  const files = view.of('ConfigMap').flatMap(configMap => configMap.at('data').entries());
  return files.some(file => /^traefik.*\.(?:ya?ml|toml)$/.test(String(file.key)) && says(file.source));
}

const says = (text: string) => text.includes('middlewares');

/** Traefik's own pages and pure redirections are no use, and streams are never compressed. */
function isCompressible(route: Node): boolean {
  const services = route.at('services').items();
  return (
    services.length > 0 &&
    services.every(service => !(service.at('name').string ?? '').includes('@') && service.at('scheme').string !== 'h2c')
  );
}

function isWorthIt(route: Node, resource: Resource, behind: Behind): boolean {
  const items = route.at('services').items();
  const services = items.flatMap(item => behind.serviceIn(item, resource));
  const isBusy = !isConsoleRoute(resource) && services.some(service => behind.hasCrowd(service));
  return isBusy && !behind.asksForSecrets(resource, services);
}

/** Whether the Services behind an Ingress speak cleartext HTTP/2, which is gRPC in practice. */
function hasStreams(services: readonly Resource[]): boolean {
  return services.some(
    service => service.annotation('traefik.ingress.kubernetes.io/service.serversscheme').string === 'h2c',
  );
}
