import { listenersOf, standardReleaseOf } from '../../kube/services/gateway';
import { defineRule } from '../../lint/rule';
import { Version } from '../../lint/version';

export default defineRule({
  id: 'gateway/https-without-tls',
  title: 'A listener for HTTPS has a certificate',
  severity: 'warning',
  per: 'scope',
  kinds: ['Gateway', 'ListenerSet', 'CustomResourceDefinition'],
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
          ? `the definitions of Gateway API ${release} among the manifests make the API server reject it`
          : 'the listener is not set up, and from Gateway API 1.6 on the API server rejects it';
        report(
          node.at('protocol'),
          `Listener '${name ?? ''}' is for HTTPS and has no 'tls', so there is no certificate to serve: ${outcome}. Add 'tls.certificateRefs' with the Secret.`,
          { severity: isRejected ? 'error' : 'warning' },
        );
      }
    }
  },
});
