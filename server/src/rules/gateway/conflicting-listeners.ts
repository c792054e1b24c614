import { type Listener, listenersOf } from '../../kube/services/gateway';
import { set } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';

export default defineRule({
  id: 'gateway/conflicting-listeners',
  title: 'The listeners of a Gateway can be told apart',
  severity: 'error',
  per: 'resource',
  kinds: ['Gateway', 'ListenerSet'],
  references: ['https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec'],

  check(gateway, report) {
    const listeners = listenersOf(gateway);
    const rejected = `the API server rejects the ${gateway.kindName}`;
    const names = new Map<string, Listener>();
    const places = new Map<string, Listener>();
    for (const listener of listeners) {
      const { node, name, hostname, port, protocol } = listener;
      if (name) {
        const other = names.get(name);
        names.set(name, other ?? listener);
        const free = [name, protocol.toLowerCase(), port ?? ''].join('-');
        if (other) {
          report(node.at('name'), `Another listener is called '${name}' too: ${rejected}.`, {
            related: [{ at: other.node.at('name'), message: 'The first of that name' }],
            fixes: listeners.some(one => one.name === free)
              ? []
              : [set(`Name it '${free}'`, node.at('name'), free, { safe: true })],
          });
        }
      }
      if (port === undefined) continue;
      const key = `${port} ${protocol} ${hostname}`;
      const other = places.get(key);
      places.set(key, other ?? listener);
      if (other) {
        report(
          node.at('port'),
          `Listener '${other.name ?? ''}' has port ${port}, protocol ${protocol} and ${hostname ? `host '${hostname}'` : 'every host'} already: ${rejected}.`,
          { related: [{ at: other.node.at('port'), message: `Listener '${other.name ?? ''}'` }] },
        );
      }
    }
    checkProtocols(listeners, report);
  },
});

/** One port speaks one protocol: what is encrypted and what is not can't be told apart before a byte is read. */
function checkProtocols(listeners: readonly Listener[], report: Report): void {
  const first = new Map<number, Listener>();
  for (const listener of listeners) {
    const { node, port, protocol } = listener;
    if (port === undefined || !layers.has(protocol)) continue;
    const other = first.get(port) ?? listener;
    first.set(port, other);
    if (layers.get(other.protocol) === layers.get(protocol) || other.protocol === 'UDP' || protocol === 'UDP') continue;
    report(
      node.at('protocol'),
      `Port ${port} is for ${other.protocol} in listener '${other.name ?? ''}' and for ${protocol} here: the two are in conflict, and neither need be set up.`,
      {
        severity: 'warning',
        related: [{ at: other.node.at('protocol'), message: `Listener '${other.name ?? ''}'` }],
      },
    );
  }
}

const layers = new Map([
  ['HTTP', 'plain'],
  ['HTTPS', 'encrypted'],
  ['TLS', 'encrypted'],
  ['TCP', 'stream'],
  ['UDP', 'datagram'],
]);
