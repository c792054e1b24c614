import { isMeshed } from '../../kube/pods/mesh';
import { mostPodsOf } from '../../kube/pods/replicas';
import { type Resource, titleOf } from '../../kube/resource';
import { isGrpc, isHeadless, type ServicePort, servicePortsOf } from '../../kube/services/service';
import type { Cluster } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { callKinds, callsOf } from '../../network/calls/calls';
import { servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';
import { routedServices, routerKinds } from './shared/routed';
import { isForScraping } from './shared/scraped';

/** Policies of Google's gateways, which are set on a Service that one of them sends to. */
const policyKinds = ['GCPBackendPolicy.networking.gke.io', 'GCPTrafficDistributionPolicy.networking.gke.io'] as const;

export default defineRule({
  id: 'service/pinned-grpc',
  title: 'gRPC to several pods is balanced by the client or a mesh',
  severity: 'warning',
  per: 'scope',
  kinds: [...callKinds, ...routerKinds, ...policyKinds, 'HorizontalPodAutoscaler', 'Namespace'],
  subjects: ['Service'],
  references: [
    'https://kubernetes.io/blog/2018/11/07/grpc-load-balancing-on-kubernetes-without-tears/',
    'https://grpc.io/docs/guides/custom-load-balancing/',
  ],

  check(cluster, report) {
    for (const service of cluster.judged('Service')) {
      const ports = servicePortsOf(service);
      const port = ports.find(one => isGrpc(one) && !isForProxies(one));
      if (port === undefined) continue;
      const namespace = cluster.namespaceOf(service);
      const services = servicesOf(namespace);
      const autoscalers = namespace.of('HorizontalPodAutoscaler');
      const name = service.name.text ?? '';
      const calls = callsOf(cluster).filter(({ callee }) => callee === service);
      // Ingress controllers and gateways send to the pods themselves, and spread the calls.
      if (isRouted(service, cluster) && calls.length === 0) continue;
      // Beside a port for people and their browsers, gRPC may be for nobody here.
      const isMixed = ports.some(one => !isGrpc(one) && !isForScraping(service, one));
      if (isMixed && !calls.some(call => call.isGrpc || (call.ports.length < ports.length && call.ports.some(isGrpc))))
        continue;
      const workloads = workloadsBehind(services, service);
      const many = workloads.find(workload => mostPodsOf(workload, autoscalers) > 1);
      if (many === undefined || workloads.some(workload => isMeshed(workload, service, namespace))) continue;
      // A headless Service of the same pods is what clients that balance by themselves use.
      if (workloads.some(workload => services.servicesOf(workload).some(isHeadless))) continue;
      const shown = `${titleOf(many)}`;
      report(
        port.node.at('port'),
        {
          what: `Clients of gRPC Service '${name}' each stick to one pod`,
          why: `A gRPC client keeps one connection open, and a Service picks a pod for each connection: all its calls go to the same pod of ${shown}.`,
          how: 'Balance in the client over a headless Service, or use a mesh or a gateway.',
        },
        { related: [{ at: many.name, message: `${shown} has several pods` }], fixes: [headlessTwin(service, name)] },
      );
    }
  },
});

/**
 * What a Service says that Google's load balancers send to: they know the pods themselves, as a network endpoint group.
 *
 * @source https://cloud.google.com/kubernetes-engine/docs/how-to/standalone-neg (read 2026-11-29)
 */
const endpointGroup = 'cloud.google.com/neg';

/** Whether a proxy that knows the pods lets requests in. */
function isRouted(
  service: Resource,
  cluster: Cluster<(typeof routerKinds)[number] | (typeof policyKinds)[number]>,
): boolean {
  const home = cluster.namespaceOf(service).name;
  if (routedServices(cluster).has(`${home}/${service.name.text ?? ''}`)) return true;
  if (service.annotation(endpointGroup).exists) return true;
  return cluster
    .of(...policyKinds)
    .some(
      policy =>
        policy.at('spec', 'targetRef', 'name').text === service.name.text && cluster.namespaceOf(policy).name === home,
    );
}

/** The configuration of proxies: each has one stream open, and what serves them asks them to come anew now and then. */
const isForProxies = ({ name }: ServicePort) => /(?:^|-)xds(?:-|$)/.test(name ?? '');

function headlessTwin(service: Resource, name: string): Fix {
  const { namespace } = service;
  const twin = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${name}-headless`, ...(namespace ? { namespace } : {}) },
    spec: { clusterIP: 'None', selector: service.at('spec', 'selector').value, ports: portsOf(service) },
  };
  return fix(`Add a headless Service, for dns:///${name}-headless`, edits => edits.append(service.node, twin));
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
