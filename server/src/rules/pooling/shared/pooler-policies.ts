import { clusterDnsKinds, clusterDnsOf } from '../../../kube/dns/cluster-dns';
import { type Labels, selectorOf } from '../../../kube/labels';
import { podLabelsOf, type Workload } from '../../../kube/pods/workload';
import { dnsRule, type Manifest } from '../../../kube/policies/allow-dns';
import { allowPolicy, type PortItem, peerOf, ruleOf } from '../../../kube/policies/allow-policy';
import { isolationKinds, isolationOf } from '../../../kube/policies/isolation';
import { type Direction, directions, isolatedDirections } from '../../../kube/policies/network-policy';
import { servicePortsOf } from '../../../kube/services/service';
import type { Cluster } from '../../../kube/view';
import { podPortsOf } from '../../../network/calls/services';
import {
  type Database,
  type DatabaseKind,
  type DirectClient,
  databaseKinds,
} from '../../../network/databases/databases';
import { ownLabelsOf } from '../../../network/references/near-misses';

/** Kinds that tell whom a new pooler could reach. */
export const poolerKinds = [...databaseKinds, ...isolationKinds, ...clusterDnsKinds] as const;

export type PoolerCluster = Cluster<DatabaseKind | (typeof poolerKinds)[number]>;

const poolerPort: PortItem = { protocol: 'TCP', port: 5432 };

/**
 * The policies without which a pooler between clients and their database would be cut off. Undefined where it can't be
 * told: among policies of other APIs, and between namespaces of which one is isolated.
 */
export function policiesFor(
  clients: readonly DirectClient[],
  database: Database,
  name: string,
  labels: Labels,
  cluster: PoolerCluster,
): readonly Manifest[] | undefined {
  const workloads = [...new Map(clients.map(({ workload }) => [workload.name.text, workload])).values()];
  const home = cluster.namespaceOf(database.object);
  const homes = new Set([home, ...workloads.map(workload => cluster.namespaceOf(workload))]);
  const isolations = [...homes].flatMap(each => directions.map(way => isolationOf(each, way)));
  const isClear = isolations.every(
    one => one.state === 'open' || (one.state === 'isolated' && one.by.is('NetworkPolicy')),
  );
  const isApart = homes.size > 1 && isolations.some(({ state }) => state === 'isolated');
  const [server] = database.workloads;
  if (!isClear || isApart || server === undefined) return undefined;

  const ports = (database.object.is('Service') ? servicePortsOf(database.object) : [])
    .flatMap(port => podPortsOf(port, server))
    .map((port): PortItem => ({ protocol: 'TCP', port }));
  const policies = home.of('NetworkPolicy');
  const isCut = (pods: Labels, way: Direction) =>
    policies.some(
      policy =>
        selectorOf(policy.at('spec', 'podSelector')).matches(pods) && isolatedDirections(policy)?.has(way) === true,
    );
  const peer = (pods: Labels) => peerOf(pods, undefined);
  const own = (pods: Workload) => ownLabelsOf(pods);
  const callers = workloads.map(workload => peer(own(workload)));
  const allow = (from: string, pods: Labels, ingress: readonly Manifest[], egress: readonly Manifest[]) =>
    ingress.length + egress.length > 0
      ? [allowPolicy(`allow-${from}`, database.object.writtenNamespace, pods, { ingress, egress })]
      : [];
  return [
    ...allow(
      name,
      labels,
      isCut(labels, 'ingress') ? [ruleOf('ingress', callers, [poolerPort])] : [],
      isCut(labels, 'egress') ? [ruleOf('egress', [peer(own(server))], ports), dnsRule(clusterDnsOf(cluster))] : [],
    ),
    ...allow(
      `${name}-to-${database.host}`,
      own(server),
      isCut(podLabelsOf(server), 'ingress') ? [ruleOf('ingress', [peer(labels)], ports)] : [],
      [],
    ),
    ...workloads.flatMap(workload =>
      allow(
        `${workload.name.text}-to-${name}`,
        own(workload),
        [],
        isCut(podLabelsOf(workload), 'egress') ? [ruleOf('egress', [peer(labels)], [poolerPort])] : [],
      ),
    ),
  ];
}
