import { containerPortsOf, runsToCompletion, type Workload, workloadKinds } from '../../kube/pods/workload';
import { nameOf, type Resource } from '../../kube/resource';
import { containersBehind, declaringContainers, livenessHandlerOf } from '../../kube/services/probe';
import { isHeadless, type Service, type ServicePort, servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'service/missing-readiness-probe',
  title: 'A container behind a Service says when it is ready',
  severity: 'warning',
  per: 'namespace',
  kinds: serviceKinds,
  references: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    const judged = new Set<Resource>(namespace.judged(...workloadKinds));
    const seen = new Set<Node>();
    for (const service of services.all) {
      if (service.at('spec', 'publishNotReadyAddresses').boolean === true || isForScraping(service)) continue;
      const workloads = workloadsBehind(services, service);
      for (const workload of workloads) {
        if (!judged.has(workload) || runsToCompletion(workload)) continue;
        for (const { port, container } of servedBy(service, workload, workloads)) {
          if (seen.has(container) || !container.at('readinessProbe').isEmpty) continue;
          seen.add(container);
          report(
            container.at('name'),
            `Service '${nameOf(service)}' sends connections to container '${container.at('name').text ?? ''}' as soon as it has started, before it can answer, because it has no readinessProbe. Each rollout and restart loses requests that way.`,
            {
              related: [
                {
                  at: port.node.at('port'),
                  message: `Port ${port.number} of Service '${nameOf(service)}' leads here`,
                },
              ],
              fixes: probeFixes(container, port, workload),
            },
          );
        }
      }
    }
  },
});

/** A headless Service with ports for metrics alone is for Prometheus to find pods by, and no client waits for it. */
function isForScraping(service: Service): boolean {
  const ports = servicePortsOf(service);
  return isHeadless(service) && ports.every(({ name }) => /metrics|prometheus/.test(name ?? ''));
}

function servedBy(
  service: Service,
  workload: Workload,
  workloads: readonly Workload[],
): { port: ServicePort; container: Node }[] {
  return servicePortsOf(service)
    .filter(port => isMeant(port, workload, workloads))
    .flatMap(port => containersBehind(port, workload).map(container => ({ port, container })));
}

/** Of variants that have the labels of a Service it means those that list its port, unless none of them does. */
function isMeant(port: ServicePort, workload: Workload, workloads: readonly Workload[]): boolean {
  const lists = (one: Workload) => declaringContainers(port, one).length > 0;
  return lists(workload) || containerPortsOf(workload).length === 0 || !workloads.some(lists);
}

/** What asks whether the container lives, for readiness too; else whether the port is open, which tells the least. */
function probeFixes(container: Node, port: ServicePort, workload: Workload): Fix[] {
  const probe = container.at('readinessProbe');
  const liveness = livenessHandlerOf(container);
  const fixes: Fix[] = [];
  if (liveness) {
    const value = { [liveness.name]: liveness.value };
    fixes.push(set('Add a readinessProbe that asks what the livenessProbe asks', probe, value));
  }
  if (port.protocol !== 'TCP') return fixes;
  const declared = containerPortsOf(workload).find(one => one.container === container && one.number === port.target);
  const target = declared?.name ?? port.target;
  fixes.push(
    set(
      `Add a readinessProbe that waits for port ${typeof target === 'string' ? `'${target}'` : target} to open`,
      probe,
      { tcpSocket: { port: target } },
    ),
  );
  return fixes;
}
