import { isWorkload, type Workload } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import { type Cell, EndTable, unknown } from '../network/answers/end-table';
import { type Network, networkOf } from '../network/policies/network';
import type { Pod } from '../network/policies/pods';
import { type Direction, isolates, isSound, type Rule } from '../network/policies/policy';
import { memo } from '../text/maps';
import { inWords } from '../text/words';
import type { ClusterView } from '../workspace/cluster-view';
import { placedOf, type Selection, selectionsOf, selectorAt } from './selections';

/**
 * What an object comes to, in a few words: of a policy whom it isolates and lets in, of a workload by how many others it
 * is reached, and how many it reaches. Nothing where that can't be told, or where no policy has anything to say.
 */
export function sumOf(resource: Resource, view: ClusterView): string | undefined {
  const parts = isWorkload(resource) ? sumOfWorkload(resource, view) : sumOfPolicy(resource, view);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Made once for a network: what is asked of it here are pods and policies alone, which are all the network's. */
const tableOf = memo((view: ClusterView) => new EndTable(view, networkOf(view)), networkOf);

function sumOfWorkload(workload: Workload, view: ClusterView): readonly string[] {
  const network = networkOf(view);
  const pod = network.podOf(workload);
  if (pod === undefined || pod.isHostNetwork || network.policies.length === 0) return [];
  const table = tableOf(view);
  const end = table.endOf(pod);
  if (end === undefined) return [];
  const parts = (['ingress', 'egress'] as const).map(direction => {
    const reached = reachedBy(end, direction, table);
    if (reached === undefined) return [];
    const lead = direction === 'ingress' ? 'reached from' : 'reaches';
    if (reached === table.ends.length - 1 && isFree(network, pod, direction)) return [`${lead} anything`];
    const parts = [...(reached > 0 ? [`${reached}`] : []), ...beyondPods(network, pod, direction, view)];
    return [`${lead} ${parts.length === 0 ? 'none' : inWords(parts)}`];
  });
  return parts.flat();
}

/** Whom the policies of pods let through besides pods that manifests show. */
function beyondPods(network: Network, pod: Pod, direction: Direction, view: ClusterView): readonly string[] {
  const words = network.policiesSelecting(pod, direction).flatMap(({ placed, rules, isStated }) => {
    const selections = selectionsOf(placed.policy.resource, view);
    const allowing = isStated ? rules.filter(({ action }) => action === 'allow') : [];
    return beyond(allowing, { network, namespace: placed.namespace, selections });
  });
  return ['addresses', 'others'].filter(word => words.includes(word));
}

const isFree = (network: Network, pod: Pod, direction: Direction) =>
  network.policiesSelecting(pod, direction).every(({ isStated }) => !isStated);

/** With how many others something is allowed; undefined where a policy is in the way that is not understood. */
function reachedBy(end: Cell, direction: Direction, table: EndTable): number | undefined {
  if (end.isForeign[direction]) return undefined;
  let count = 0;
  for (const other of table.ends) {
    if (other === end) continue;
    const allowed = direction === 'ingress' ? table.between(other, end) : table.between(end, other);
    if (allowed !== unknown && !allowed.isEmpty) count++;
  }
  return count;
}

function sumOfPolicy(resource: Resource, view: ClusterView): readonly string[] {
  const network = networkOf(view);
  const placed = placedOf(network, resource);
  if (placed === undefined || !placed.isStated || !isSound(placed.policy)) return [];
  const { policy, namespace } = placed;
  const selected = ownersOf(network, network.podsSelectedBy(placed).stated);
  // A policy whose pods are elsewhere, or still to be written, isolates nobody that anyone knows.
  if (selected === 0) return [];
  if (policy.tier !== 'namespace') return [`applies to ${selected}`];
  const isolated = isolates(policy);
  const about = { network, namespace, selections: selectionsOf(resource, view) };
  const letsOut = isolated.egress ? [`out ${outTo(policy.egress ?? [], about)}`] : [];
  if (!isolated.ingress) return [`isolates ${selected}`, ...letsOut.map(text => `lets ${text}`)];
  return [`isolates ${selected}`, `lets in ${inFrom(policy.ingress ?? [], about)}`, ...letsOut];
}

interface About {
  readonly network: Network;
  readonly namespace: string;
  readonly selections: readonly Selection[];
}

function inFrom(rules: readonly Rule[], about: About): string {
  if (rules.some(({ peers }) => peers.isEveryone)) return 'everybody';
  const whom = peersIn(rules, about);
  return whom === '' ? 'nobody' : whom;
}

function outTo(rules: readonly Rule[], about: About): string {
  const open = rules.filter(({ peers }) => peers.isEveryone);
  if (open.some(({ ports }) => ports.numbered.isAll)) return 'to everywhere';
  if (open.length > 0) return 'on some ports';
  const whom = peersIn(rules, about);
  return whom === '' ? 'nothing' : `to ${whom}`;
}

/** How many pods' owners some rules mean; and whether addresses, or others that no manifest shows. */
function peersIn(rules: readonly Rule[], about: About): string {
  const { network, namespace } = about;
  const choices = rules.flatMap(({ peers }) => peers.pods);
  const pods = ownersOf(
    network,
    choices.flatMap(choice => network.podsChosenBy(choice, namespace).stated),
  );
  return inWords([...(pods > 0 ? [`${pods}`] : []), ...beyond(rules, about)]);
}

/** `addresses`, and `others`: pods that no manifest shows, nodes, names. */
function beyond(rules: readonly Rule[], { network, namespace, selections }: About): readonly string[] {
  const choices = rules.flatMap(({ peers }) => peers.pods);
  const mayMeanOthers = choices.some(choice => {
    const { length } = network.podsChosenBy(choice, namespace).stated;
    return length === 0 && selections.find(({ at }) => at === selectorAt(choice.node))?.mayBeMore() !== false;
  });
  const hasOthers = mayMeanOthers || rules.some(({ peers }) => peers.hasNodes || peers.hasDomainNames);
  const hasAddresses = rules.some(({ peers }) => peers.addresses.length > 0);
  return [...(hasAddresses ? ['addresses'] : []), ...(hasOthers ? ['others'] : [])];
}

/** Pods of one owner count once, as in the answers of `connectivity`. */
function ownersOf(network: Network, pods: readonly Pod[]): number {
  return new Set(pods.map(({ workload, namespaceName }) => network.peerOf(workload, namespaceName)?.id)).size;
}
