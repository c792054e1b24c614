import { ingressBackendsOf } from '../../kube/services/backend';
import { targetRefsOf } from '../../kube/services/gateway';
import { endpointsOf } from '../../kube/services/monitor';
import { type ServicePort, servicePortsOf } from '../../kube/services/service';
import type { Cluster } from '../../kube/view';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { memo } from '../../text/maps';

const users = [
  'Ingress',
  'ServiceMonitor.monitoring.coreos.com',
  'BackendTLSPolicy',
  'IngressRoute.traefik.io',
] as const;

export default defineRule({
  id: 'service/contradicting-protocol',
  title: 'Names of Service ports agree with their appProtocol',
  severity: 'info',
  per: 'scope',
  kinds: ['Service', ...users],
  subjects: ['Service'],
  references: [
    'https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/',
    'https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol',
  ],

  check(cluster, report) {
    for (const service of cluster.judged('Service')) {
      const ports = servicePortsOf(service);
      for (const port of ports) {
        const { name = '', appProtocol = '', node } = port;
        const word = wordOf(name);
        const [said, named] = [familyOf(appProtocol), familyOf(word)];
        if (said === undefined || named === undefined || said === named) continue;
        report(
          node.at('appProtocol'),
          {
            what: `Port name '${name}' contradicts appProtocol '${appProtocol}'`,
            why: `Meshes and gateways read appProtocol and treat the port as ${said}; people and older tools read the name and expect ${named}.`,
            how: 'Rename the port, or correct its appProtocol.',
          },
          {
            fixes: [
              ...renamed(port, ports, cluster),
              set(`Use appProtocol '${word}', as the name says`, node.at('appProtocol'), word),
            ],
          },
        );
      }
    }
  },
});

/** The word of a port's name that tells its protocol. */
function wordOf(name: string): string {
  const lower = name.toLowerCase();
  return lower.startsWith('grpc-web') ? 'grpc-web' : (lower.split('-')[0] ?? '');
}

/** Another name changes nothing for those who go by appProtocol; it may be given where nobody goes by the name. */
function renamed(
  { name = '', appProtocol = '', node }: ServicePort,
  ports: readonly ServicePort[],
  cluster: Cluster<(typeof users)[number]>,
): Fix[] {
  const word = words.get(appProtocol.toLowerCase()) ?? appProtocol.toLowerCase();
  const free = `${word}${name.slice(wordOf(name).length)}`;
  if (ports.some(port => port.name === free) || free.length > 63 || namesIn(cluster).has(name)) return [];
  return [set(`Call the port '${free}', as appProtocol says`, node.at('name'), free)];
}

/** The names of ports that others go by. */
const namesIn = memo(
  (cluster: Cluster<(typeof users)[number]>): ReadonlySet<string | undefined> => {
    const routes = cluster.of('IngressRoute.traefik.io').flatMap(route => route.at('spec', 'routes').items());
    return new Set([
      ...cluster
        .of('Ingress')
        .flatMap(ingressBackendsOf)
        .map(({ port }) => port?.string),
      ...cluster
        .of('ServiceMonitor.monitoring.coreos.com')
        .flatMap(endpointsOf)
        .map(one => one.at('port').string),
      ...cluster
        .of('BackendTLSPolicy')
        .flatMap(targetRefsOf)
        .map(({ node }) => node.at('sectionName').string),
      ...routes.flatMap(route => route.at('services').items()).map(service => service.at('port').string),
    ]);
  },
  cluster => cluster.of(...users),
);

/** What the names of ports say for protocols with a prefix. */
const words = new Map([
  ['kubernetes.io/h2c', 'http2'],
  ['kubernetes.io/ws', 'http'],
  ['kubernetes.io/wss', 'tls'],
]);

/** What a proxy does with a port of that protocol; undefined for words that say nothing. */
function familyOf(protocol: string): string | undefined {
  return families.get(protocol.toLowerCase());
}

const families = new Map([
  ['http', 'HTTP'],
  ['http2', 'HTTP/2'],
  ['kubernetes.io/h2c', 'HTTP/2'],
  ['grpc', 'HTTP/2'],
  ['grpc-web', 'HTTP'],
  ['kubernetes.io/ws', 'HTTP'],
  ['https', 'TLS'],
  ['tls', 'TLS'],
  ['kubernetes.io/wss', 'TLS'],
  ['tcp', 'TCP'],
  ['mongo', 'MongoDB'],
  ['redis', 'Redis'],
  ['mysql', 'MySQL'],
]);
