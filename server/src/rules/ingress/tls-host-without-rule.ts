import { canBothMatch, isHostPattern, isIpAddress, nearestHost } from '../../kube/dns-name';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { excerpt } from './shared/keys';

export default defineRule({
  id: 'ingress/tls-host-without-rule',
  title: 'The TLS hosts of an Ingress are hosts of its rules',
  severity: 'warning',
  per: 'scope',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#tls'],

  check(scope, report) {
    // Some controllers use a certificate for any Ingress that has the host, so one rule anywhere is enough.
    const served = new Set(scope.of('Ingress').flatMap(hostsOf));
    for (const ingress of scope.of('Ingress')) {
      const hosts = hostsOf(ingress);
      if (hosts.length === 0) continue;
      const entries = ingress.at('spec', 'tls').items();
      const certified = entries.flatMap(entry => entry.at('hosts').items());
      const bare = hosts.filter(host => isSound(host) && !certified.some(node => areOne(node.string, host)));
      for (const entry of entries) {
        const own = entry.at('hosts').items();
        // An entry that covers a rule may list whatever else its certificate is for.
        const isUsed = own.some(node => hosts.some(host => areOne(node.string, host)));
        for (const node of own) {
          const host = node.string ?? '';
          if (!isSound(host) || isPlaceholder(host) || served.has(host) || hosts.some(other => areOne(host, other)))
            continue;
          const near = nearestHost(host, bare) ?? (bare.length === 1 && certified.length === 1 ? bare[0] : undefined);
          if (isUsed && near === undefined) continue;
          const message = {
            what: `TLS host ${excerpt(host)} has no rule`,
            why: `The certificate is used for no request${near ? `, and '${near}' is served without it` : ''}.`,
            how: near ? `Use '${near}'.` : 'Remove the host, or add a rule for it.',
          };
          report(node, message, { fixes: choose(node, near) });
        }
      }
    }
  },
});

/** What is not is said by ingress/bad-host. */
const isSound = (host: string) => isHostPattern(host) && !isIpAddress(host);

function hostsOf(ingress: Resource): string[] {
  const rules = ingress.at('spec', 'rules').items();
  return rules.map(rule => rule.at('host').string ?? '');
}

function areOne(certified: string | undefined, host: string): boolean {
  return certified !== undefined && canBothMatch(certified, host, 'one label');
}
