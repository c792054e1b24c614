import { backendRefsOf, isMirror, isService, type Reference, routeKinds } from '../../kube/services/gateway';
import { type ServicePort, servicePortsOf } from '../../kube/services/service';
import { placed } from '../../kube/view';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

export default defineRule({
  id: 'gateway/missing-backend-port',
  title: 'The port of a backend of a route is a port of its Service',
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
            `The port of ${shown} is missing, and a reference to a Service needs one: the API server rejects the ${route.kindName}.`,
            { alone: true, fixes: fixesFor(reference, ports) },
          );
        } else if (
          port.number !== undefined &&
          ports.length > 0 &&
          !ports.some(({ number }) => number === port.number)
        ) {
          const isTarget = ports.some(({ target }) => target === port.number);
          const why = isTarget ? ` (${port.number} is the port of its pods)` : '';
          const effect = isMirror(reference)
            ? 'copies for it go nowhere'
            : 'requests for it are answered with an error';
          report(port, `${shown} has no port ${port.number}${why}: ${effect}. It has ${listOf(ports)}.`, {
            related: found.map(service => ({ at: service.at('spec', 'ports'), message: `The ports of ${shown}` })),
            fixes: fixesFor(reference, ports),
          });
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
