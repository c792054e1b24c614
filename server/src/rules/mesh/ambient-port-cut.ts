import { hbonePort } from '../../kube/pods/mesh';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { cutRulesIn } from '../../network/answers/mesh-ambient';
import { networkKinds } from '../../network/network-kinds';

export default defineRule({
  id: 'mesh/ambient-port-cut',
  title: 'Policies in an Istio ambient mesh allow its port, TCP 15008',
  severity: 'info',
  per: 'scope',
  kinds: networkKinds,
  subjects: ['NetworkPolicy'],
  references: ['https://istio.io/latest/docs/ambient/usage/networkpolicy/'],

  check(cluster, report) {
    for (const { policy, direction, ports, subject, other } of cutRulesIn(cluster)) {
      const [from, to] = direction === 'ingress' ? [other, subject] : [subject, other];
      const field = ports.at(ports.items().length);
      report(
        ports,
        {
          what: `NetworkPolicy '${nameOf(policy)}' blocks ambient mesh traffic on TCP ${hbonePort}`,
          why: `In an ambient mesh '${nameOf(from.workload)}' reaches '${nameOf(to.workload)}' on TCP ${hbonePort}, whatever port it asks for. The rule allows other ports only, so the connections are cut.`,
          how: `Allow TCP ${hbonePort} in this rule, beside the ports of the application.`,
        },
        { fixes: [set(`Allow TCP ${hbonePort} too`, field, { protocol: 'TCP', port: hbonePort })] },
      );
    }
  },
});
