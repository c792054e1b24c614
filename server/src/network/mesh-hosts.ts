import { meshHostOf } from '../kube/istio';
import type { Resource } from '../kube/resource';
import type { Service } from '../kube/service';
import type { Node } from '../yaml/node';

/** What is asked of a cluster to tell which Service an Istio resource means. */
export interface MeshCluster {
  readonly namespaces: Iterable<{ readonly name: string; of(kind: 'Service'): readonly Resource[] }>;
  of(kind: 'DestinationRule.networking.istio.io'): readonly Resource[];
  namespaceOf(resource: Resource): { readonly name: string };
}

/** `namespace/service` of a host as the resource that names it means it; undefined where it names something else. */
export function hostKeyOf(host: string, user: { readonly name: string }): string | undefined {
  const meant = meshHostOf(host);
  return meant && `${meant.namespace ?? user.name}/${meant.service}`;
}

/** The subsets of each host, by the DestinationRules of a cluster. */
export function subsetsByHost(cluster: MeshCluster): ReadonlyMap<string, readonly Node[]> {
  const byHost = new Map<string, Node[]>();
  for (const rule of cluster.of('DestinationRule.networking.istio.io')) {
    const key = hostKeyOf(rule.at('spec', 'host').string ?? '', cluster.namespaceOf(rule));
    if (key === undefined) continue;
    const subsets = rule.at('spec', 'subsets').items();
    const list = byHost.get(key);
    if (list) list.push(...subsets);
    else byHost.set(key, [...subsets]);
  }
  return byHost;
}

/** The Services of a cluster by `namespace/name`; more than one where files hold alternatives. */
export function servicesByHost(cluster: MeshCluster): ReadonlyMap<string, readonly Service[]> {
  const byHost = new Map<string, Service[]>();
  for (const namespace of cluster.namespaces) {
    for (const service of namespace.of('Service')) {
      if (!service.is('Service')) continue;
      const key = `${namespace.name}/${service.name.text ?? ''}`;
      const list = byHost.get(key);
      if (list) list.push(service);
      else byHost.set(key, [service]);
    }
  }
  return byHost;
}
