import { meshOf } from '../../kube/pods/mesh';
import { isExternalName, servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

/** Ports on which the server speaks first. */
const serverFirst: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [25, 'SMTP'],
  [110, 'POP3'],
  [143, 'IMAP'],
  [587, 'SMTP'],
  [3306, 'MySQL'],
]);

/** Istio takes these for TCP by their number. */
const known: ReadonlySet<number> = new Set([25, 3306]);

/** Prefixes of port names that Istio reads a protocol from. */
const named = /^(?:https?|http2|http[-_]proxy|grpc|tcp|tls|mongo|redis|mysql|udp)(?:-|$)/i;

export default defineRule({
  id: 'mesh/server-first-port',
  title: 'A port on which the server speaks first says so to the mesh',
  severity: 'info',
  per: 'namespace',
  kinds: ['Namespace', 'Service'],
  subjects: ['Service'],
  references: ['https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/'],

  check(namespace, report) {
    if (meshOf(namespace.labels) !== 'sidecar') return;
    for (const service of namespace.judged('Service')) {
      if (isExternalName(service)) continue;
      for (const { number, protocol, name, appProtocol, node } of servicePortsOf(service)) {
        const what = serverFirst.get(number);
        if (what === undefined || protocol !== 'TCP' || appProtocol !== undefined || named.test(name ?? '')) continue;
        const outcome = known.has(number)
          ? `Istio goes by the number ${number} here, and would wait for the client on any other`
          : 'Istio waits for the first bytes of the client to tell the protocol, and the client waits for the server: connections stall';
        report(
          node.at('port'),
          `With ${what} the server speaks first, and neither the name of the port nor appProtocol says that this is plain TCP. ${outcome}.`,
          { fixes: [set('Set appProtocol: tcp', node.at('appProtocol'), 'tcp')] },
        );
      }
    }
  },
});
