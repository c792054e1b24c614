import { serviceNamesOf } from '../../kube/address';
import { containerPortsOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import {
  isGrpc,
  isHeadless,
  type Service,
  type ServicePort,
  servicePortsOf,
  serviceSelectorOf,
} from '../../kube/services/service';
import type { Cluster, Namespace } from '../../kube/view';
import { add, grouped, memo } from '../../text/maps';
import type { Place } from '../../yaml/replace';
import { addressesOf, type EvidenceKind, isInComment, type Mention, mentionsOf } from './evidence';
import { type Services, servicesOf } from './services';

/** Every kind that tells who calls whom. A rule that asks for calls declares them all. */
export const callKinds = ['ConfigMap', 'Service', ...workloadKinds] as const;

export type CallKind = (typeof callKinds)[number];

/**
 * `strong`: an address whose host is a Service and whose port is one of its ports, or a command that waits for both.
 * `medium`: the name of a Service under a key or in a command that tells it is a host, or with a port it doesn't list.
 */
export type Strength = 'strong' | 'medium';

export interface Evidence {
  /** Host and port within the value of a field. */
  readonly at: Place;
  readonly kind: EvidenceKind;
  readonly strength: Strength;
  /** Pieces of evidence with the same source say the same thing twice: one variable in two containers. */
  readonly source: string;
  /** Name of the variable, where there is one. */
  readonly name: string | undefined;
  readonly scheme: string | undefined;
}

/** One workload calls one Service, as far as manifests can tell. */
export interface Call {
  readonly caller: Workload;
  readonly callerNamespace: Namespace<CallKind>;
  readonly callee: Service;
  readonly calleeNamespace: Namespace<CallKind>;
  /** The workloads behind the Service; none where they are not among the manifests. */
  readonly workloads: readonly Workload[];
  /** The ports that are called; all of the Service where nothing says which. */
  readonly ports: readonly ServicePort[];
  /** Whether every port that may be called speaks gRPC, or the address says so. */
  readonly isGrpc: boolean;
  readonly evidence: readonly Evidence[];
}

/**
 * Who calls whom in a cluster, read from env, ConfigMaps in env, arguments and commands. Nobody calls itself, be it by
 * its own Service; ExternalNames and Services without a selector have no workload to call.
 */
export function callsOf(cluster: Cluster<CallKind>): readonly Call[] {
  return callsIn(cluster).all;
}

/** Whether a call goes to a Service. */
export function isCalled(service: Service, cluster: Cluster<CallKind>): boolean {
  return callsIn(cluster).all.some(({ callee }) => callee === service);
}

/** The calls that a workload makes. */
export function callsOfCaller(cluster: Cluster<CallKind>, caller: Workload): readonly Call[] {
  return callsIn(cluster).by(caller);
}

/** A host that a workload is configured with, behind which no manifest shows a pod. */
export interface Stranger {
  readonly mention: Mention;
  /** The Service that bears the name, where there is one: without a selector, or for pods that are elsewhere. */
  readonly service: Service | undefined;
  readonly serviceNamespace: string | undefined;
}

/** What a workload calls besides pods that the manifests show. */
export function strangersOf(cluster: Cluster<CallKind>, caller: Workload): readonly Stranger[] {
  return callsIn(cluster).strangersTo(caller);
}

interface Home {
  readonly namespace: Namespace<CallKind>;
  readonly services: Services;
  readonly configMaps: ReadonlyMap<string, readonly Resource[]>;
}

/** The calls of a cluster; those of each caller are worked out when somebody asks for them. */
class Calls {
  readonly #homes: readonly Home[];
  readonly #byName: ReadonlyMap<string, readonly Home[]>;
  readonly #callers = new Map<Workload, Home[]>();
  readonly #known = new Map<Workload, readonly Call[]>();
  #all: readonly Call[] | undefined;

  constructor(cluster: Cluster<CallKind>) {
    this.#homes = [...cluster.namespaces].map(namespace => ({
      namespace,
      services: servicesOf(namespace),
      configMaps: grouped(namespace.of('ConfigMap'), ({ name }) => name.string ?? ''),
    }));
    this.#byName = grouped(this.#homes, ({ namespace }) => namespace.name);
    for (const home of this.#homes)
      for (const workload of home.namespace.of(...workloadKinds)) add(this.#callers, workload, home);
  }

  /** A build may put one into several namespaces. */
  by(caller: Workload): readonly Call[] {
    let calls = this.#known.get(caller);
    if (calls === undefined) {
      calls = (this.#callers.get(caller) ?? []).flatMap(home => callsBy(caller, home, this.#byName));
      this.#known.set(caller, calls);
    }
    return calls;
  }

  strangersTo(caller: Workload): readonly Stranger[] {
    return (this.#callers.get(caller) ?? []).flatMap(home => strangersBy(caller, home, this.#byName));
  }

  get all(): readonly Call[] {
    this.#all ??= [...this.#callers.keys()].flatMap(caller => this.by(caller));
    return this.#all;
  }
}

/** Made once while the list of `callKinds` stays the very same object. */
const callsIn = memo(
  (cluster: Cluster<CallKind>) => new Calls(cluster),
  cluster => cluster.of(...callKinds),
);

function callsBy(caller: Workload, home: Home, byName: ReadonlyMap<string, readonly Home[]>): Call[] {
  const found = new Map<Service, { readonly home: Home; readonly mentions: Mention[] }>();
  for (const mention of mentionsOf(caller, name => home.configMaps.get(name) ?? [])) {
    for (const { home: there, service } of calleesOf(mention.host, home, byName)) {
      const known = found.get(service);
      if (known) known.mentions.push(mention);
      else found.set(service, { home: there, mentions: [mention] });
    }
  }
  return [...found].flatMap(([callee, { home: there, mentions: all }]) => {
    if (isOwn(callee, there, caller, home) || serviceSelectorOf(callee) === undefined) return [];
    const workloads = there.services.workloadsOf(callee);
    const ports = servicePortsOf(callee);
    const evidence = all.flatMap(mention => evidenceIn(mention, callee, ports, workloads));
    if (evidence.length === 0) return [];
    const numbers = new Set(all.flatMap(({ port }) => port ?? []));
    const named = ports.filter(({ number }) => numbers.has(number));
    const called = named.length > 0 ? named : ports;
    const isGrpcCall =
      evidence.some(({ scheme }) => /^(?:grpcs?|h2c)$/.test(scheme ?? '')) ||
      (called.length > 0 && called.every(isGrpc));
    return [
      {
        caller,
        callerNamespace: home.namespace,
        callee,
        calleeNamespace: there.namespace,
        workloads,
        ports: called,
        isGrpc: isGrpcCall,
        evidence,
      },
    ];
  });
}

function strangersBy(caller: Workload, home: Home, byName: ReadonlyMap<string, readonly Home[]>): Stranger[] {
  const mapsNamed = (name: string) => home.configMaps.get(name) ?? [];
  const hosts = mentionsOf(caller, mapsNamed).flatMap((mention): Stranger[] => {
    const callees = calleesOf(mention.host, home, byName);
    if (callees.length === 0) return [{ mention, service: undefined, serviceNamespace: undefined }];
    return callees
      .filter(({ home: there, service }) => there.services.workloadsOf(service).length === 0)
      .filter(({ home: there, service }) => !isOwn(service, there, caller, home))
      .map(({ home: there, service }) => ({ mention, service, serviceNamespace: there.namespace.name }));
  });
  const addresses = addressesOf(caller, mapsNamed).map(mention => {
    return { mention, service: undefined, serviceNamespace: undefined };
  });
  return [...hosts, ...addresses].filter(({ mention }) => !isInComment(mention.place));
}

/** The Services that a host means for a caller: those of the first reading that finds any. */
function calleesOf(
  host: string,
  home: Home,
  byName: ReadonlyMap<string, readonly Home[]>,
): readonly { home: Home; service: Service }[] {
  for (const { service, namespace } of serviceNamesOf(host)) {
    const homes = namespace === undefined ? [home] : (byName.get(namespace) ?? []);
    const callees = homes.flatMap(there =>
      there.services.named(service).map(found => ({ home: there, service: found })),
    );
    if (callees.length > 0) return callees;
  }
  return [];
}

/** Whether the Service is one of the caller's own: it selects its pods, governs them, or bears its name without pods. */
function isOwn(callee: Service, there: Home, caller: Workload, home: Home): boolean {
  if (there !== home) return false;
  const workloads = there.services.workloadsOf(callee);
  if (
    workloads.includes(caller) ||
    workloads.some(({ kind, name }) => kind === caller.kind && name.string === caller.name.string)
  )
    return true;
  if (workloads.length === 0 && callee.name.string === caller.name.string) return true;
  return (
    caller.at('spec', 'serviceName').string !== undefined &&
    caller.at('spec', 'serviceName').string === callee.name.string
  );
}

function evidenceIn(
  mention: Mention,
  callee: Service,
  ports: readonly ServicePort[],
  workloads: readonly Workload[],
): Evidence[] {
  const { place: at, kind, name, scheme, port, form, host } = mention;
  const isListed =
    port !== undefined &&
    (ports.some(({ number }) => number === port) ||
      (isHeadless(callee) &&
        workloads.some(workload => containerPortsOf(workload).some(({ number }) => number === port))));
  // `redis:7` beside a Service redis is an image, a version or a volume, unless more than the name says otherwise.
  if (form === 'address' && !isListed && scheme === undefined && !host.includes('.')) return [];
  const source = name === undefined ? (kind === 'initContainer' ? 'wait' : 'command') : `env ${name}`;
  return [{ at, kind, strength: isListed && form !== 'key' ? 'strong' : 'medium', source, name, scheme }];
}
