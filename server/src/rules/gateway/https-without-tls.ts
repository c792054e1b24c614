import { listenersOf, standardReleaseOf } from '../../kube/services/gateway';
import { defineRule } from '../../lint/rule';
import { Version } from '../../lint/version';
import { certificateFix } from './shared/certificate';

export default defineRule({
  id: 'gateway/https-without-tls',
  title: 'HTTPS listeners have a certificate',
  severity: 'warning',
  per: 'scope',
  kinds: ['Gateway', 'ListenerSet', 'CustomResourceDefinition', 'Secret'],
  subjects: ['Gateway', 'ListenerSet'],
  references: [
    'https://gateway-api.sigs.k8s.io/guides/tls/',
    'https://github.com/kubernetes-sigs/gateway-api/blob/main/CHANGELOG/1.6-CHANGELOG.md',
  ],

  check(cluster, report) {
    const release = Version.parse(standardReleaseOf(cluster.of('CustomResourceDefinition')) ?? '');
    const isRejected = release?.atLeast('1.6') === true;
    for (const gateway of cluster.judged('Gateway', 'ListenerSet')) {
      for (const { node, name, protocol } of listenersOf(gateway)) {
        if (protocol !== 'HTTPS' || !node.at('tls').isEmpty) continue;
        const outcome = isRejected
          ? `The API server rejects the ${gateway.kindName}: the CRDs of Gateway API ${release} among the manifests require 'tls'.`
          : "Without 'tls' the listener is not set up, and from Gateway API 1.6 on the API server rejects it.";
        report(
          node.at('protocol'),
          {
            what: `HTTPS listener '${name ?? ''}' has no certificate`,
            why: outcome,
            how: "Add 'tls.certificateRefs' with the Secret that holds the certificate.",
          },
          {
            severity: isRejected ? 'error' : 'warning',
            fixes: certificateFix(node, gateway, cluster),
          },
        );
      }
    }
  },
});
