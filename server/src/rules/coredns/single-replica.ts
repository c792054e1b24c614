import { clusterDnsDeploymentKinds, clusterDnsDeployments, scales } from '../../kube/dns/coredns-deployment';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'coredns/single-replica',
  title: 'The cluster DNS has more than one replica',
  severity: 'hint',
  per: 'namespace',
  kinds: [...clusterDnsDeploymentKinds, 'HorizontalPodAutoscaler'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-horizontal-autoscaling/'],

  check(namespace, report) {
    for (const deployment of clusterDnsDeployments(namespace)) {
      const replicas = deployment.at('spec', 'replicas');
      if (replicas.exists && replicas.number !== 1) continue;
      const scalers = namespace.of('HorizontalPodAutoscaler', 'Deployment');
      if (scalers.some(scaler => scales(scaler, deployment))) continue;
      report(
        replicas.exists ? replicas : deployment.name,
        {
          what: `Cluster DNS '${nameOf(deployment)}' runs a single replica`,
          why: `${replicas.exists ? 'While' : "Without 'replicas' it is one pod: while"} that pod is restarted or moved, no name resolves in the whole cluster.`,
          how: 'Run 2 replicas or more.',
        },
        {
          // Who leaves the number out may leave it to an autoscaler that is not among these files.
          on: replicas.exists ? [] : [deployment],
          fixes: [set('Run 2 replicas', replicas, 2)],
        },
      );
    }
  },
});
