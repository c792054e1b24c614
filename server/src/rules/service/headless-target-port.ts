import { isHeadless, type ServicePort, servicePortsOf } from '../../kube/services/service';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { isCalled } from '../../network/calls/calls';
import { podPortsOf, servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';
import { type Move, portUserKinds, usersOfPort } from './shared/port-users';
import { routedServices, routerKinds } from './shared/routed';

export default defineRule({
  id: 'service/headless-target-port',
  title: 'Ports of a headless Service are those of its pods',
  severity: 'warning',
  per: 'namespace',
  kinds: [...portUserKinds, ...routerKinds],
  subjects: ['Service'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    const routed = routedServices(namespace.cluster);
    for (const service of services.all.filter(isHeadless)) {
      // Proxies that let requests in look up the ports of the pods, and where only they are in sight all is well.
      if (routed.has(`${namespace.name}/${service.name.text}`) && !isCalled(service, namespace.cluster)) continue;
      const ports = servicePortsOf(service);
      for (const port of ports) {
        const reached =
          typeof port.target === 'number'
            ? [port.target]
            : workloadsBehind(services, service).flatMap(workload => podPortsOf(port, workload));
        const [target, ...others] = new Set(reached);
        if (target === undefined || others.length > 0 || target === port.number) continue;
        const name = service.name.text ?? '';
        const isTaken = ports.some(({ number, protocol }) => number === target && protocol === port.protocol);
        report(
          port.node.at('targetPort'),
          {
            what: `Headless Service '${name}' does not translate port ${port.number} to ${target}`,
            why: `Its DNS name leads to the pods themselves: a connection to '${name}:${port.number}' reaches port ${port.number} of a pod, not ${target}.`,
            how: `Use port ${target} in the Service and in its clients.`,
          },
          { fixes: isTaken ? [] : fixesFor(port, target, usersOfPort(service, port.number, namespace)) },
        );
      }
    }
  },
});

/** The port of the pods, for all who name the one that is written; where they can't all be followed, there is no fix. */
function fixesFor({ node }: ServicePort, target: number, users: readonly Move[] | undefined): Fix[] {
  if (users === undefined) return [];
  const where = users.length > 0 ? ' here and where it is named' : ', that of the pods';
  return [
    fix(`Use port ${target}${where}`, edits => {
      edits.set(node.at('port'), target).remove(node.at('targetPort'));
      for (const move of users) move(edits, target);
    }),
  ];
}
