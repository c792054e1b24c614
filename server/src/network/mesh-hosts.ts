import { meshHostOf } from '../kube/istio';
import type { Service } from '../kube/service';
import type { Cluster } from '../kube/view';
import type { Node } from '../yaml/node';

type MeshKind = 'DestinationRule.networking.istio.io' | 'Service';

/** `namespace/service` of a host as the resource that names it means it; undefined where it names something else. */
export function hostKeyOf(host: string, user: { readonly name: string }): string | undefined {
  const meant = meshHostOf(host);
  return meant && `${meant.namespace ?? user.name}/${meant.service}`;
}

/** The subsets of each host, by the DestinationRules of a cluster. */
export function subsetsByHost(cluster: Cluster<MeshKind>): ReadonlyMap<string, readonly Node[]> {
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
export function servicesByHost(cluster: Cluster<MeshKind>): ReadonlyMap<string, readonly Service[]> {
  const byHost = new Map<string, Service[]>();
  for (const namespace of cluster.namespaces) {
    for (const service of namespace.of('Service')) {
      const key = `${namespace.name}/${service.name.text ?? ''}`;
      const list = byHost.get(key);
      if (list) list.push(service);
      else byHost.set(key, [service]);
    }
  }
  return byHost;
}
