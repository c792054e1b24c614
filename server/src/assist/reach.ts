import type { KnownCall } from '../network/answers/known-calls';
import type { Network } from '../network/policies/network';
import { networkNameOf, type Peer, type Pod } from '../network/policies/pods';
import type { Direction } from '../network/policies/policy';
import { Connections } from '../network/sets/connections';
import { grouped } from '../text/maps';
import { inWords } from '../text/words';
import type { Linked } from './linked';
import { escaped } from './markdown';
import { addressesIn, onPorts } from './ports';

const most = 6;

/** What is asked about a pod: its network, and the calls that the manifests show. */
interface About {
  readonly network: Network;
  readonly pod: Pod;
  readonly calls: readonly KnownCall[];
  readonly linked: Linked;
}

/**
 * Two paragraphs: who may connect to a pod, and what it may connect to. Those that are known to call come first, then
 * the others of its namespace, then numbers.
 */
export function reachOf(network: Network, pod: Pod, calls: readonly KnownCall[], linked: Linked): string[] {
  const about = { network, pod, calls, linked };
  return [sentence(about, 'ingress'), sentence(about, 'egress')];
}

function sentence(about: About, direction: Direction): string {
  const { network, pod, linked } = about;
  const lead = direction === 'ingress' ? 'May be reached by' : 'May reach';
  if (pod.isHostNetwork) return `${lead}: it is on the network of its node, where most CNIs enforce no policy.`;
  const applied = network.policiesSelecting(pod, direction).filter(({ isStated }) => isStated);
  const foreign = network.isForeign(network.classOf(pod), direction);
  const own = network.peerOf(pod.workload);
  const all = network.peers.filter(peer => peer !== own);
  const inReach = all.filter(peer => peer.pods.every(other => networkNameOf(other) === networkNameOf(pod)));
  const doubt = [
    foreign ? ' Policies of another API may change this.' : '',
    inReach.length < all.length ? ' What other networks of OVN-Kubernetes hold is unknown.' : '',
  ].join('');
  const others = inReach.map(peer => metBy(about, peer, direction));
  const known = others.filter(({ called }) => called !== undefined);
  const allowed = others.filter(({ connections }) => !connections.isEmpty);
  if (
    applied.length === 0 &&
    allowed.length === others.length &&
    allowed.every(({ connections }) => connections.isAll)
  ) {
    const users = known.map(({ peer }) => nameOf(peer, linked));
    const word = direction === 'ingress' ? 'Known callers' : 'Known calls';
    const calls = users.length === 0 ? '' : ` ${word}: ${inShort(users)}.`;
    return `**${lead}** anything: no policy ${direction === 'ingress' ? 'isolates it' : 'limits it'}.${calls}${doubt}`;
  }
  const denied = known.filter(({ connections, called }) => called?.intersect(connections).isEmpty);
  const policies = applied.map(({ placed }) => placed.policy.resource);
  const reached = [...neighbours(allowed, own?.namespace, direction, linked), ...outsideOf(about, direction)];
  const cut =
    denied.length === 0 ? '' : ` **Denied though called:** ${inShort(denied.map(({ peer }) => nameOf(peer, linked)))}.`;
  return `**${lead}** ${reached.length === 0 ? 'nothing' : reached.join(', ')}${because(policies, linked)}.${cut}${doubt}`;
}

/** Another end, what the policies allow between the two, and what is known to be called. */
interface Met {
  readonly peer: Peer;
  readonly connections: Connections;
  readonly called: Connections | undefined;
}

function metBy({ network, pod, calls }: About, peer: Peer, direction: Direction): Met {
  const verdicts = peer.pods.map(other =>
    direction === 'ingress' ? network.between(other, pod) : network.between(pod, other),
  );
  const connections = Connections.unionOf(verdicts.map(({ stated }) => stated));
  const workloads = new Set(peer.pods.map(({ workload }) => workload));
  const isPeer = (other: Pod) => workloads.has(other.workload);
  const between = calls.flatMap(({ source, targets }) =>
    direction === 'ingress'
      ? targets.filter(target => target.pod === pod && isPeer(source))
      : targets.filter(target => source === pod && isPeer(target.pod)),
  );
  return {
    peer,
    connections,
    called: between.length > 0 ? Connections.unionOf(between.map(one => one.connections)) : undefined,
  };
}

/** Known callers and callees by name, then those of the namespace, and of the other namespaces how many. */
function neighbours(
  allowed: readonly Met[],
  home: string | undefined,
  direction: Direction,
  linked: Linked,
): readonly string[] {
  const isKnown = ({ called, connections }: Met) => called?.intersect(connections).isEmpty === false;
  const known = allowed.filter(isKnown);
  const near = allowed.filter(one => !isKnown(one) && one.peer.namespace === home);
  const far = allowed.filter(one => !isKnown(one) && one.peer.namespace !== home);
  const named = [
    ...known.map(
      one =>
        `${nameOf(one.peer, linked)} (${direction === 'ingress' ? 'calls it' : 'called'}${onPorts(one.connections, ', ')})`,
    ),
    ...near.map(one => nameOf(one.peer, linked) + onPorts(one.connections, ' (', ')')),
  ];
  const numbers = Array.from(
    grouped(far, ({ peer }) => peer.namespace),
    ([namespace, { length }]) => `${length} in '${escaped(namespace)}'`,
  );
  return [
    ...named.slice(0, Math.max(most, known.length)),
    ...(named.length > Math.max(most, known.length)
      ? [`${named.length - Math.max(most, known.length)} more of its namespace`]
      : []),
    ...(numbers.length > most ? [`${far.length} in ${numbers.length} other namespaces`] : numbers),
  ];
}

function nameOf(peer: Peer, linked: Linked): string {
  const [pod] = peer.pods;
  return pod ? linked(pod.workload) : escaped(peer.id);
}

function outsideOf({ network, pod }: About, direction: Direction): string[] {
  const parts = network.external(pod, direction).stated.filter(({ connections }) => !connections.isEmpty);
  return parts.slice(0, 3).flatMap(({ connections, peers }) => {
    const name = addressesIn(peers);
    return name === undefined ? [] : [name + onPorts(connections, ' (', ')')];
  });
}

function inShort(names: readonly string[]): string {
  const shown = names.slice(0, most);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : inWords(shown);
}

function because(policies: readonly Parameters<Linked>[0][], linked: Linked): string {
  if (policies.length === 0) return '';
  const shown = policies.slice(0, 4).map(linked).join(', ');
  return `, by ${shown}${policies.length > 4 ? ` and ${policies.length - 4} more` : ''}`;
}
