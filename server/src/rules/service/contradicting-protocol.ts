import { servicePortsOf } from '../../kube/services/service';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'service/contradicting-protocol',
  title: 'The name of a port and its appProtocol say the same',
  severity: 'info',
  per: 'resource',
  kinds: ['Service'],
  references: [
    'https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/',
    'https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol',
  ],

  check(service, report) {
    for (const { name, appProtocol, node } of servicePortsOf(service)) {
      const said = familyOf(appProtocol ?? '');
      const prefix = (name ?? '').toLowerCase().split('-')[0] ?? '';
      const named = (name ?? '').toLowerCase().startsWith('grpc-web') ? 'HTTP' : familyOf(prefix);
      if (said === undefined || named === undefined || said === named) continue;
      report(
        node.at('appProtocol'),
        `The port is called '${name}' and its appProtocol is '${appProtocol}': meshes and gateways go by appProtocol and treat it as ${said}, people and older tools go by the name and take it for ${named}.`,
      );
    }
  },
});

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
