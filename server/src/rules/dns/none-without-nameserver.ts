import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'dns/none-without-nameserver',
  title: "Pods with dnsPolicy 'None' have a nameserver",
  severity: 'error',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config'],

  check(workload, report) {
    const spec = podSpecOf(workload);
    const policy = spec.at('dnsPolicy');
    if (policy.string !== 'None' || !spec.at('dnsConfig', 'nameservers').isEmpty) return;
    report(
      policy,
      {
        what: `'${nameOf(workload)}' has dnsPolicy 'None' and no nameserver`,
        why: "With 'None' only dnsConfig says which servers to ask, so the API server rejects the pods.",
        how: 'Add a server to dnsConfig.nameservers, or use another dnsPolicy.',
      },
      { fixes: [set("Use ClusterFirst, the cluster's own DNS", policy, 'ClusterFirst')] },
    );
  },
});
