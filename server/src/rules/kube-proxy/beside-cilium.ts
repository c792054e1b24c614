import { ciliumReplacementKinds, ciliumReplacementsIn, replacesKubeProxy } from '../../kube/nodes/cni-cilium';
import { proxyFlagsIn } from '../../kube/nodes/flags';
import { podSpecOf } from '../../kube/pods/workload';
import { nameOf, type Resource } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'kube-proxy/beside-cilium',
  title: 'kube-proxy does not run where Cilium replaces it',
  severity: 'info',
  per: 'scope',
  kinds: [...ciliumReplacementKinds, 'DaemonSet'],
  references: ['https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/'],

  check(cluster, report) {
    const replacement = cluster
      .of(...ciliumReplacementKinds)
      .flatMap(ciliumReplacementsIn)
      .find(replacesKubeProxy);
    if (replacement === undefined) return;
    for (const workload of cluster.of('DaemonSet')) {
      if (proxyFlagsIn(workload).length === 0 || isKeptFromNodes(workload)) continue;
      report(
        workload.name,
        {
          what: `DaemonSet '${nameOf(workload)}' runs kube-proxy, which Cilium replaces`,
          why: "Both translate the addresses of Services, and neither knows the other's connections.",
          how: 'Remove kube-proxy, or set kubeProxyReplacement to false.',
        },
        { related: [{ at: replacement.node, message: 'Cilium replaces kube-proxy here' }] },
      );
    }
  },
});

/** A DaemonSet that is switched off, or kept to some nodes, by labels that it asks of them. */
function isKeptFromNodes(workload: Resource): boolean {
  const keys = podSpecOf(workload).at('nodeSelector').entries();
  return keys.some(({ key }) => !/^(?:beta\.)?kubernetes\.io\/(?:os|arch)$/.test(String(key)));
}
