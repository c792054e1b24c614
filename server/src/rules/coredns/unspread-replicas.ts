import { clusterDnsDeploymentKinds, clusterDnsDeployments, isSpread } from '../../kube/dns/coredns-deployment';
import { labelsOf } from '../../kube/labels';
import { podSpecOf, type Workload } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

export default defineRule({
  id: 'coredns/unspread-replicas',
  title: 'The replicas of the cluster DNS are spread over nodes',
  severity: 'hint',
  per: 'namespace',
  kinds: clusterDnsDeploymentKinds,
  references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],

  check(namespace, report) {
    for (const deployment of clusterDnsDeployments(namespace)) {
      const replicas = deployment.at('spec', 'replicas').number;
      if (replicas === undefined || replicas < 2 || isSpread(deployment)) continue;
      report(
        deployment.name,
        {
          what: `Replicas of cluster DNS '${nameOf(deployment)}' may share one node`,
          why: `Nothing keeps its ${replicas} pods on different nodes, so one failing node can take down all of DNS.`,
          how: 'Add a preferred podAntiAffinity or topologySpreadConstraints on the hostname.',
        },
        { fixes: apart(deployment) },
      );
    }
  },
});

/** As kubeadm has it. */
function apart(deployment: Workload): readonly Fix[] {
  const labels = [...labelsOf(deployment.at('spec', 'selector', 'matchLabels'))];
  if (labels.length === 0) return [];
  const terms = podSpecOf(deployment).at(
    'affinity',
    'podAntiAffinity',
    'preferredDuringSchedulingIgnoredDuringExecution',
  );
  const term = {
    weight: 100,
    podAffinityTerm: {
      labelSelector: { matchLabels: Object.fromEntries(labels) },
      topologyKey: 'kubernetes.io/hostname',
    },
  };
  const title = 'Prefer different nodes, as kubeadm does';
  return [set(title, terms, [term])];
}
