import {
  containerPortsOf,
  runsToCompletion,
  servingContainersOf,
  type Workload,
  workloadKinds,
} from '../../kube/pods/workload';
import { nameOf, type Resource } from '../../kube/resource';
import { containersBehind, declaringContainers, mentionsPort, questionOf } from '../../kube/services/probe';
import { isGrpc, type Service, type ServicePort, servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule, type Fix, type Target } from '../../lint/rule';
import { callKinds, isCalled } from '../../network/calls/calls';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';
import type { Node } from '../../yaml/node';
import { routedServices, routerKinds } from './shared/routed';
import { isForScraping } from './shared/scraped';

export default defineRule({
  id: 'service/missing-readiness-probe',
  title: 'Containers behind a Service have a readinessProbe',
  severity: 'warning',
  per: 'namespace',
  habit: true,
  kinds: [...serviceKinds, ...callKinds, ...routerKinds],
  references: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe'],

  check(namespace, report, target) {
    const services = servicesOf(namespace);
    const judged = new Set<Resource>(namespace.judged(...workloadKinds));
    const seen = new Set<Node>();
    const routed = routedServices(namespace.cluster);
    const isUsed = (service: Service) =>
      routed.has(`${namespace.name}/${service.name.text}`) || isCalled(service, namespace.cluster);
    // Of several Services that lead to a container, one with users tells best what is lost.
    const used = new Set(services.all.filter(isUsed));
    for (const service of [...used, ...services.all.filter(one => !used.has(one))]) {
      if (service.at('spec', 'publishNotReadyAddresses').boolean === true) continue;
      const workloads = workloadsBehind(services, service);
      for (const workload of workloads) {
        if (!judged.has(workload) || runsToCompletion(workload)) continue;
        for (const { port, container } of servedBy(service, workload, workloads)) {
          if (seen.has(container) || !container.at('readinessProbe').isEmpty || isSidecar(container, workload))
            continue;
          seen.add(container);
          report(
            container.at('name'),
            {
              what: `Container '${container.at('name').text ?? ''}' has no readinessProbe`,
              why: `Service '${nameOf(service)}' sends it connections as soon as it starts, before it can answer: each rollout and restart loses requests.`,
              how: 'Add a readinessProbe that succeeds once the container can answer.',
            },
            {
              severity: used.has(service) ? 'warning' : 'info',
              related: [
                {
                  at: port.node.at('port'),
                  message: `Port ${port.number} of Service '${nameOf(service)}' leads here`,
                },
              ],
              fixes: probeFixes(container, port, workload, target),
            },
          );
        }
      }
    }
  },
});

function servedBy(
  service: Service,
  workload: Workload,
  workloads: readonly Workload[],
): { port: ServicePort; container: Node }[] {
  return servicePortsOf(service)
    .filter(port => !isForScraping(service, port) && isMeant(port, workload, workloads))
    .flatMap(port => containersBehind(port, workload).map(container => ({ port, container })));
}

/**
 * Of variants that have the labels of a Service it means those that know its port: they list it, or mention it in
 * arguments or probes. Pods that list no port at all are meant only where nobody else knows it.
 */
function isMeant(port: ServicePort, workload: Workload, workloads: readonly Workload[]): boolean {
  const { target } = port;
  const knows = (one: Workload) =>
    declaringContainers(port, one).length > 0 || (typeof target === 'number' && mentionsPort(one, target));
  return knows(workload) || (containerPortsOf(workload).length === 0 && !workloads.some(knows));
}

/**
 * Proxies that stand beside the container which answers, and are ready when it is.
 *
 * @own the images that are put beside others, by their names
 */
const sidecars =
  /(?:^|[ /-])(?:kube-rbac-proxy|oauth2?-proxy|prom-label-proxy|istio-proxy|linkerd-proxy|cloud-sql-proxy)/;

function isSidecar(container: Node, workload: Workload): boolean {
  const isBeside = servingContainersOf(workload).length > 1;
  return isBeside && sidecars.test(`${container.at('name').text ?? ''} ${container.at('image').text ?? ''}`);
}

/** What asks whether the container lives, or has started, for readiness too; else whether the port is open. */
function probeFixes(container: Node, port: ServicePort, workload: Workload, { kubernetes }: Target): Fix[] {
  const probe = container.at('readinessProbe');
  const add = (what: string, value: unknown) => set(`Add a readinessProbe that ${what}`, probe, value);
  const fixes = ['livenessProbe', 'startupProbe'].flatMap(name => {
    const question = questionOf(container.at(name));
    return question ? [add(`asks what the ${name} asks`, question)] : [];
  });
  if (port.protocol !== 'TCP') return fixes;
  const declared = containerPortsOf(workload).find(
    one => one.container === container && (one.number === port.target || one.name === port.target),
  );
  const target = declared?.name ?? port.target;
  const shown = typeof target === 'string' ? `'${target}'` : target;
  fixes.push(add(`waits for port ${shown} to open`, { tcpSocket: { port: target } }));
  const number = declared?.number ?? (typeof port.target === 'number' ? port.target : undefined);
  const isAsked = container.at('livenessProbe', 'grpc').exists || container.at('startupProbe', 'grpc').exists;
  // Not every server has the health service that this asks, and this probe takes no name.
  if (isGrpc(port) && number !== undefined && !isAsked && kubernetes.atLeast('1.24')) {
    fixes.push(add("asks gRPC's own health service", { grpc: { port: number } }));
  }
  return fixes;
}
