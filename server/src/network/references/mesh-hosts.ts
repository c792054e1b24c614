import { meshHostOf } from '../../kube/pods/mesh';
import type { Cluster } from '../../kube/view';
import { add } from '../../text/maps';
import type { Node } from '../../yaml/node';

/** `namespace/service` of a host as the resource that names it means it; undefined where it names something else. */
export function hostKeyOf(host: string, user: { readonly name: string }): string | undefined {
  const meant = meshHostOf(host);
  return meant && `${meant.namespace ?? user.name}/${meant.service}`;
}

/** The subsets of each host, by the DestinationRules of a cluster. */
export function subsetsByHost(
  cluster: Cluster<'DestinationRule.networking.istio.io'>,
): ReadonlyMap<string, readonly Node[]> {
  const byHost = new Map<string, Node[]>();
  for (const rule of cluster.of('DestinationRule.networking.istio.io')) {
    const key = hostKeyOf(rule.at('spec', 'host').string ?? '', cluster.namespaceOf(rule));
    if (key !== undefined) add(byHost, key, ...rule.at('spec', 'subsets').items());
  }
  return byHost;
}
