import { ingressBackendsOf, isMeant } from '../../kube/services/backend';
import { isExternalName, type ServicePort, servicePortsOf } from '../../kube/services/service';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { grouped } from '../../text/maps';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'ingress/missing-backend-port',
  title: 'The port of an Ingress backend exists in its Service',
  severity: 'error',
  per: 'namespace',
  kinds: ['Ingress', 'Service'],
  subjects: ['Ingress'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend'],

  check(namespace, report) {
    const services = grouped(namespace.of('Service'), service => service.name.text);
    for (const ingress of namespace.judged('Ingress')) {
      for (const { service, port } of ingressBackendsOf(ingress)) {
        const name = service.text ?? '';
        const found = services.get(name) ?? [];
        const ports = found.flatMap(servicePortsOf);
        if (port?.text === undefined || ports.length === 0 || ports.some(({ node }) => isMeant(node, port))) continue;
        // A number is dialled as it is where there are no pods (ingress-nginx's externalNamePorts, Traefik's provider).
        if (found.some(isExternalName) && /^[0-9]+$/.test(port.text)) continue;
        const behind = ports.filter(({ target }) => target === (port.number ?? port.string));
        const reason =
          behind.length > 0
            ? `An Ingress names a port of the Service, and ${shown(port)} is the targetPort of its pods.`
            : 'These requests get an error.';
        const message = {
          what: `Service '${name}' has no port ${shown(port)}`,
          why: `${reason} The Service has ${listOf(ports)}.`,
          how: ports.length === 1 ? 'Use this port.' : 'Use one of these ports.',
        };
        report(port, message, {
          related: found.map(target => ({
            at: target.at('spec', 'ports'),
            message: `Ports of Service '${name}'`,
          })),
          fixes: fixesFor(port, ports, behind),
        });
      }
    }
  },
});

/** One for each port that exists, the likeliest first: the one that leads to the pods' port, the near name, the only one. */
function fixesFor(port: Node, ports: readonly ServicePort[], behind: readonly ServicePort[]): Fix[] {
  const named = nearest(
    port.text ?? '',
    ports.flatMap(({ name }) => name ?? []),
  );
  const distinct = ports.filter(
    (one, i) => ports.findIndex(other => other.number === one.number && other.name === one.name) === i,
  );
  const likely =
    behind[0] ??
    distinct.find(({ name }) => name === named && name !== undefined) ??
    (distinct.length === 1 ? distinct[0] : undefined);
  const sorted = likely ? [likely, ...distinct] : distinct;
  const values = sorted.map(({ name, number }) => (port.key === 'name' && name !== undefined ? name : number));
  return [...new Set(values)].slice(0, 5).map((value): Fix => {
    return fix(`Use port ${typeof value === 'string' ? `'${value}'` : value}`, edits => {
      if (port.key === 'name' && typeof value === 'number') edits.rename(port, 'number');
      edits.set(port, value);
    });
  });
}

const shown = (port: Node) => (port.number === undefined ? `'${port.text}'` : String(port.number));

function listOf(ports: readonly ServicePort[]): string {
  return [...new Set(ports.map(({ name, number }) => (name === undefined ? String(number) : `${number} ('${name}')`)))]
    .slice(0, 8)
    .join(', ');
}
