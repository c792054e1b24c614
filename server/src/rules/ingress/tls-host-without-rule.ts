import { canBothMatch, nearestHost } from '../../kube/dns-name';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'ingress/tls-host-without-rule',
  title: 'Each TLS host of an Ingress is a host of its rules',
  severity: 'warning',
  per: 'resource',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#tls'],

  check(ingress, report) {
    const rules = ingress.at('spec', 'rules').items();
    const hosts = rules.map(rule => rule.at('host').string ?? '');
    if (hosts.length === 0 || hosts.includes('')) return;
    for (const entry of ingress.at('spec', 'tls').items()) {
      const certified = entry.at('hosts').items();
      for (const node of certified) {
        const host = node.string ?? '';
        if (host.includes('${') || hosts.some(other => canBothMatch(host, other, 'one label'))) continue;
        // A certificate for further names is ordered through the entry that covers a rule too.
        const isExtra = certified.some(other =>
          hosts.some(rule => canBothMatch(other.string ?? '', rule, 'one label')),
        );
        const uncovered = hosts.filter(
          rule => !certified.some(other => canBothMatch(other.string ?? '', rule, 'one label')),
        );
        const near =
          nearestHost(host, uncovered) ?? (uncovered.length === 1 && certified.length === 1 ? uncovered[0] : undefined);
        if (isExtra && near === undefined) continue;
        report(
          node,
          `No rule of this Ingress has the host '${host}': the certificate is used for no request${near ? `, and '${near}' has none` : ''}.`,
          {
            fixes: near
              ? [{ title: `Use '${near}'`, safe: false, preferred: true, edit: edits => edits.set(node, near) }]
              : [],
          },
        );
      }
    }
  },
});
