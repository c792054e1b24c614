import { hbonePort } from '../../kube/pods/mesh';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { cutRulesIn } from '../../network/answers/mesh-ambient';
import { networkKinds } from '../../network/network-kinds';

export default defineRule({
  id: 'mesh/ambient-port-cut',
  title: 'Policies let the pods of an ambient mesh reach each other on its port',
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
        `In an ambient mesh '${nameOf(from.workload)}' reaches '${nameOf(to.workload)}' on TCP ${hbonePort}, whatever port it asks for, and policy '${nameOf(policy)}' allows other ports only: the connections are cut.`,
        { fixes: [set(`Allow TCP ${hbonePort} too`, field, { protocol: 'TCP', port: hbonePort })] },
      );
    }
  },
});
