import { isHostPattern, isIpAddress } from '../../kube/dns-name';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'ingress/bad-host',
  title: 'The hosts of an Ingress are names, without scheme, port and path',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressSpec'],

  check(ingress, report) {
    for (const node of hostsOf(ingress)) {
      const host = node.string;
      if (host === undefined || host === '' || isPlaceholder(host)) continue;
      if (isHostPattern(host) && !isIpAddress(host)) continue;
      const sound = soundHostOf(host);
      report(node, `The host '${host}' ${faultOf(host)}: the API server rejects the whole Ingress.`, {
        fixes: sound === undefined ? [] : [use(node, sound, { safe: true })],
      });
    }
  },
});

function hostsOf(ingress: Resource): Node[] {
  const rules = ingress.at('spec', 'rules').items();
  const tls = ingress.at('spec', 'tls').items();
  return [...rules.map(rule => rule.at('host')), ...tls.flatMap(entry => entry.at('hosts').items())];
}

function faultOf(host: string): string {
  if (isIpAddress(host)) return 'is an IP address, and only names are allowed (leave it out to take every host)';
  if (host === '*')
    return 'is a lone wildcard, which stands only before a domain (leave the host out to take every one)';
  if (host.includes('://')) return 'has a scheme, and only the name belongs here';
  if (host.includes('/')) return 'has a path, which belongs into paths';
  if (/:[0-9]+$/.test(host)) return 'has a port, and an Ingress has no say in that';
  if (host.includes('*')) return "has a wildcard in another place than the whole first label ('*.shop.test')";
  if (/[A-Z]/.test(host)) return 'has capital letters, and only small ones are allowed';
  return 'is no DNS name (letters, digits and hyphens, in labels of 63 characters at most)';
}

/** What is left of a URL, in small letters, when that is a host. */
function soundHostOf(host: string): string | undefined {
  const name = host
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/.*/s, '')
    .replace(/:[0-9]*$/, '')
    .replace(/\.$/, '');
  return isHostPattern(name) && !isIpAddress(name) && name.includes('.') ? name : undefined;
}
