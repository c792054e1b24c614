import { isHeadless, servicePortsOf } from '../../kube/services/service';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { podPortsOf, serviceKinds, servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';

export default defineRule({
  id: 'service/headless-target-port',
  title: 'The ports of a headless Service are those of its pods',
  severity: 'warning',
  per: 'namespace',
  kinds: serviceKinds,
  subjects: ['Service'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    for (const service of services.all.filter(isHeadless)) {
      for (const port of servicePortsOf(service)) {
        const reached =
          typeof port.target === 'number'
            ? [port.target]
            : workloadsBehind(services, service).flatMap(workload => podPortsOf(port, workload));
        const [target, ...others] = new Set(reached);
        if (target === undefined || others.length > 0 || target === port.number) continue;
        const name = service.name.text ?? '';
        const useTarget: Fix = fix(`Use port ${target}, that of the pods`, edits =>
          edits.set(port.node.at('port'), target).remove(port.node.at('targetPort')),
        );
        report(
          port.node.at('targetPort'),
          `A headless Service gives out the addresses of its pods and translates no ports: who connects to '${name}:${port.number}' reaches port ${port.number} of a pod, not ${target}.`,
          { fixes: [useTarget] },
        );
      }
    }
  },
});
