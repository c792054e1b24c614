import { isClusterName } from '../../../kube/dns/resolver';
import type { Workload } from '../../../kube/pods/workload';
import type { Cluster } from '../../../kube/view';
import type { Place, Related } from '../../../lint/rule';
import { type CallKind, callsOfCaller } from '../../../network/calls/calls';
import { isInComment, type Mention, mentionsOf } from '../../../network/calls/evidence';
import type { Node } from '../../../yaml/node';
import type { Place as ValuePlace } from '../../../yaml/replace';

/** Every host that a workload is configured with, read from its own fields and the ConfigMaps of its namespace. */
export function hostsOf(workload: Workload, cluster: Cluster<'ConfigMap'>): readonly Mention[] {
  const configMaps = cluster.namespaceOf(workload).of('ConfigMap');
  const named = (name: string) => configMaps.filter(configMap => configMap.name.string === name);
  return mentionsOf(workload, named).filter(({ place }) => !isInComment(place));
}

/** The places where a workload names something of the cluster: a Service of these files, or a name that ends in .svc. */
export function clusterNamesOf(workload: Workload, cluster: Cluster<CallKind>): readonly ValuePlace[] {
  const calls = callsOfCaller(cluster, workload);
  const written = hostsOf(workload, cluster).filter(({ host }) => isClusterName(host));
  const places = [
    ...written.map(({ place }) => place),
    ...calls.flatMap(({ evidence }) => evidence.map(({ at }) => at)),
  ];
  const seen = new Map<Node, Set<number>>();
  return places.filter(({ in: node, range }) => {
    const starts = seen.get(node) ?? new Set();
    seen.set(node, starts);
    return starts.size < starts.add(range.start).size;
  });
}

export function related(places: readonly Place[], message: string): readonly Related[] {
  return places.slice(0, 5).map(at => ({ at, message }));
}
