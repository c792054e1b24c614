import { containerPortsOf, type Workload } from '../../kube/pods/workload';
import { nameOf, titleOf } from '../../kube/resource';
import { endpointsOf, isPodMonitor, monitorKinds } from '../../kube/services/monitor';
import { servicePortsOf } from '../../kube/services/service';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { podPortsOf } from '../../network/calls/services';
import { networkKinds } from '../../network/network-kinds';
import { networkOf } from '../../network/policies/network';
import type { Rule } from '../../network/policies/policy';
import { type Monitored, type MonitoringKind, monitoredIn, monitoringKinds } from '../../network/references/monitored';
import { Connections } from '../../network/sets/connections';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/blocked-metrics',
  title: 'Policies let Prometheus read the metrics that a monitor asks for',
  severity: 'info',
  per: 'scope',
  kinds: [...monitoringKinds, ...networkKinds, 'Prometheus.monitoring.coreos.com'],
  subjects: monitorKinds,
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],

  check(cluster, report) {
    if (cluster.of('NetworkPolicy').length === 0) return;
    const all = monitoredIn(cluster).filter(({ workloads }) => workloads.length > 0);
    if (all.length === 0) return;
    const network = networkOf(cluster);
    const homes = new Set(cluster.of('Prometheus.monitoring.coreos.com').map(one => cluster.namespaceOf(one).name));
    for (const monitored of all) {
      for (const endpoint of endpointsOf(monitored.monitor)) {
        for (const workload of monitored.workloads) {
          const pod = network.podOf(workload, cluster.namespaceOf(workload).name);
          const wanted = numbersOf(endpoint, workload, monitored);
          const [number] = wanted;
          if (pod === undefined || number === undefined || pod.isHostNetwork) continue;
          const metrics = Connections.onPort('TCP', number);
          const policies = network.policiesSelecting(pod, 'ingress');
          const [policy] = policies;
          // Prometheus is a pod that no manifest has, so any rule for the port may be the one that is for it.
          const isOpen = policies.some(({ rules }) => rules.some(rule => covers(rule, metrics, number, workload)));
          if (policy === undefined || isOpen || !network.possibleFromAnybody(pod).intersect(metrics).isEmpty) continue;
          report(
            endpoint.at('port').exists ? endpoint.at('port') : monitored.monitor.name,
            `${titleOf(monitored.monitor)} reads port ${number} of '${nameOf(workload)}', and the policies of its namespace let nobody connect there: the metrics stay empty.`,
            {
              related: [{ at: policy.placed.policy.resource.name, message: 'A policy that isolates these pods' }],
              fixes: homes.size === 1 ? [allow(workload, number, [...homes][0] ?? '')] : [],
            },
          );
          break;
        }
      }
    }
  },
});

/** Whether a rule is for the port, whoever it lets in. */
function covers({ ports }: Rule, metrics: Connections, number: number, workload: Workload): boolean {
  const isNamed = ({ name }: { readonly name: string }) =>
    containerPortsOf(workload).some(port => port.name === name && port.number === number);
  return !ports.numbered.intersect(metrics).isEmpty || ports.named.some(isNamed);
}

/** The numbers on the pods of a workload that an endpoint leads to. */
function numbersOf(
  endpoint: Node,
  workload: Workload,
  { monitor, services }: Monitored<MonitoringKind>,
): readonly number[] {
  const name = endpoint.at('port').text;
  if (name !== undefined && !isPodMonitor(monitor)) {
    const ports = services.flatMap(servicePortsOf).filter(port => port.name === name);
    return ports.flatMap(port => podPortsOf(port, workload));
  }
  const target = name ?? endpoint.at('targetPort').text ?? endpoint.at('portNumber').text ?? '';
  if (/^\d{1,5}$/.test(target)) return [Number(target)];
  return containerPortsOf(workload).flatMap(port => (port.name === target ? [port.number] : []));
}

/** Lets in the namespace in which Prometheus runs, to that port of these pods. */
function allow(workload: Workload, port: number, namespace: string): Fix {
  const selector =
    workload.kind === 'Pod' ? workload.at('metadata', 'labels') : workload.at('spec', 'selector', 'matchLabels');
  const manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: `${workload.name.text ?? 'pods'}-metrics`,
      ...(workload.writtenNamespace === undefined ? {} : { namespace: workload.writtenNamespace }),
    },
    spec: {
      podSelector: { matchLabels: selector.value ?? {} },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
          ports: [{ protocol: 'TCP', port }],
        },
      ],
    },
  };
  return fix(`Let namespace '${namespace}' read port ${port} of '${nameOf(workload)}'`, edits =>
    edits.append(workload.node, manifest),
  );
}
