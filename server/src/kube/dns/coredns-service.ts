import { equalitySelectorOf } from '../labels';
import { podLabelsOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import type { Service } from '../services/service';

/** The Services of a namespace through which a cluster's DNS is reached: those that select its pods, or bear its name. */
export function dnsServicesOf(services: readonly Service[], workload: Workload | undefined): readonly Service[] {
  return services.filter(service => {
    const selector = equalitySelectorOf(service.at('spec', 'selector'));
    if (workload !== undefined && !selector.isEmpty) return selector.matches(podLabelsOf(workload));
    return workload === undefined && /^(?:kube-dns|coredns)$/.test(service.name.string ?? '');
  });
}

/** The cluster IPs of a Service, as written. */
export function clusterIpsOf(service: Resource): readonly string[] {
  const spec = service.at('spec');
  const all = [spec.at('clusterIP'), ...spec.at('clusterIPs').items()].flatMap(node => node.string ?? []);
  return [...new Set(all)].filter(address => address !== '' && address !== 'None');
}
