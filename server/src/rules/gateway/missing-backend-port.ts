import { backendRefsOf, isMirror, isService, type Reference, routeKinds } from '../../kube/services/gateway';
import { type ServicePort, servicePortsOf } from '../../kube/services/service';
import { placed } from '../../kube/view';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

export default defineRule({
  id: 'gateway/missing-backend-port',
  title: 'Ports of route backends are ports of their Service',
  severity: 'error',
  per: 'scope',
  kinds: [...routeKinds, 'Service'],
  subjects: routeKinds,
  about: 'absence',
  references: ['https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference'],

  check(cluster, report) {
    const services = placed(cluster, 'Service');
    for (const route of cluster.judged(...routeKinds)) {
      const home = cluster.namespaceOf(route).name;
      for (const reference of backendRefsOf(route).filter(isService)) {
        const { name, namespace, port } = reference;
        const found = services.get(`${namespace ?? home}/${name.text ?? ''}`) ?? [];
        const ports = found.flatMap(servicePortsOf);
        const shown = `Service '${name.text ?? ''}'`;
        if (!port.exists && name.exists) {
          report(
            name,
            {
              what: `Backend ${shown} has no port`,
              why: `A reference to a Service needs a port: the API server rejects the ${route.kindName}.`,
              how: ports.length > 0 ? `Add a port of the Service: ${listOf(ports)}.` : 'Add a port of the Service.',
            },
            { alone: true, fixes: fixesFor(reference, ports) },
          );
        } else if (
          port.number !== undefined &&
          ports.length > 0 &&
          !ports.some(({ number }) => number === port.number)
        ) {
          const isTarget = ports.some(({ target }) => target === port.number);
          const confused = isTarget ? `${port.number} is a port of its pods. ` : '';
          const effect = isMirror(reference)
            ? 'Requests mirrored to this backend are lost.'
            : 'Requests for this backend are answered with an error.';
          report(
            port,
            {
              what: `${shown} has no port ${port.number}`,
              why: `${confused}${effect}`,
              how: `Use a port of the Service: ${listOf(ports)}.`,
            },
            {
              related: found.map(service => ({ at: service.at('spec', 'ports'), message: `The ports of ${shown}` })),
              fixes: fixesFor(reference, ports),
            },
          );
        }
      }
    }
  },
});

/** One for each port of the Service; the one that leads to the written number is what was meant. */
function fixesFor({ port }: Reference, ports: readonly ServicePort[]): Fix[] {
  const numbers = [...new Set(ports.map(({ number }) => number))];
  const behind = ports.find(({ target }) => target === port.number)?.number;
  const likely = behind ?? (numbers.length === 1 ? numbers[0] : undefined);
  const sorted = likely === undefined ? numbers : [likely, ...numbers.filter(number => number !== likely)];
  return sorted.slice(0, 5).map(number => set(`Use port ${number}`, port, number));
}

function listOf(ports: readonly ServicePort[]): string {
  const shown = ports.map(({ name, number }) => (name ? `${number} ('${name}')` : `${number}`));
  return [...new Set(shown)].slice(0, 8).join(', ');
}
