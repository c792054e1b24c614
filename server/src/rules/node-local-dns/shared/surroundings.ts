import { clusterZonesOf, kubernetesOf } from '../../../corefile/kubernetes';
import { areSameZone } from '../../../corefile/zone';
import { clusterDnsDeployments } from '../../../kube/dns/coredns-deployment';
import { clusterIpsOf, dnsServicesOf } from '../../../kube/dns/coredns-service';
import { corefilesIn, roleOf } from '../../../kube/dns/corefiles';
import { type ProxyMode, proxyModeKinds, proxyModesIn } from '../../../kube/nodes/kube-proxy';
import type { Workload } from '../../../kube/pods/workload';
import type { Cluster } from '../../../kube/view';
import { readBlocks } from '../../coredns/shared/corefile-rule';

/** Kinds that tell what a NodeLocal DNSCache must fit to. */
export const surroundingKinds = [...proxyModeKinds, 'Service'] as const;

type Kinds = (typeof surroundingKinds)[number];

/** The modes of kube-proxy that the scope shows. */
export function proxyModes(cluster: Cluster<(typeof proxyModeKinds)[number]>): readonly ProxyMode[] {
  return cluster.of(...proxyModeKinds).flatMap(proxyModesIn);
}

/** Whether kube-proxy itself holds the addresses of Services, so that no one else may listen on them. */
export function ownsServiceAddresses(modes: readonly ProxyMode[]): boolean {
  return modes.length > 0 && modes.every(({ value }) => value === 'ipvs' || value === 'nftables');
}

/** The Deployment of the cluster's DNS, where one is at hand. */
export function dnsDeployment(cluster: Cluster<Kinds>): Workload | undefined {
  for (const namespace of cluster.namespaces) {
    const [deployment] = clusterDnsDeployments(namespace);
    if (deployment) return deployment;
  }
  return undefined;
}

/** The addresses that pods ask without NodeLocal DNSCache: those of the DNS Service, where they are written. */
export function dnsAddresses(cluster: Cluster<Kinds>): readonly string[] {
  return [...cluster.namespaces].flatMap(namespace => {
    const [deployment] = clusterDnsDeployments(namespace);
    const services = dnsServicesOf(namespace.of('Service'), deployment);
    return services.filter(service => service.name.string !== 'kube-dns-upstream').flatMap(clusterIpsOf);
  });
}

/** The cluster's domain: as its Corefile says, else the one that nearly all have. */
export function clusterDomain(cluster: Cluster<Kinds>): string {
  for (const configMap of cluster.of('ConfigMap')) {
    if (roleOf(configMap) !== 'cluster') continue;
    for (const { corefile } of corefilesIn(configMap)) {
      for (const { block, lines } of readBlocks(corefile)) {
        const line = lines.find(({ name }) => name.text === 'kubernetes');
        const zones = line === undefined ? [] : clusterZonesOf(kubernetesOf(line, corefile), block);
        const zone = zones.find(candidate => !areSameZone(candidate, '.') && /^[\w.-]+$/.test(candidate));
        if (zone !== undefined) return zone.replace(/\.$/, '');
      }
    }
  }
  return 'cluster.local';
}
