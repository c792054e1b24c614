import { isHostPattern, isIpAddress } from '../../kube/dns-name';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { fix, use } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { withoutEnd } from '../../text/words';
import type { Node } from '../../yaml/node';
import { excerpt } from './shared/keys';

export default defineRule({
  id: 'ingress/bad-host',
  title: 'The hosts of an Ingress are DNS names, without scheme, port and path',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressSpec'],

  check(ingress, report) {
    for (const node of hostsOf(ingress)) {
      const host = node.string;
      if (host === undefined || host === '' || isPlaceholder(host)) continue;
      if (isHostPattern(host) && !isIpAddress(host)) continue;
      const { what, how } = faultOf(host);
      const why = "The API server rejects the whole Ingress: a host is a DNS name, or '*.' and a DNS name.";
      report(node, { what: `Host ${excerpt(host)} ${what}`, why, how }, { fixes: fixesFor(node, host) });
    }
  },
});

function hostsOf(ingress: Resource): Node[] {
  const rules = ingress.at('spec', 'rules').items();
  const tls = ingress.at('spec', 'tls').items();
  return [...rules.map(rule => rule.at('host')), ...tls.flatMap(entry => entry.at('hosts').items())];
}

function faultOf(host: string): { readonly what: string; readonly how: string } {
  const nameOnly = 'Write the name alone.';
  if (isIpAddress(host)) return { what: 'is an IP address', how: 'Use a DNS name, or no host to match every host.' };
  if (host === '*')
    return { what: 'is a lone wildcard', how: 'Remove the host to match every host, or add a domain behind it.' };
  if (host.includes('://')) return { what: 'has a scheme', how: nameOnly };
  if (host.includes('/')) return { what: 'has a path', how: 'Write the name alone, and the path in paths.' };
  if (/:[0-9]+$/.test(host)) return { what: 'has a port', how: nameOnly };
  if (host.includes('*'))
    return { what: 'has a misplaced wildcard', how: "Use '*' only as the whole first label, as in '*.shop.test'." };
  if (/[A-Z]/.test(host)) return { what: 'has capital letters', how: 'Use lower-case letters.' };
  return {
    what: 'is not a DNS name',
    how: 'Use letters, digits and hyphens, in labels of at most 63 characters.',
  };
}

/** What is left of a URL, in small letters, when that is a host. A path would be lost, and somebody meant it. */
function fixesFor(node: Node, host: string): Fix[] {
  const [address = '', ...path] = host.replace(/^[A-Za-z]+:\/\//, '').split('/');
  const name = withoutEnd(address.toLowerCase().replace(/:[0-9]*$/, ''), '.');
  if (!isHostPattern(name) || isIpAddress(name) || !name.includes('.')) return [];
  if (path.every(step => step === '')) return [use(node, name, { safe: true })];
  return [fix('Use the name, and drop the path', edits => edits.set(node, name))];
}
