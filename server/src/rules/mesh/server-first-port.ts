import { meshOf } from '../../kube/pods/mesh';
import { nameOf } from '../../kube/resource';
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
  title: 'Ports of server-first protocols declare TCP in an Istio mesh',
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
          ? `Istio takes ${number} for TCP by its number, and on any other port would wait for the client`
          : "Istio waits for the client's first bytes to detect the protocol, and the client for the server: connections stall";
        report(
          node.at('port'),
          {
            what: `Port ${number} (${what}) of Service '${nameOf(service)}' does not declare TCP`,
            why: `With ${what} the server speaks first. ${outcome}.`,
            how: "Set 'appProtocol: tcp', or begin the name of the port with 'tcp-'.",
          },
          {
            severity: known.has(number) ? 'hint' : 'info',
            fixes: [set('Set appProtocol: tcp', node.at('appProtocol'), 'tcp')],
          },
        );
      }
    }
  },
});
