import { forwardOf } from '../../corefile/forward';
import { coreDnsWith, coreDnsWorkloadKinds } from '../../kube/dns/coredns';
import { clusterIpsOf, dnsServicesOf } from '../../kube/dns/coredns-service';
import { corefilesIn, roleOf } from '../../kube/dns/corefiles';
import { defineRule } from '../../lint/rule';
import { linesNamed, pluginLines } from './shared/corefile-rule';

export default defineRule({
  id: 'coredns/forwards-to-itself',
  title: 'CoreDNS does not ask itself',
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
          for (const { token, host, port } of forwardOf(line, corefile).upstreams) {
            const service = services.find(candidate => clusterIpsOf(candidate).includes(host));
            if (service === undefined || (port ?? 53) !== 53) continue;
            report(
              { in: node, range: token.range },
              `${host} is the address of the Service '${service.name.string}', behind which this CoreDNS stands: it asks itself, and such queries go round until they time out. Forward to a server outside, such as the resolver of the node (/etc/resolv.conf).`,
              { related: [{ at: service.at('spec', 'clusterIP'), message: 'The Service has this address.' }] },
            );
          }
        }
      }
    }
  },
});
