import { type Forward, forwardOf, type Upstream } from '../../corefile/forward';
import { withOptions } from '../../kube/dns/corefile-edit';
import type { Fix } from '../../lint/rule';
import {
  type CorefileView,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  pluginLines,
} from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/tls-without-servername',
  title: "'forward' over TLS has a 'tls_servername'",
  severity: 'warning',
  references: ['https://coredns.io/plugins/forward/'],

  check(view, report) {
    for (const line of linesNamed(pluginLines(view.corefile), 'forward')) {
      const forward = forwardOf(line, view.corefile);
      const upstreams = forward.upstreams.filter(({ scheme, kind }) => scheme === 'tls' && kind === 'address');
      const first = upstreams.find(({ serverName }) => serverName === undefined);
      if (first === undefined || forward.tlsServerName !== undefined || !forward.isComplete) continue;
      report(
        placeOf(view, first.token),
        {
          what: `Upstream ${first.host} over TLS has no 'tls_servername'`,
          why: 'Queries are encrypted, but the server need not prove who it is: anyone in between can answer.',
          how: "Set 'tls_servername' to the name in its certificate.",
        },
        { fixes: fixesOf(view, forward, upstreams) },
      );
    }
  },
});

/** Only where every server is of one operator that says which name to ask for. */
function fixesOf(view: CorefileView, { directive }: Forward, upstreams: readonly Upstream[]): readonly Fix[] {
  const names = new Set(upstreams.map(({ host }) => publicServers.find(([, hosts]) => hosts.includes(host))?.[0]));
  const [name] = names;
  if (name === undefined || names.size !== 1) return [];
  return corefileFix(view, `Add 'tls_servername ${name}'`, [
    withOptions(view.corefile, directive, [`tls_servername ${name}`]),
  ]);
}

/** Server names as their operators publish them for DNS over TLS. */
const publicServers: readonly (readonly [name: string, hosts: readonly string[]])[] = [
  ['cloudflare-dns.com', ['1.1.1.1', '1.0.0.1', '2606:4700:4700::1111', '2606:4700:4700::1001']],
  ['dns.quad9.net', ['9.9.9.9', '149.112.112.112', '2620:fe::fe', '2620:fe::9']],
  ['dns.google', ['8.8.8.8', '8.8.4.4', '2001:4860:4860::8888', '2001:4860:4860::8844']],
];
