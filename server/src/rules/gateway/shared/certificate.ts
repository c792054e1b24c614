import { nameOf, type Resource } from '../../../kube/resource';
import { certificateRefsOf, listenersOf } from '../../../kube/services/gateway';
import type { Cluster } from '../../../kube/view';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import type { Node } from '../../../yaml/node';

/**
 * Ends TLS with the certificate that other listeners have, or that is in the namespace, where it is a single one: of
 * several nobody knows which is meant.
 */
export function certificateFix(listener: Node, gateway: Resource, cluster: Cluster<'Secret'>): Fix[] {
  const secrets = cluster.namespaceOf(gateway).of('Secret');
  const there = secrets.flatMap(secret => (secret.at('type').string === 'kubernetes.io/tls' ? [nameOf(secret)] : []));
  const used = listenersOf(gateway)
    .flatMap(({ node }) => certificateRefsOf(node))
    .flatMap(({ kind, namespace, name }) => (kind === 'Secret' && namespace === undefined ? (name.string ?? []) : []));
  const [name, ...others] = new Set([...used, ...there]);
  if (name === undefined || others.length > 0) return [];
  return [
    fix(`End TLS with the certificate of Secret '${name}'`, edits => {
      const mode = listener.at('tls', 'mode');
      if (mode.string !== 'Terminate' && (mode.exists || listener.at('protocol').string === 'TLS')) {
        edits.set(mode, 'Terminate');
      }
      edits.set(listener.at('tls', 'certificateRefs'), [{ name }]);
    }),
  ];
}
