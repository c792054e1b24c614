import { isMeshed } from '../../kube/pods/mesh';
import { mostPodsOf } from '../../kube/pods/replicas';
import { type Resource, titleOf } from '../../kube/resource';
import { ingressBackendsOf } from '../../kube/services/backend';
import { backendRefsOf, isService, parentRefsOf, routeKinds } from '../../kube/services/gateway';
import { isGrpc, isHeadless, servicePortsOf } from '../../kube/services/service';
import type { Cluster } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { callKinds, isCalled } from '../../network/calls/calls';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';
import { memo } from '../../text/maps';

export default defineRule({
  id: 'service/pinned-grpc',
  title: 'gRPC to several pods is balanced by the client or a mesh, not by a ClusterIP',
  severity: 'warning',
  per: 'scope',
  kinds: [...serviceKinds, ...callKinds, ...routeKinds, 'Ingress', 'HorizontalPodAutoscaler', 'Namespace'],
  subjects: ['Service'],
  references: [
    'https://kubernetes.io/blog/2018/11/07/grpc-load-balancing-on-kubernetes-without-tears/',
    'https://grpc.io/docs/guides/custom-load-balancing/',
  ],

  check(cluster, report) {
    for (const service of cluster.judged('Service')) {
      const port = servicePortsOf(service).find(isGrpc);
      if (port === undefined) continue;
      const namespace = cluster.namespaceOf(service);
      const services = servicesOf(namespace);
      const autoscalers = namespace.of('HorizontalPodAutoscaler');
      const name = service.name.text ?? '';
      // Ingress controllers and gateways send to the pods themselves, and spread the calls.
      if (routedServices(cluster).has(`${namespace.name}/${name}`) && !isCalled(service, cluster)) continue;
      const workloads = workloadsBehind(services, service);
      const many = workloads.find(workload => mostPodsOf(workload, autoscalers) > 1);
      if (many === undefined || workloads.some(workload => isMeshed(workload, service, namespace))) continue;
      // A headless Service of the same pods is what clients that balance by themselves use.
      if (workloads.some(workload => services.servicesOf(workload).some(isHeadless))) continue;
      const shown = `${titleOf(many)}`;
      report(
        port.node.at('port'),
        `gRPC keeps one connection open, and the address of Service '${name}' picks a pod once for each connection: a client in the cluster sends all its calls to one pod of ${shown}. Balance in the client over a headless Service, or by a mesh or gateway.`,
        { related: [{ at: many.name, message: `${shown} has several pods` }], fixes: [headlessTwin(service, name)] },
      );
    }
  },
});

type View = Cluster<(typeof routeKinds)[number] | 'Ingress' | 'Service'>;

/** Services that Ingresses and Gateways send to, as `namespace/name`. */
const routedServices = memo(
  (cluster: View): ReadonlySet<string> => {
    const ingresses = cluster.of('Ingress').flatMap(ingress => {
      const home = cluster.namespaceOf(ingress).name;
      return ingressBackendsOf(ingress).map(({ service }) => `${home}/${service.text}`);
    });
    const routes = cluster.of(...routeKinds).flatMap(route => {
      const home = cluster.namespaceOf(route).name;
      if (parentRefsOf(route).some(isService)) return [];
      return backendRefsOf(route)
        .filter(isService)
        .map(({ name, namespace }) => `${namespace ?? home}/${name.text}`);
    });
    return new Set([...ingresses, ...routes]);
  },
  cluster => cluster.of('Ingress', ...routeKinds),
);

function headlessTwin(service: Resource, name: string): Fix {
  const { namespace } = service;
  const twin = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${name}-headless`, ...(namespace ? { namespace } : {}) },
    spec: { clusterIP: 'None', selector: service.at('spec', 'selector').value, ports: portsOf(service) },
  };
  return fix(`Add a headless Service for clients that balance by themselves (dns:///${name}-headless)`, edits =>
    edits.append(service.node, twin),
  );
}

/** Ports as the pods have them, for a headless Service translates none. */
function portsOf(service: Resource): unknown[] {
  return servicePortsOf(service).map(({ name, appProtocol, target, number, protocol }) => ({
    ...(name ? { name } : {}),
    ...(appProtocol ? { appProtocol } : {}),
    ...(protocol === 'TCP' ? {} : { protocol }),
    port: typeof target === 'number' ? target : number,
    ...(typeof target === 'string' ? { targetPort: target } : {}),
  }));
}
