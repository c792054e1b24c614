import { containerPortsOf, type Workload } from '../../kube/pods/workload';
import { nameOf, titleOf } from '../../kube/resource';
import { endpointsOf, monitorKinds } from '../../kube/services/monitor';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { networkKinds } from '../../network/network-kinds';
import { networkOf } from '../../network/policies/network';
import type { Rule } from '../../network/policies/policy';
import { metricsPortsOf, monitoredIn, monitoringKinds } from '../../network/references/monitored';
import { Connections } from '../../network/sets/connections';

export default defineRule({
  id: 'monitoring/blocked-metrics',
  title: 'NetworkPolicies let Prometheus reach the metrics ports of monitors',
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
          const wanted = metricsPortsOf(endpoint, workload, monitored);
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
            {
              what: `Metrics port ${number} of '${nameOf(workload)}' is blocked by NetworkPolicies`,
              why: `${titleOf(monitored.monitor)} scrapes this port, and the policies of the namespace let nobody connect to it: the target stays down.`,
              how: `Allow ingress to port ${number} from the pods of Prometheus.`,
            },
            {
              related: [{ at: policy.placed.policy.resource.name, message: 'Policy that isolates these pods' }],
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
