import { controllersRunBy } from '../../kube/controllers/running';
import { clusterDnsKinds } from '../../kube/dns/cluster-dns';
import type { Kind } from '../../kube/kinds';
import { isHostNetwork, podLabelsOf, workloadKinds } from '../../kube/pods/workload';
import { allowDns, defaultDeny, type Manifest } from '../../kube/policies/allow-dns';
import { allowPolicy, namespacePeer, peerOf, ruleOf } from '../../kube/policies/allow-policy';
import { isolationKinds, isolationOf } from '../../kube/policies/isolation';
import { type Direction, directions, isolatedDirections, selectsByDefault } from '../../kube/policies/network-policy';
import type { Resource } from '../../kube/resource';
import { servicePortsOf } from '../../kube/services/service';
import type { Namespace } from '../../kube/view';
import { callKinds, callsOf } from '../calls/calls';
import { servicesOf } from '../calls/services';
import { networkKinds } from '../network-kinds';
import { type Network, networkOf } from '../policies/network';
import type { Pod } from '../policies/pods';
import { networkPolicyOf } from '../policies/read-network-policy';
import { ownLabelsOf } from '../references/near-misses';
import { Connections } from '../sets/connections';
import { DnsView, wholeDns } from './dns-reach';
import { exposuresOf, portsOn } from './exposure';
import { isDenying, isFinal, knownAmong, portItemsOf, reasonAt, type Target } from './known-calls';

/** Every kind that decides how a namespace is isolated. */
export const isolateKinds = [
  ...new Set([...networkKinds, ...callKinds, ...isolationKinds, ...clusterDnsKinds]),
] as const satisfies readonly Kind[];

type IsolateKind = (typeof isolateKinds)[number];

/**
 * The policies that isolate a namespace and keep the calls that its manifests show: a default deny for the directions
 * that are open, DNS, and a policy for each workload that calls or is called, is behind an Ingress or Gateway route, or
 * takes connections from outside. None where nothing is missing, so that applying them twice changes nothing.
 */
export function isolatingPolicies(namespace: Namespace<IsolateKind>): readonly Manifest[] {
  const network = networkOf(namespace.cluster);
  const open = directions.filter(direction => isolationOf(namespace, direction).state === 'open');
  const isDnsNeeded = needsDns(namespace, open);
  // A policy that allows DNS to every pod isolates every pod for egress by itself.
  const plan = new Plan(namespace, network, new Set(isDnsNeeded ? [...open, 'egress'] : open));
  plan.addCalls();
  plan.addExposures();
  plan.addServices();
  const names = new Names(namespace);
  const deny = open.length === 2 ? 'default-deny' : `default-deny-${open[0]}`;
  return [
    ...(open.length > 0 ? [defaultDeny(names.free(deny), writtenName(namespace), open)] : []),
    ...(isDnsNeeded
      ? [allowDns(names.free('allow-dns-egress'), writtenName(namespace), new DnsView(namespace).dns)]
      : []),
    ...plan.policies(names),
  ];
}

/** Undefined where nobody writes it: what sets the namespace of the neighbours sets that of the policies. */
function writtenName(namespace: Namespace<IsolateKind>): string | undefined {
  const isWritten = namespace
    .of('Namespace', ...workloadKinds)
    .some(({ kind, namespace: name }) => kind === 'Namespace' || name !== undefined);
  return isWritten ? namespace.name : undefined;
}

/** Whether some pod, or one that is still to come, would be isolated for egress without DNS. */
function needsDns(namespace: Namespace<IsolateKind>, open: readonly Direction[]): boolean {
  const view = new DnsView(namespace);
  const isolating = namespace.of('NetworkPolicy').filter(policy => isolatedDirections(policy)?.has('egress') === true);
  const isServed = (policies: readonly Resource[]) => {
    const { pods, caches } = view.reachOf(policies);
    return pods.contains(wholeDns) && (view.dns.nodeLocal.length === 0 || caches.contains(wholeDns));
  };
  const general = isolating.filter(policy => selectsByDefault(policy.at('spec', 'podSelector')) === true);
  if (general.length > 0 || open.includes('egress')) return !isServed(general);
  const workloads = namespace.of(...workloadKinds).filter(workload => !isHostNetwork(workload));
  return workloads.some(workload => {
    const labels = podLabelsOf(workload);
    const own = isolating.filter(policy => networkPolicyOf(policy).subject?.pods.matches(labels) === true);
    return own.length > 0 && !isServed(own);
  });
}

/** Gives each policy a name that none of its namespace has. */
class Names {
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

/** What each pod has to be allowed. */
class Plan {
  readonly #pods = new Map<string, { readonly pod: Pod; readonly openings: Record<Direction, Opening[]> }>();

  constructor(
    readonly namespace: Namespace<IsolateKind>,
    readonly network: Network,
    /** Directions that will be closed. */
    readonly closing: ReadonlySet<Direction>,
  ) {}

  /** Both ends of each call: of pods of the namespace, and of those elsewhere that deny the call already. */
  addCalls(): void {
    for (const { source, targets } of knownAmong(callsOf(this.namespace.cluster), this.network)) {
      for (const target of targets) {
        if (!this.#isOwn(source) && !this.#isOwn(target.pod)) continue;
        if (this.#needs('egress', source, target)) this.#open(source, 'egress', target.connections, target.pod);
        if (this.#needs('ingress', source, target)) this.#open(target.pod, 'ingress', target.connections, source);
      }
    }
  }

  /** Pods behind routes are open to the controllers that are among the manifests, else to everybody. */
  addExposures(): void {
    if (!this.#mayClose('ingress')) return;
    const controllers = this.network.peers
      .flatMap(({ pods }) => pods)
      .filter(({ workload }) => controllersRunBy(workload).length > 0);
    for (const { route, pod, connections } of exposuresOf(this.namespace.cluster, this.network)) {
      if (!this.#isOwn(pod) || pod.isHostNetwork || !this.#isShut(pod, connections)) continue;
      const isKnown =
        route.kind === 'Ingress' && controllers.length > 0 && controllers.every(each => !each.isHostNetwork);
      if (!isKnown) this.#open(pod, 'ingress', connections, undefined);
      else for (const controller of controllers) this.#open(pod, 'ingress', connections, controller, 'namespace');
    }
  }

  /** Load balancers and node ports bring connections from anywhere. */
  addServices(): void {
    if (!this.#mayClose('ingress')) return;
    const services = servicesOf(this.namespace);
    for (const service of services.all) {
      const type = service.at('spec', 'type').string;
      if (type !== 'LoadBalancer' && type !== 'NodePort') continue;
      for (const workload of services.workloadsOf(service)) {
        const pod = this.network.podOf(workload, this.namespace.name);
        const connections = pod
          ? Connections.unionOf(servicePortsOf(service).map(port => portsOn(pod, port)))
          : Connections.none;
        if (pod === undefined || pod.isHostNetwork || connections.isEmpty) continue;
        if (this.#isShut(pod, connections)) this.#open(pod, 'ingress', connections, undefined);
      }
    }
  }

  policies(names: Names): readonly Manifest[] {
    const written = writtenName(this.namespace);
    const entries = [...this.#pods.values()].sort((a, b) => compare(keyOf(a.pod), keyOf(b.pod)));
    return entries.map(({ pod, openings }) => {
      const isOwn = this.#isOwn(pod);
      const name = names.free(`allow-${pod.workload.name.text ?? 'pods'}`, pod.namespaceName);
      return allowPolicy(name, isOwn ? written : pod.namespaceName, ownLabelsOf(pod.workload), {
        ingress: rulesFor('ingress', openings.ingress),
        egress: rulesFor('egress', openings.egress),
      });
    });
  }

  #isOwn(pod: Pod): boolean {
    return pod.namespaceName === (this.namespace.name || 'default');
  }

  #mayClose(direction: Direction): boolean {
    return this.closing.has(direction) || this.namespace.of('NetworkPolicy').length > 0;
  }

  /** Whether an end of a call is denied, or will be once the namespace is closed. */
  #needs(end: Direction, source: Pod, target: Target): boolean {
    const reason = reasonAt(this.network, end, source, target);
    if (isFinal(reason) || reason.allowing.length > 0) return false;
    const subject = end === 'egress' ? source : target.pod;
    return isDenying(reason) || (this.closing.has(end) && this.#isOwn(subject));
  }

  /** Whether nobody from outside of the manifests gets through to a pod, or won't any more. */
  #isShut(pod: Pod, connections: Connections): boolean {
    const reason = this.network.reason(pod, undefined, 'ingress', connections);
    if (isFinal(reason)) return false;
    if (reason.isolating.length === 0) return this.closing.has('ingress') && reason.allowing.length === 0;
    return this.network.possibleFromAnybody(pod).intersect(connections).isEmpty;
  }

  #open(
    pod: Pod,
    direction: Direction,
    connections: Connections,
    other: Pod | undefined,
    extent: 'pods' | 'namespace' = 'pods',
  ): void {
    const entry = this.#pods.get(keyOf(pod)) ?? { pod, openings: { ingress: [], egress: [] } };
    this.#pods.set(keyOf(pod), entry);
    const openings = entry.openings[direction];
    const isSame = (opening: Opening) =>
      opening.connections.equals(connections) && (opening.peers === 'everybody') === (other === undefined);
    let opening = openings.find(isSame);
    if (opening === undefined) {
      opening = { connections, peers: other ? new Map() : 'everybody' };
      openings.push(opening);
    }
    if (other === undefined || opening.peers === 'everybody') return;
    const elsewhere = other.namespaceName === pod.namespaceName ? undefined : other.namespaceName;
    const isWhole = extent === 'namespace' && elsewhere !== undefined;
    const peer = isWhole ? namespacePeer(elsewhere) : peerOf(ownLabelsOf(other.workload), elsewhere);
    opening.peers.set(JSON.stringify(peer), peer);
  }
}

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
