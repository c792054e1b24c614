import { certificateRefsOf, listenersOf } from '../../kube/services/gateway';
import { remove, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'gateway/bad-listener-tls',
  title: 'The tls of a listener fits its protocol',
  severity: 'error',
  per: 'resource',
  kinds: ['Gateway', 'ListenerSet'],
  references: ['https://gateway-api.sigs.k8s.io/guides/tls/#listeners-and-tls'],

  check(gateway, report) {
    const rejected = `the API server rejects the ${gateway.kindName}`;
    for (const listener of listenersOf(gateway)) {
      const { node, protocol } = listener;
      const [tls, mode] = [node.at('tls'), node.at('tls', 'mode')];
      const hasCertificate = certificateRefsOf(node).length > 0 || !tls.at('options').isEmpty;
      if (['HTTP', 'TCP', 'UDP'].includes(protocol) && tls.exists) {
        const protocols =
          protocol === 'HTTP' && mode.string !== 'Passthrough' && hasCertificate
            ? [setFix(node.at('protocol'), 'HTTPS')]
            : [];
        report(tls, `A listener for ${protocol} has no 'tls': ${rejected}.`, {
          fixes: [...protocols, remove("Remove 'tls'", tls)],
        });
      } else if (protocol === 'HTTPS' && mode.string === 'Passthrough') {
        report(
          mode,
          `A listener for HTTPS ends TLS itself, and can't pass it through: ${rejected}. To pass it through, use the protocol TLS and TLSRoutes.`,
          { fixes: hasCertificate ? [setFix(mode, 'Terminate')] : [setFix(node.at('protocol'), 'TLS')] },
        );
      } else if (protocol === 'TLS' && mode.isEmpty) {
        report(
          tls.exists ? tls : node.at('protocol'),
          `A listener for TLS says whether it ends TLS (Terminate) or passes it through (Passthrough): without 'tls.mode' ${rejected}.`,
          { fixes: hasCertificate ? [setFix(mode, 'Terminate')] : [setFix(mode, 'Passthrough')] },
        );
      } else if (
        mode.string !== 'Passthrough' &&
        !hasCertificate &&
        (protocol === 'TLS' || (protocol === 'HTTPS' && !tls.isEmpty))
      ) {
        report(
          mode.exists ? mode : tls,
          `This listener ends TLS, and has neither 'certificateRefs' nor 'options' to do it with: ${rejected}.`,
        );
      }
    }
  },
});

/** What was rejected before can't change what runs. */
function setFix(node: Node, value: string): Fix {
  return set(`Use ${node.key} ${value}`, node, value);
}
