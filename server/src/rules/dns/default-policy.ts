import { makesTheNetwork } from '../../kube/dns/resolver';
import { containerPortsOf, isHostNetwork, podSpecOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { callKinds } from '../../network/calls/calls';
import { clusterNamesOf, related } from './shared/names';

export default defineRule({
  id: 'dns/default-policy',
  title: "Pods that name Services do not use dnsPolicy 'Default'",
  severity: 'warning',
  per: 'scope',
  kinds: callKinds,
  references: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy'],

  check(cluster, report) {
    for (const workload of cluster.judged(...workloadKinds)) {
      const policy = podSpecOf(workload).at('dnsPolicy');
      if (policy.string !== 'Default' || makesTheNetwork(workload) || servesDns(workload)) continue;
      const names = clusterNamesOf(workload, cluster);
      if (names.length === 0) continue;
      const right = isHostNetwork(workload) ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
      report(
        policy,
        {
          what: `'${nameOf(workload)}' can't resolve Service names with dnsPolicy 'Default'`,
          why: "'Default' is the resolver of the node, not the default of Kubernetes. The Service names in the pod's configuration are not found.",
          how: `Use '${right}'.`,
        },
        {
          related: related(names, 'Service name used here'),
          fixes: [set(`Use ${right}`, policy, right)],
        },
      );
    }
  },
});

/** A DNS server asks the resolver of the node on purpose: the cluster's own may well ask it. */
const servesDns = (workload: Workload) =>
  containerPortsOf(workload).some(({ number, name }) => number === 53 || /^dns(?:-|$)/.test(name ?? ''));
