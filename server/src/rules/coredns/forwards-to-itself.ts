import { forwardOf, type Upstream } from '../../corefile/forward';
import type { Corefile } from '../../corefile/syntax';
import { coreDnsWith, coreDnsWorkloadKinds } from '../../kube/dns/coredns';
import { clusterIpsOf, dnsServicesOf } from '../../kube/dns/coredns-service';
import { editCorefile } from '../../kube/dns/corefile-edit';
import { corefilesIn, roleOf } from '../../kube/dns/corefiles';
import { resolverOf } from '../../kube/dns/resolver';
import type { Workload } from '../../kube/pods/workload';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { TextEdit } from '../../text/range';
import type { Node } from '../../yaml/node';
import { linesNamed, pluginLines } from './shared/corefile-rule';

export default defineRule({
  id: 'coredns/forwards-to-itself',
  title: 'CoreDNS does not forward to its own Service',
  severity: 'error',
  per: 'namespace',
  kinds: ['ConfigMap', 'Service', ...coreDnsWorkloadKinds],
  subjects: ['ConfigMap'],
  references: ['https://coredns.io/plugins/loop/'],

  check(namespace, report) {
    for (const configMap of namespace.judged('ConfigMap')) {
      if (roleOf(configMap) !== 'cluster') continue;
      const workload = coreDnsWith(configMap, namespace.of(...coreDnsWorkloadKinds));
      const services = dnsServicesOf(namespace.of('Service'), workload);
      for (const { corefile, node } of corefilesIn(configMap)) {
        for (const line of linesNamed(pluginLines(corefile), 'forward')) {
          const { upstreams } = forwardOf(line, corefile);
          const itselfAt = ({ host, port }: Upstream) =>
            (port ?? 53) === 53 ? services.find(candidate => clusterIpsOf(candidate).includes(host)) : undefined;
          const others = upstreams.filter(upstream => itselfAt(upstream) === undefined);
          for (const upstream of upstreams) {
            const { token, host } = upstream;
            const service = itselfAt(upstream);
            if (service === undefined) continue;
            report(
              { in: node, range: token.range },
              {
                what: `CoreDNS forwards to its own Service '${service.name.string}' (${host})`,
                why: 'Queries that it cannot answer itself loop back to it until they time out.',
                how: "Forward to a server outside of the cluster, such as the node's resolver in /etc/resolv.conf.",
              },
              {
                related: [{ at: service.at('spec', 'clusterIP'), message: 'Address of the Service' }],
                fixes: others.length > 0 ? without(upstream, corefile, node) : ofNode(upstreams, workload, node),
              },
            );
          }
        }
      }
    }
  },
});

/** What is left are the servers outside. */
function without({ token, host }: Upstream, { text }: Corefile, node: Node): readonly Fix[] {
  const start = text.slice(0, token.range.start).trimEnd().length;
  const change = { range: { start, end: token.range.end }, text: '' };
  return [writing(`Leave out ${host}`, node, change)];
}

/** In the place of the only one; where the pod itself resolves by the cluster's DNS its file would lead here too. */
function ofNode([only, ...more]: readonly Upstream[], workload: Workload | undefined, node: Node): readonly Fix[] {
  const isOfCluster = workload !== undefined && resolverOf(workload) !== 'node';
  if (only === undefined || more.length > 0 || only.scheme !== 'dns' || isOfCluster) return [];
  return [writing('Forward to /etc/resolv.conf instead', node, { range: only.token.range, text: '/etc/resolv.conf' })];
}

function writing(title: string, node: Node, change: TextEdit): Fix {
  return fix(title, edits => editCorefile(edits, node, [change]));
}
