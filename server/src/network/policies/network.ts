import type { Resource } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { add } from '../../text/maps';
import { type NetworkKind, networkKinds } from '../network-kinds';
import type { AddressSet } from '../sets/addresses';
import type { Bits } from '../sets/bits';
import { Connections } from '../sets/connections';
import { type Applied, Chains, type PolicyChain } from './chains';
import { type Algebra, allowedBy, isCertain, type Parts } from './evaluate';
import { addressAlgebra, podAlgebra } from './facets';
import type { PlacedForeignPolicy, PlacedPolicy } from './placed-policies';
import { type Peer, type Pod, peersOf } from './pods';
import type { Direction, PodChoice } from './policy';
import { type Reason, reasonOf } from './reasons';
import { Row } from './row';
import type { ClassId, Selection, Universe } from './universe';
import { Verdict } from './verdict';

const networks = new WeakMap<object, Map<string, Network>>();

/**
 * The network of a cluster: made when somebody first asks, and the same one for as long as the cluster's list of what
 * the model reads is the same object. What it holds of namespaces may be of an older view: compare them by name.
 */
export function networkOf(view: Cluster<NetworkKind>): Network {
  const list = view.of(...networkKinds);
  const assumed = [...view.namespaces].flatMap(({ name, isAssumed }) => (isAssumed ? name : []));
  const doubts = assumed.join();
  const known = networks.get(list) ?? new Map<string, Network>();
  networks.set(list, known);
  const network = known.get(doubts) ?? new Network(view);
  known.set(doubts, network);
  return network;
}

/** What is allowed to or from a pod: going by what is written, at least, at most. */
export interface Reach<S> {
  readonly stated: Parts<S>;
  readonly least: Parts<S>;
  readonly most: Parts<S>;
}

/** Pods that selectors choose. */
export interface Chosen {
  /** Going by what is written. */
  readonly stated: readonly Pod[];
  /** These, and the ones with labels that no manifest tells, or on the host's network. */
  readonly possible: readonly Pod[];
}

interface Rows {
  readonly stated: Row;
  readonly least: Row;
  readonly most: Row;
}

/** Who may talk to whom in a cluster, by its policies. Answers are worked out when asked for, and kept. */
export class Network {
  readonly peers: readonly Peer[];
  readonly universe: Universe;
  readonly #chains: Chains;
  readonly #algebra: Algebra<Bits>;
  readonly #pods: readonly Pod[];
  /** By manifest: a kustomization may put one into several namespaces. */
  readonly #homes = new Map<Resource, { readonly peer: Peer; readonly pod: Pod }[]>();
  readonly #rows = new Map<string, Rows>();
  readonly #rowsOf: Readonly<Record<Direction, Rows[]>> = { ingress: [], egress: [] };
  readonly #external = new Map<string, Reach<AddressSet>>();
  readonly #shared = new Map<string, Connections>();

  constructor(view: Cluster<NetworkKind>) {
    this.peers = peersOf(view);
    for (const peer of this.peers) {
      for (const pod of peer.pods) {
        add(this.#homes, pod.workload, { peer, pod });
      }
    }
    this.#pods = this.peers.flatMap(({ pods }) => pods);
    this.#chains = new Chains(view, this.#pods);
    this.universe = this.#chains.universe;
    this.#algebra = podAlgebra(this.universe);
  }

  /** Every policy the model understands: NetworkPolicies, then the cluster-wide ones in order of priority. */
  get policies(): readonly PlacedPolicy[] {
    return this.#chains.policies;
  }

  /** Policies whose effect is not understood: verdicts about the pods they touch are unknown. */
  get foreignPolicies(): readonly PlacedForeignPolicy[] {
    return this.#chains.foreign;
  }

  /** The pods of a workload, with all that have the same owner. The namespace matters where it is in several. */
  peerOf(workload: Resource, namespace?: string): Peer | undefined {
    return this.#homeOf(workload, namespace)?.peer;
  }

  podOf(workload: Resource, namespace?: string): Pod | undefined {
    return this.#homeOf(workload, namespace)?.pod;
  }

  classOf(pod: Pod): ClassId {
    return this.universe.classOf(pod);
  }

  /** The policies that select a pod, or may select it, for a direction. */
  policiesSelecting(pod: Pod, direction: Direction): readonly Applied[] {
    return this.#chains.applied(this.classOf(pod), direction);
  }

  /** Whether a policy that is not understood may change what is allowed to or from a pod. */
  isForeign(id: ClassId, direction: Direction): boolean {
    return this.#chains.foreignTouching(id, direction).length > 0;
  }

  /** Whether one that is not understood denies by default what it chooses, and may choose a pod. */
  isClosedByForeign(pod: Pod, direction: Direction): boolean {
    return this.#chains
      .foreignTouching(this.classOf(pod), direction)
      .some(({ policy }) => policy.closes.has(direction));
  }

  /** The pods that a policy selects. */
  podsSelectedBy(placed: PlacedPolicy): Chosen {
    return this.#chosen(this.#chains.subjectOf(placed));
  }

  /** The pods that a peer of a rule means, for a policy of that namespace. */
  podsChosenBy(choice: PodChoice, namespace: string): Chosen {
    return this.#chosen(this.universe.select(choice, namespace));
  }

  /** What pods of one owner may send to those of another; policies on both ends are asked. */
  allowed(from: Peer, to: Peer): Verdict {
    const [source, target] = [from.pods[0], to.pods[0]];
    if (source && target && from.pods.length === 1 && to.pods.length === 1) return this.between(source, target);
    return anyOf(from.pods.flatMap(pod => to.pods.map(other => this.between(pod, other))));
  }

  /** Undefined stands for a pod that no manifest describes, such as an ingress controller's. */
  between(from: Pod | undefined, to: Pod | undefined): Verdict {
    return this.betweenClasses(
      from ? this.classOf(from) : this.universe.unknownPod,
      to ? this.classOf(to) : this.universe.unknownPod,
    );
  }

  /** What the policies of a class allow with each class, going by what is written. Equal values are one object. */
  statedRow(id: ClassId, direction: Direction): Row {
    return this.#rowsFor(id, direction).stated;
  }

  betweenClasses(from: ClassId, to: ClassId): Verdict {
    const verdict = this.#half(from, to, 'egress').and(this.#half(to, from, 'ingress'));
    return this.areApart(from, to) ? new Verdict(verdict.stated, Connections.none, verdict.possible) : verdict;
  }

  /** Whether pods may be in networks between which nothing passes, whatever the policies say. */
  areApart(from: ClassId, to: ClassId): boolean {
    return this.#chains.networkOf(from) !== this.#chains.networkOf(to);
  }

  /** All that somebody who is in no manifest may be allowed to send to a pod: a controller, a load balancer, anyone. */
  possibleFromAnybody(to: Pod): Connections {
    const outside = this.external(to, 'ingress').most.map(({ connections }) => connections);
    return Connections.unionOf([this.between(undefined, to).possible, ...outside]);
  }

  /** What is allowed to or from addresses outside of the cluster. */
  external(pod: Pod, direction: Direction): Reach<AddressSet> {
    return this.externalOf(this.classOf(pod), direction);
  }

  externalOf(id: ClassId, direction: Direction): Reach<AddressSet> {
    const key = `${direction}:${this.isForeign(id, direction)}:${this.#chains.keyOf(id, direction)}`;
    let reach = this.#external.get(key);
    if (reach === undefined) {
      reach = this.#reach(id, direction, this.#chains.addressChain(id, direction), addressAlgebra);
      this.#external.set(key, reach);
    }
    return reach;
  }

  /** Why one direction of a connection is as it is: of the sending pod's egress, or the receiving pod's ingress. */
  reason(subject: Pod, other: Pod | undefined, direction: Direction, connections: Connections): Reason {
    const id = this.classOf(subject);
    const otherId = other ? this.classOf(other) : this.universe.unknownPod;
    const foreign = this.#chains.foreignTouching(id, direction);
    return reasonOf(this.#chains.podChain(id, direction), peers => peers.has(otherId), connections, foreign);
  }

  /** What the policies of one end allow with a class of pods. */
  #half(subject: ClassId, other: ClassId, direction: Direction): Verdict {
    const { stated, least, most } = this.#rowsFor(subject, direction);
    return new Verdict(stated.at(other), least.at(other), most.at(other));
  }

  #rowsFor(id: ClassId, direction: Direction): Rows {
    const known = this.#rowsOf[direction][id];
    if (known !== undefined) return known;
    const key = `${direction}:${this.isForeign(id, direction)}:${this.#chains.keyOf(id, direction)}`;
    let rows = this.#rows.get(key);
    if (rows === undefined) {
      const reach = this.#reach(id, direction, this.#chains.podChain(id, direction), this.#algebra);
      const stated = this.#byClass(reach.stated);
      rows = {
        stated,
        least: reach.least === reach.stated ? stated : this.#byClass(reach.least),
        most: reach.most === reach.stated ? stated : this.#byClass(reach.most),
      };
      this.#rows.set(key, rows);
    }
    this.#rowsOf[direction][id] = rows;
    return rows;
  }

  #reach<S>(id: ClassId, direction: Direction, chain: PolicyChain<S>, algebra: Algebra<S>): Reach<S> {
    const stated = allowedBy(chain, 'stated', algebra);
    if (this.isForeign(id, direction)) {
      const peers = algebra.everything;
      return {
        stated,
        least: [{ connections: Connections.none, peers }],
        most: [{ connections: Connections.all, peers }],
      };
    }
    if (isCertain(chain, algebra)) return { stated, least: stated, most: stated };
    return { stated, least: allowedBy(chain, 'least', algebra), most: allowedBy(chain, 'most', algebra) };
  }

  #byClass(parts: Parts<Bits>): Row {
    return new Row(parts, this.universe.size, this.#shared);
  }

  #homeOf(workload: Resource, namespace: string | undefined) {
    return this.#homes.get(workload)?.find(({ pod }) => namespace === undefined || pod.namespaceName === namespace);
  }

  #chosen({ stated, doubt }: Selection): Chosen {
    const possible = stated.or(doubt);
    return {
      stated: this.#pods.filter(pod => stated.has(this.classOf(pod))),
      possible: this.#pods.filter(pod => possible.has(this.classOf(pod))),
    };
  }
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.length === 0 ? Verdict.all : verdicts.reduce((sum, verdict) => sum.orElse(verdict));
}
