import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'dns/none-without-nameserver',
  title: "A pod with the dnsPolicy 'None' names a server",
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
      "With 'None' the pod gets no DNS server but those in dnsConfig.nameservers, and there is none: the API server rejects the pods. Name at least one.",
      { fixes: [set("Use ClusterFirst, the cluster's own DNS", policy, 'ClusterFirst')] },
    );
  },
});
