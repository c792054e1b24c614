import { nameOf, type Resource } from '../../kube/resource';
import { certificateRefsOf, type Listener, listenersOf, parentRefsOf, routeKinds } from '../../kube/services/gateway';
import type { Cluster } from '../../kube/view';
import { remove, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { certificateFix } from './shared/certificate';

export default defineRule({
  id: 'gateway/bad-listener-tls',
  title: 'The TLS settings of a listener match its protocol',
  severity: 'error',
  per: 'scope',
  kinds: ['Gateway', 'ListenerSet', 'Secret', ...routeKinds],
  subjects: ['Gateway', 'ListenerSet'],
  references: ['https://gateway-api.sigs.k8s.io/guides/tls/#listeners-and-tls'],

  check(cluster, report) {
    for (const gateway of cluster.judged('Gateway', 'ListenerSet')) {
      const rejected = `The API server rejects the ${gateway.kindName}`;
      for (const listener of listenersOf(gateway)) {
        const { node, protocol, name = '(unnamed)' } = listener;
        const [tls, mode] = [node.at('tls'), node.at('tls', 'mode')];
        const hasCertificate = certificateRefsOf(node).length > 0 || !tls.at('options').isEmpty;
        if (['HTTP', 'TCP', 'UDP'].includes(protocol) && tls.exists) {
          const isHttps = protocol === 'HTTP' && mode.string !== 'Passthrough' && hasCertificate;
          report(
            tls,
            {
              what: `${protocol} listener '${name}' sets 'tls'`,
              why: `${rejected}: only HTTPS and TLS listeners may set 'tls'.`,
              how: `Remove 'tls'${encrypted(protocol)}.`,
            },
            { fixes: [...(isHttps ? [use(node.at('protocol'), 'HTTPS')] : []), remove("Remove 'tls'", tls)] },
          );
        } else if (protocol === 'HTTPS' && mode.string === 'Passthrough') {
          const isForOthers = kindsOn(gateway, listener, cluster).every(kind => kind === 'TLSRoute');
          report(
            mode,
            {
              what: `HTTPS listener '${name}' has TLS mode Passthrough`,
              why: `${rejected}: an HTTPS listener always terminates TLS itself.`,
              how: 'Use mode Terminate with a certificate, or protocol TLS with TLSRoutes.',
            },
            {
              fixes: hasCertificate
                ? [use(mode, 'Terminate')]
                : [
                    ...(isForOthers ? [use(node.at('protocol'), 'TLS')] : []),
                    ...certificateFix(node, gateway, cluster),
                  ],
            },
          );
        } else if (protocol === 'TLS' && !tls.isMapping) {
          const mayPass = kindsOn(gateway, listener, cluster).every(kind => kind !== 'TCPRoute');
          report(
            tls.exists ? tls : node.at('protocol'),
            {
              what: `TLS listener '${name}' has no 'tls' settings`,
              why: `${rejected}: a TLS listener has to terminate TLS or pass it through.`,
              how: "Set 'tls.mode' to Passthrough, or add 'tls.certificateRefs' to terminate TLS.",
            },
            { fixes: [...(mayPass ? [use(mode, 'Passthrough')] : []), ...certificateFix(node, gateway, cluster)] },
          );
        } else if (
          mode.string !== 'Passthrough' &&
          !hasCertificate &&
          (protocol === 'TLS' || (protocol === 'HTTPS' && !tls.isEmpty))
        ) {
          report(
            mode.exists ? mode : tls,
            {
              what: `${protocol} listener '${name}' terminates TLS without a certificate`,
              why: `${rejected}: mode Terminate${mode.isEmpty ? ', the default,' : ''} needs 'certificateRefs' or 'options'.`,
              how: `Add 'tls.certificateRefs' with a TLS Secret${protocol === 'TLS' ? ', or use mode Passthrough' : ''}.`,
            },
            {
              fixes: [
                ...(protocol === 'TLS' && mode.isEmpty ? [use(mode, 'Passthrough')] : []),
                ...certificateFix(node, gateway, cluster),
              ],
            },
          );
        }
      }
    }
  },
});

/** The kinds of the routes that ask for a listener. */
function kindsOn(gateway: Resource, { name }: Listener, cluster: Cluster<(typeof routeKinds)[number]>): string[] {
  const home = cluster.namespaceOf(gateway).name;
  const asking = cluster.of(...routeKinds).filter(route =>
    parentRefsOf(route).some(parent => {
      const isHere = (parent.namespace ?? cluster.namespaceOf(route).name) === home;
      const isAsked = parent.section.string === undefined || parent.section.string === name;
      return parent.kind === gateway.kindName && parent.name.text === nameOf(gateway) && isHere && isAsked;
    }),
  );
  return asking.map(({ kindName }) => kindName);
}

/** The protocol that may be meant instead, as the end of a sentence. */
function encrypted(protocol: string): string {
  const meant = { HTTP: 'HTTPS', TCP: 'TLS' }[protocol];
  return meant === undefined ? '' : `, or use protocol ${meant}`;
}

function use(node: Node, value: string): Fix {
  return set(`Use ${node.key} ${value}`, node, value);
}
