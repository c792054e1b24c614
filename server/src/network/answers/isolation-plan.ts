import { clusterDnsKinds } from '../../kube/dns/cluster-dns';
import type { Kind } from '../../kube/kinds';
import type { Labels } from '../../kube/labels';
import type { Manifest } from '../../kube/policies/allow-dns';
import { allowPolicy, namespacePeer, peerOf, ruleOf } from '../../kube/policies/allow-policy';
import { isolationKinds } from '../../kube/policies/isolation';
import type { Direction } from '../../kube/policies/network-policy';
import { nameOf, titleOf } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { type Comment, Commented } from '../../yaml/manifests';
import { callKinds, callsOf } from '../calls/calls';
import { networkKinds } from '../network-kinds';
import type { Network } from '../policies/network';
import type { Pod } from '../policies/pods';
import { ownLabelsOf } from '../references/near-misses';
import { Connections } from '../sets/connections';
import { controllersOf, type Entry, entriesInto, entryKinds } from './entries';
import { exposuresOf } from './exposure';
import { isDenying, isFinal, knownAmong, portItemsOf, reasonAt, type Target } from './known-calls';
import { outsideCallKinds, outsideCallsOf } from './outside-calls';

/** Every kind that decides how a namespace is isolated. */
export const isolateKinds = [
  ...new Set([
    ...networkKinds,
    ...callKinds,
    ...isolationKinds,
    ...clusterDnsKinds,
    ...entryKinds,
    ...outsideCallKinds,
  ]),
] as const satisfies readonly Kind[];

export type IsolateKind = (typeof isolateKinds)[number];

/** Gives each policy a name that none of its namespace has. */
export class Names {
  readonly #taken = new Map<string, Set<string>>();

  constructor(private readonly home: Namespace<IsolateKind>) {}

  free(name: string, namespace: string = this.home.name): string {
    const taken = this.#takenIn(namespace);
    for (let i = 1; ; i++) {
      const candidate = i === 1 ? name : `${name}-${i}`;
      if (taken.has(candidate)) continue;
      taken.add(candidate);
      return candidate;
    }
  }

  #takenIn(namespace: string): Set<string> {
    let taken = this.#taken.get(namespace);
    if (taken === undefined) {
      const homes = [...this.home.cluster.namespaces].filter(({ name }) => name === namespace);
      taken = new Set(homes.flatMap(home => home.of('NetworkPolicy').map(policy => policy.name.text ?? '')));
      this.#taken.set(namespace, taken);
    }
    return taken;
  }
}
/** Peers to let through, by what they need; `everybody` in place of peers. */
interface Opening {
  readonly connections: Connections;
  readonly peers: Map<string, Manifest> | 'everybody';
}

interface Planned {
  readonly pod: Pod;
  readonly labels: Labels;
  readonly openings: Record<Direction, Opening[]>;
  /** What the openings are for, by its words. */
  readonly evidence: Map<string, Comment>;
}

type Peers = 'everybody' | readonly Manifest[];

/** What each pod has to be allowed. */
export class Plan {
  readonly #pods = new Map<string, Planned>();
  readonly #notes = new Map<string, Comment>();
  /** The calls that need an opening in a direction, in words. */
  readonly calls: Record<Direction, Set<string>> = { ingress: new Set(), egress: new Set() };
  /** Rules to be completed by somebody who knows more. */
  readonly examples = new Set<string>();

  constructor(
    readonly namespace: Namespace<IsolateKind>,
    readonly network: Network,
    /** Directions that will be closed. */
    readonly closing: ReadonlySet<Direction>,
  ) {}

  whole(): this {
    this.#addCalls();
    this.#addEntries();
    this.#addControllers();
    if (this.closing.has('egress')) this.#addOutside();
    return this;
  }

  get notes(): readonly Comment[] {
    return [...this.#notes.values()];
  }

  /** Both ends of each call: of pods of the namespace, and of those elsewhere that deny the call already. */
  #addCalls(): void {
    for (const { call, source, targets } of knownAmong(callsOf(this.namespace.cluster), this.network)) {
      const why = { text: `'${nameOf(source.workload)}' calls '${nameOf(call.callee)}'`, at: call.evidence[0]?.at };
      for (const target of targets)
        if (this.#isOwn(source) || this.#isOwn(target.pod)) this.#connect(source, target, why);
    }
  }

  #connect(source: Pod, target: Target, why: Comment): void {
    if (this.#needs('egress', source, target))
      this.#open(source, 'egress', target.connections, this.#peersFor(target.pod, source), why);
    if (this.#needs('ingress', source, target))
      this.#open(target.pod, 'ingress', target.connections, this.#peersFor(source, target.pod), why);
  }

  /** Whoever isolated pods on purpose chose who reads their metrics. */
  #addEntries(): void {
    if (!this.closing.has('ingress') && this.namespace.of('NetworkPolicy').length === 0) return;
    for (const { pod, connections, from, what, at, isMetrics } of entriesInto(this.namespace, this.network)) {
      if (!this.#isShut(pod, connections, isMetrics)) continue;
      const why = { text: `${what} leads to '${nameOf(pod.workload)}'`, at };
      this.#open(pod, 'ingress', connections, this.#peersOf(from, pod), why);
    }
  }

  #peersOf(from: Entry['from'], pod: Pod): Peers {
    if (from === 'anybody') return 'everybody';
    if ('namespace' in from) return [namespacePeer(from.namespace)];
    // A controller is as often found by its namespace as by labels, which differ from release to release.
    return from.flatMap(each =>
      each.namespaceName === pod.namespaceName ? this.#peersFor(each, pod) : [namespacePeer(each.namespaceName)],
    );
  }

  /** Ingress controllers call what the routes lead to. */
  #addControllers(): void {
    const controllers = controllersOf(this.network).filter(pod => !pod.isHostNetwork);
    if (!controllers.some(pod => this.#isOwn(pod)) && this.namespace.cluster.of('NetworkPolicy').length === 0) return;
    for (const { route, backend, pod, connections } of exposuresOf(this.namespace.cluster, this.network)) {
      const why = { text: `${titleOf(route)} leads to '${nameOf(pod.workload)}'`, at: backend };
      for (const controller of controllers) {
        if (!this.#isOwn(controller) && !this.#isOwn(pod)) continue;
        if (pod.isHostNetwork || !this.#needs('egress', controller, { pod, connections })) continue;
        this.#open(controller, 'egress', connections, this.#peersFor(pod, controller), why);
      }
    }
  }

  /** Calls of what no manifest shows, for pods that no policy has singled out. */
  #addOutside(): void {
    for (const pod of this.network.peers.flatMap(({ pods }) => pods)) {
      if (!this.#isOwn(pod) || pod.isHostNetwork) continue;
      if (this.network.policiesSelecting(pod, 'egress').length > 0) continue;
      for (const { what, at, peers, connections, note, example } of outsideCallsOf(pod, this.namespace.cluster)) {
        const text = `'${nameOf(pod.workload)}' ${what}`;
        if (note !== undefined) this.#note({ text: `${text}: ${note}`, at });
        if (example !== undefined) this.examples.add(example);
        if (peers.length > 0) this.#open(pod, 'egress', connections, peers, { text, at });
      }
    }
  }

  policies(names: Names, written: string | undefined): readonly Commented[] {
    const entries = [...this.#pods.values()].sort((a, b) => compare(keyOf(a.pod), keyOf(b.pod)));
    return entries.map(({ pod, labels, openings, evidence }) => {
      const name = names.free(`allow-${pod.workload.name.text ?? 'pods'}`, pod.namespaceName);
      const home = this.#isOwn(pod) ? written : pod.namespaceName;
      const rules = { ingress: rulesFor('ingress', openings.ingress), egress: rulesFor('egress', openings.egress) };
      return new Commented(inShort([...evidence.values()]), allowPolicy(name, home, labels, rules));
    });
  }

  #isOwn(pod: Pod): boolean {
    return pod.namespaceName === (this.namespace.name || 'default');
  }

  /** Whether an end of a call is denied, or will be once the namespace is closed. */
  #needs(end: Direction, source: Pod, target: Target): boolean {
    const reason = reasonAt(this.network, end, source, target);
    if (isFinal(reason) || reason.allowing.length > 0) return false;
    const subject = end === 'egress' ? source : target.pod;
    return isDenying(reason) || (this.closing.has(end) && this.#isOwn(subject));
  }

  /** Whether nobody from outside of the manifests gets through to a pod, or won't any more. */
  #isShut(pod: Pod, connections: Connections, isByChoice: boolean): boolean {
    const reason = this.network.reason(pod, undefined, 'ingress', connections);
    if (isFinal(reason)) return false;
    if (reason.isolating.length === 0) return this.closing.has('ingress') && reason.allowing.length === 0;
    return !isByChoice && this.network.possibleFromAnybody(pod).intersect(connections).isEmpty;
  }

  /** Pods as a peer of others; none where nothing tells them apart from all others of their namespace. */
  #peersFor(pod: Pod, other: Pod): readonly Manifest[] {
    const labels = ownLabelsOf(pod.workload);
    if (labels.size === 0) this.#noteUnlabelled(pod);
    const elsewhere = pod.namespaceName === other.namespaceName ? undefined : pod.namespaceName;
    return labels.size === 0 ? [] : [peerOf(labels, elsewhere)];
  }

  #open(pod: Pod, direction: Direction, connections: Connections, peers: Peers, why: Comment): void {
    this.calls[direction].add(why.text);
    if (peers.length === 0) return;
    const labels = ownLabelsOf(pod.workload);
    if (labels.size === 0) {
      this.#noteUnlabelled(pod);
      return;
    }
    if (!this.#isOwn(pod)) {
      const text = `${why.text}, which policies of namespace '${pod.namespaceName}' deny now: one is added there`;
      this.#note({ ...why, text });
    }
    const planned = this.#planned(pod, labels);
    if (!planned.evidence.has(why.text)) planned.evidence.set(why.text, why);
    const isForAll = peers === 'everybody';
    const openings = planned.openings[direction];
    let opening = openings.find(
      each => each.connections.equals(connections) && (each.peers === 'everybody') === isForAll,
    );
    if (opening === undefined) {
      opening = { connections, peers: isForAll ? 'everybody' : new Map() };
      openings.push(opening);
    }
    if (isForAll || opening.peers === 'everybody') return;
    for (const peer of peers) opening.peers.set(JSON.stringify(peer), peer);
  }

  #planned(pod: Pod, labels: Labels): Planned {
    const known = this.#pods.get(keyOf(pod));
    if (known) return known;
    const planned: Planned = { pod, labels, openings: { ingress: [], egress: [] }, evidence: new Map() };
    this.#pods.set(keyOf(pod), planned);
    return planned;
  }

  #noteUnlabelled({ workload }: Pod): void {
    const text = `the pods of ${titleOf(workload)} have no label to select them by: their calls are cut`;
    this.#note({ text, at: workload.name });
  }

  #note(note: Comment): void {
    if (!this.#notes.has(note.text)) this.#notes.set(note.text, note);
  }
}

/** A policy that is for much says no more than the beginning. */
function inShort(evidence: readonly Comment[]): readonly Comment[] {
  const sorted = [...evidence].sort((a, b) => compare(a.text, b.text));
  if (sorted.length <= mostEvidence) return sorted;
  return [...sorted.slice(0, mostEvidence), { text: `… and ${sorted.length - mostEvidence} more` }];
}

const mostEvidence = 12;

/** A rule for each set of ports; what everybody may do needs no peers of its own. */
function rulesFor(direction: Direction, openings: readonly Opening[]): readonly Manifest[] {
  const public_ = openings.filter(({ peers }) => peers === 'everybody').map(({ connections }) => connections);
  const ofAll = Connections.unionOf(public_);
  const own = openings.flatMap(({ connections, peers }) => {
    if (peers === 'everybody' || ofAll.contains(connections)) return [];
    const sorted = [...peers].sort(([a], [b]) => compare(a, b)).map(([, peer]) => peer);
    return [{ text: connections.toString(), rule: ruleOf(direction, sorted, portItemsOf(connections)) }];
  });
  const rules = own.sort((a, b) => compare(a.text, b.text)).map(({ rule }) => rule);
  return ofAll.isEmpty ? rules : [ruleOf(direction, [], portItemsOf(ofAll)), ...rules];
}

/** Alternatives of one workload are one. */
function keyOf({ workload, namespaceName }: Pod): string {
  return JSON.stringify([namespaceName, workload.name.text ?? '', [...ownLabelsOf(workload)].sort()]);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
