import { isPlaceholder } from '../../kube/placeholder';
import { type ContainerPort, containerPortsOf } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { protocols, type Service, type ServicePort, servicePortsOf } from '../../kube/services/service';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { workloadsBehind } from '../../network/references/near-misses';

export default defineRule({
  id: 'service/protocol-mismatch',
  title: 'Service ports have the protocol of the pod port they lead to',
  severity: 'hint',
  per: 'namespace',
  kinds: serviceKinds,
  subjects: ['Service'],
  references: ['https://kubernetes.io/docs/reference/networking/service-protocols/'],

  check(namespace, report) {
    const services = servicesOf(namespace);
    for (const service of namespace.judged('Service')) {
      const own = servicePortsOf(service);
      for (const port of own) {
        if (!protocols.has(port.protocol)) {
          refuseWord(service, port, own, report);
          continue;
        }
        const workloads = workloadsBehind(services, service);
        const listed = workloads.flatMap(containerPortsOf).filter(({ number }) => number === port.target);
        const [other] = listed;
        if (other === undefined || listed.some(({ protocol }) => protocol === port.protocol)) continue;
        if (!protocols.has(other.protocol)) continue;
        // Who has both protocols of a number means both: then the list of the pods is what is short.
        const isBoth = own.some(
          one => one.protocol === other.protocol && (one.number === port.number || one.target === port.target),
        );
        if (isBoth) continue;
        const needed = workloads.flatMap(one => services.servicesOf(one)).flatMap(servicePortsOf);
        const written = port.node.at('protocol').exists ? 'protocol' : 'port';
        report(
          port.node.at(written),
          {
            what: `Port ${port.number} is ${port.protocol} here and ${other.protocol} on the pods`,
            why: `${written === 'port' ? `${port.protocol} is the default of a Service port. ` : ''}If the pods listen on ${other.number} as they list it, no ${port.protocol} packet reaches them.`,
            how: 'Use the same protocol in the Service and in the pods.',
          },
          {
            related: [
              { at: other.node.at('containerPort'), message: `Port ${other.number} of the pods, ${other.protocol}` },
            ],
            fixes: fixesFor(port, listed, needed),
          },
        );
      }
    }
  },
});

function refuseWord(
  service: Service,
  { node, number, protocol }: ServicePort,
  own: readonly ServicePort[],
  report: Report,
): void {
  if (isPlaceholder(protocol)) return;
  const written = node.at('protocol');
  const meant = protocols.has(protocol.toUpperCase()) ? protocol.toUpperCase() : carriers.get(protocol.toUpperCase());
  const isTaken = own.some(one => one.number === number && one.protocol === meant);
  report(
    written,
    {
      what: `Unknown protocol '${protocol}'`,
      why: `A port is TCP, UDP or SCTP: the API server rejects Service '${nameOf(service)}'.`,
      how: `Use ${meant ?? 'TCP, UDP or SCTP'}${meant && meant !== protocol.toUpperCase() ? ", and name what it carries in 'appProtocol'" : ''}.`,
    },
    {
      severity: 'error',
      fixes: meant === undefined || isTaken ? [] : [set(`Use protocol ${meant}`, written, meant, { safe: true })],
    },
  );
}

/** @own words that people write for what a port carries */
const carriers = new Map([
  ['HTTP', 'TCP'], ['HTTPS', 'TCP'], ['HTTP2', 'TCP'], ['GRPC', 'TCP'], ['TLS', 'TCP'], ['QUIC', 'UDP'],
]); // biome-ignore format: a table

/** The pods may listen on both: only where no Service needs the other protocol of theirs is the list itself in doubt. */
function fixesFor(port: ServicePort, all: readonly ContainerPort[], others: readonly ServicePort[]): Fix[] {
  const [{ number, protocol } = port] = all;
  const names = new Set(all.map(({ name }) => name));
  const isNeeded = others.some(
    one =>
      one.protocol === protocol && (typeof one.target === 'string' ? names.has(one.target) : one.target === number),
  );
  const nodes = [...new Set(all.map(({ node }) => node))];
  const title = `List port ${number} of the pods as ${port.protocol}`;
  const relist = fix(title, edits => {
    for (const node of nodes) edits.set(node.at('protocol'), port.protocol);
  });
  const add = fix(`${title} too`, edits => {
    for (const list of new Set(nodes.flatMap(({ parent }) => parent ?? []))) {
      edits.set(list.at(list.items().length), { containerPort: number, protocol: port.protocol });
    }
  });
  const useListed = set(`Use protocol ${protocol}`, port.node.at('protocol'), protocol);
  return [useListed, isNeeded ? add : relist];
}
