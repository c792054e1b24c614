import { hbonePort, isAmbient } from '../../kube/pods/mesh';
import type { Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import type { Node } from '../../yaml/node';
import type { NetworkKind } from '../network-kinds';
import { type Network, networkOf } from '../policies/network';
import type { PlacedPolicy } from '../policies/placed-policies';
import type { Pod } from '../policies/pods';
import { type Direction, directions, type Rule } from '../policies/policy';
import { Connections } from '../sets/connections';

/** A rule of a NetworkPolicy that lets pods of an ambient mesh connect, but not on the port that ztunnel uses for it. */
export interface CutRule {
  readonly policy: Resource;
  readonly direction: Direction;
  /** The `ports` of the rule. */
  readonly ports: Node;
  readonly subject: Pod;
  readonly other: Pod;
}

const hbone = Connections.onPort('TCP', hbonePort);

/** Between two pods of the mesh only the port of ztunnel is used on the wire: a rule for the port of the application lets nothing through. */
export function cutRulesIn(view: Cluster<NetworkKind>): readonly CutRule[] {
  if (![...view.namespaces].some(({ labels }) => labels.get('istio.io/dataplane-mode') === 'ambient')) return [];
  const network = networkOf(view);
  const labels = new Map([...view.namespaces].map(namespace => [namespace.name || 'default', namespace.labels]));
  const isMeshed = ({ workload, namespaceName, namespace }: Pod) =>
    isAmbient(workload, labels.get(namespaceName) ?? namespace.labels);
  const meshed = network.peers.flatMap(({ pods }) => pods).filter(isMeshed);
  return network.policies.flatMap(placed =>
    placed.policy.tier === 'namespace' && !placed.isDoubtful
      ? directions.flatMap(direction => cutIn(placed, direction, network, meshed))
      : [],
  );
}

function cutIn(placed: PlacedPolicy, direction: Direction, network: Network, meshed: readonly Pod[]): CutRule[] {
  const rules = (placed.policy[direction] ?? []).filter(limitsPorts);
  if (rules.length === 0) return [];
  const all = new Set(meshed);
  const subjects = oneOfEach(
    network.podsSelectedBy(placed).stated.filter(pod => all.has(pod)),
    network,
  );
  return rules.flatMap(rule => {
    const chosen = rule.peers.isEveryone
      ? meshed
      : rule.peers.pods.flatMap(choice =>
          network.podsChosenBy(choice, placed.namespace).stated.filter(pod => all.has(pod)),
        );
    const others = oneOfEach(chosen, network);
    for (const subject of subjects) {
      for (const other of others) {
        if (!isCut(subject, other, direction, network)) continue;
        return [{ policy: placed.policy.resource, direction, ports: rule.node.at('ports'), subject, other }];
      }
    }
    return [];
  });
}

/** Whether a rule lists TCP ports, and not that of ztunnel. */
function limitsPorts({ ports: { numbered, named }, action }: Rule): boolean {
  const listsTcp = numbered.ports('TCP').length > 0 || named.some(({ protocol }) => protocol === 'TCP');
  return action === 'allow' && listsTcp && !numbered.contains(hbone);
}

function isCut(subject: Pod, other: Pod, direction: Direction, network: Network): boolean {
  if (subject.workload === other.workload || network.isForeign(network.classOf(subject), direction)) return false;
  if (network.statedRow(network.classOf(subject), direction).at(network.classOf(other)).contains(hbone)) return false;
  const verdict = direction === 'ingress' ? network.between(other, subject) : network.between(subject, other);
  return verdict.of(hbone) === 'denied';
}

/** Pods of one class are treated alike. */
function oneOfEach(pods: readonly Pod[], network: Network): readonly Pod[] {
  return [...new Map(pods.map(pod => [network.classOf(pod), pod])).values()].slice(0, 64);
}
