import type { Resource } from '../../../kube/resource';
import { ingressBackendsOf } from '../../../kube/services/backend';
import { controlledBackendsOf, controlledKinds } from '../../../kube/services/controlled-backends';
import { backendRefsOf, isService, parentRefsOf, routeKinds } from '../../../kube/services/gateway';
import type { Cluster } from '../../../kube/view';
import { memo } from '../../../text/maps';
import type { Node } from '../../../yaml/node';

/** Kinds whose objects let requests in from outside, through a proxy that sends them to the pods of a Service itself. */
export const routerKinds = ['Ingress', ...routeKinds, ...controlledKinds] as const;

/** The Services that requests from outside are sent to, as `namespace/name`. */
export const routedServices = memo(
  (cluster: Cluster<(typeof routerKinds)[number]>): ReadonlySet<string> => {
    const routers = cluster.of(...routerKinds);
    return new Set(
      routers.flatMap(router => {
        const home = cluster.namespaceOf(router).name;
        return targetsOf(router).map(({ namespace, name }) => `${namespace ?? home}/${name.text ?? ''}`);
      }),
    );
  },
  cluster => cluster.of(...routerKinds),
);

interface Target {
  readonly name: Node;
  readonly namespace: string | undefined;
}

function targetsOf(router: Resource): readonly Target[] {
  if (router.is('Ingress')) {
    return ingressBackendsOf(router).map(({ service }) => ({ name: service, namespace: undefined }));
  }
  // A route of a mesh, which has a Service for a parent, is for callers inside.
  if (router.is(...routeKinds))
    return parentRefsOf(router).some(isService) ? [] : backendRefsOf(router).filter(isService);
  return controlledBackendsOf(router);
}
