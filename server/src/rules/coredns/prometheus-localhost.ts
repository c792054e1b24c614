import type { Directive } from '../../corefile/syntax';
import { coreDnsWith, coreDnsWorkloadKinds } from '../../kube/dns/coredns';
import { metricsReaderOf } from '../../kube/dns/coredns-metrics';
import { dnsServicesOf } from '../../kube/dns/coredns-service';
import { editCorefile } from '../../kube/dns/corefile-edit';
import { corefilesIn, isOfOpenShift } from '../../kube/dns/corefiles';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { linesNamed, pluginLines } from './shared/corefile-rule';

export default defineRule({
  id: 'coredns/prometheus-localhost',
  title: 'CoreDNS metrics that others scrape do not listen on localhost',
  severity: 'warning',
  per: 'namespace',
  kinds: [
    'ConfigMap',
    'Service',
    ...coreDnsWorkloadKinds,
    'ServiceMonitor.monitoring.coreos.com',
    'PodMonitor.monitoring.coreos.com',
  ],
  subjects: ['ConfigMap'],
  references: ['https://coredns.io/plugins/metrics/'],

  check(namespace, report) {
    for (const configMap of namespace.judged('ConfigMap')) {
      // There a proxy beside CoreDNS asks it.
      if (isOfOpenShift(configMap)) continue;
      for (const { corefile, node } of corefilesIn(configMap)) {
        const local = linesNamed(pluginLines(corefile), 'prometheus').find(isLocal);
        if (local === undefined) continue;
        const workload = coreDnsWith(configMap, namespace.of(...coreDnsWorkloadKinds));
        const services = dnsServicesOf(namespace.of('Service'), workload);
        const monitors = namespace.cluster.of(
          'ServiceMonitor.monitoring.coreos.com',
          'PodMonitor.monitoring.coreos.com',
        );
        const port = portOf(local);
        const reader = metricsReaderOf({ workload, services, monitors, port });
        if (reader === undefined) continue;
        const at = local.args[0] ?? local.name;
        report(
          { in: node, range: at.range },
          {
            what: 'CoreDNS serves its metrics on localhost only',
            why: `${local.args.length === 0 ? "Without an address 'prometheus'" : "'prometheus'"} is unreachable from outside of the pod, and ${reader.who} expects metrics on port ${port}.`,
            how: `Write 'prometheus :${port}'.`,
          },
          {
            related: [{ at: reader.node, message: 'Metrics are expected here' }],
            fixes: [listenEverywhere(node, local)],
          },
        );
      }
    }
  },
});

function isLocal({ args: [address] }: Directive): boolean {
  return address === undefined || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]):\d+$/.test(address.text);
}

function portOf({ args: [address] }: Directive): number {
  return Number(/(?<!\d)\d+$/.exec(address?.text ?? '')?.[0] ?? 9153);
}

function listenEverywhere(node: Node, line: Directive): Fix {
  const [address] = line.args;
  const text = `:${portOf(line)}`;
  const end = line.name.range.end;
  const change =
    address === undefined ? { range: { start: end, end }, text: ` ${text}` } : { range: address.range, text };
  const title = `Listen on all addresses (${text})`;
  return fix(title, edits => editCorefile(edits, node, [change]));
}
