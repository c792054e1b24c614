import { type Listener, listenersOf } from '../../kube/services/gateway';
import { set } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';

export default defineRule({
  id: 'gateway/conflicting-listeners',
  title: 'Listeners of a Gateway have unique names and do not conflict',
  severity: 'error',
  per: 'resource',
  kinds: ['Gateway', 'ListenerSet'],
  references: ['https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec'],

  check(gateway, report) {
    const listeners = listenersOf(gateway);
    const rejected = `The API server rejects the ${gateway.kindName}`;
    const names = new Map<string, Listener>();
    const places = new Map<string, Listener>();
    for (const listener of listeners) {
      const { node, name, hostname, port, protocol } = listener;
      if (name) {
        const other = names.get(name);
        names.set(name, other ?? listener);
        const free = [name, protocol.toLowerCase(), port ?? ''].join('-');
        if (other) {
          report(
            node.at('name'),
            {
              what: `Listener name '${name}' is used twice`,
              why: `${rejected}: each of its listeners needs a name of its own.`,
              how: 'Give this listener another name.',
            },
            {
              related: [{ at: other.node.at('name'), message: 'The first listener of this name' }],
              fixes: listeners.some(one => one.name === free)
                ? []
                : [set(`Name it '${free}'`, node.at('name'), free, { safe: true })],
            },
          );
        }
      }
      if (port === undefined) continue;
      const key = `${port} ${protocol} ${hostname}`;
      const other = places.get(key);
      places.set(key, other ?? listener);
      if (other) {
        report(
          node.at('port'),
          {
            what: `${titleOf(listener)} repeats port, protocol and host of '${other.name ?? ''}'`,
            why: `${rejected}: both are for port ${port}, protocol ${protocol} and ${hostname ? `host '${hostname}'` : 'every host'}.`,
            how: 'Remove one of the two, or give this one another port or hostname.',
          },
          { related: [{ at: other.node.at('port'), message: titleOf(other) }] },
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
      {
        what: `Port ${port} is used for both ${other.protocol} and ${protocol}`,
        why: `${titleOf(other)} and listener '${listener.name ?? ''}' conflict: the implementation may set up only one of them, or neither.`,
        how: 'Move one of the two listeners to another port.',
      },
      { severity: 'warning', related: [{ at: other.node.at('protocol'), message: titleOf(other) }] },
    );
  }
}

const titleOf = ({ name }: Listener) => `Listener '${name ?? ''}'`;

const layers = new Map([
  ['HTTP', 'plain'],
  ['HTTPS', 'encrypted'],
  ['TLS', 'encrypted'],
  ['TCP', 'stream'],
  ['UDP', 'datagram'],
]);
