import { type Labels, noLabels, type Selector } from '../../kube/labels';
import type { ContainerPort } from '../../kube/pods/workload';
import type { Namespace } from '../../kube/view';
import { add } from '../../text/maps';
import type { NetworkKind } from '../network-kinds';
import { Bits } from '../sets/bits';
import { Connections, protocolNamed } from '../sets/connections';
import { both, LabelIndex, type Match } from './label-index';
import { type Labelled, namespaceLabelsIn, podLabelsIn } from './labelled';
import type { Pod } from './pods';
import type { NamedPort, PodChoice } from './policy';

/** Pods that no policy can tell apart, as a number. */
export type ClassId = number;

/** What the policies of a cluster look at: pods that agree in all of it are one class. */
export interface Mentions {
  readonly choices: readonly PodChoice[];
  readonly ports: readonly NamedPort[];
  /** Namespaces that hold policies of their own. */
  readonly namespaces: ReadonlySet<string>;
  /** What else tells a pod from others. */
  otherwise(pod: Pod): string;
}

/** Some pods: going by what is written, and those of which it isn't sure. */
export interface Selection {
  readonly stated: Bits;
  readonly doubt: Bits;
}

interface PodClass {
  readonly namespaceName: string;
  readonly isHostNetwork: boolean;
  readonly ports: readonly ContainerPort[];
  readonly pod: Labelled;
  readonly namespace: Labelled;
}

/** The pods of a cluster, in classes, and who of them a selector chooses. */
export class Universe {
  /** A pod that no manifest describes: an ingress controller's, or anybody's. */
  readonly unknownPod: ClassId = 0;
  readonly size: number;
  readonly none: Bits;
  readonly all: Bits;
  readonly hostNetwork: Bits;
  readonly #classes: readonly PodClass[];
  readonly #classOf = new Map<Pod, ClassId>();
  readonly #byNamespace = new Map<string, ClassId[]>();
  readonly #pods: LabelIndex;
  readonly #namespaces: LabelIndex;
  readonly #selections = new Map<string, Selection>();

  constructor(pods: Iterable<Pod>, mentions: Mentions) {
    const projection = new Projection(mentions);
    const classes: PodClass[] = [nobodyKnows];
    const ids = new Map<string, ClassId>();
    for (const pod of pods) {
      const key = projection.keyOf(pod);
      let id = ids.get(key);
      if (id === undefined) {
        id = classes.length;
        ids.set(key, id);
        classes.push(projection.classOf(pod));
      }
      this.#classOf.set(pod, id);
    }
    this.#classes = classes;
    this.size = classes.length;
    this.none = Bits.none(this.size);
    this.all = Bits.all(this.size);
    for (const [id, { namespaceName }] of classes.entries()) {
      add(this.#byNamespace, namespaceName, id);
    }
    this.hostNetwork = Bits.of(
      this.size,
      classes.flatMap(({ isHostNetwork }, id) => (isHostNetwork ? [id] : [])),
    );
    this.#pods = new LabelIndex(classes.map(({ pod }) => pod));
    this.#namespaces = new LabelIndex(classes.map(({ namespace }) => namespace));
  }

  classOf(pod: Pod): ClassId {
    return this.#classOf.get(pod) ?? this.unknownPod;
  }

  /** Policies' effect on host network pods is undefined, so to choose them by label is always in doubt. */
  select({ namespaces, pods }: PodChoice, ownNamespace: string): Selection {
    const key = JSON.stringify([namespaces === 'own' ? [ownNamespace] : namespaces.key, pods.key]);
    let selection = this.#selections.get(key);
    if (selection === undefined) {
      const inside =
        namespaces === 'own' ? exactly(this.inNamespace(ownNamespace)) : this.#namespaces.match(namespaces);
      const { stated, certain, possible } = both(inside, this.#pods.match(pods));
      selection = { stated, doubt: possible.minus(certain).or(possible.and(this.hostNetwork)) };
      this.#selections.set(key, selection);
    }
    return selection;
  }

  /** What a port name means to whom; pods without such a port are in no part. */
  portsNamed(port: NamedPort): readonly { readonly ports: Connections; readonly where: Bits }[] {
    const parts = new Map<string, { readonly ports: Connections; readonly members: ClassId[] }>();
    for (const id of this.#classes.keys()) {
      const found = this.portOf(id, port);
      if (found.isEmpty) continue;
      const part = parts.get(found.toString());
      if (part) part.members.push(id);
      else parts.set(found.toString(), { ports: found, members: [id] });
    }
    return [...parts.values()].map(({ ports, members }) => ({ ports, where: Bits.of(this.size, members) }));
  }

  portOf(id: ClassId, port: NamedPort): Connections {
    return namedPortOf(this.#classes[id]?.ports ?? [], port);
  }

  inNamespace(name: string): Bits {
    return Bits.of(this.size, this.#byNamespace.get(name) ?? []);
  }
}

const exactly = (bits: Bits): Match => ({ stated: bits, certain: bits, possible: bits });

/** The port that a pod gives a name: the first one of that name, for each protocol. */
export function namedPortOf(declared: readonly ContainerPort[], { name, protocol }: NamedPort): Connections {
  const firsts = new Map<string, Connections>();
  for (const port of declared) {
    const own = protocolNamed(port.protocol);
    if (port.name !== name || own === undefined || firsts.has(own)) continue;
    if (protocol === undefined || own === protocol) firsts.set(own, Connections.onPort(own, port.number));
  }
  return Connections.unionOf(firsts.values());
}

const nobodyKnows: PodClass = {
  namespaceName: '',
  isHostNetwork: false,
  ports: [],
  pod: { labels: noLabels, isUncertain: () => true },
  namespace: { labels: noLabels, isUncertain: () => true },
};

/** Leaves of a pod what the policies mention. */
class Projection {
  readonly #podValues: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #namespaceValues: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #namespaces = new Map<Namespace<NetworkKind>, Labelled & { readonly key: string }>();

  constructor(private readonly mentions: Mentions) {
    this.#podValues = valuesIn(mentions.choices.map(({ pods }) => pods));
    this.#namespaceValues = valuesIn(
      mentions.choices.flatMap(({ namespaces }) => (namespaces === 'own' ? [] : namespaces)),
    );
  }

  keyOf(pod: Pod): string {
    const labels = [...project(pod.labels, this.#podValues)].sort();
    const named = this.mentions.ports.map(port => namedPortOf(pod.ports, port).toString());
    const namespace = this.mentions.namespaces.has(pod.namespaceName) ? pod.namespaceName : '';
    const isBare = pod.workload.kind === 'Pod';
    const more = this.mentions.otherwise(pod);
    return JSON.stringify([namespace, this.#namespaceOf(pod).key, isBare, pod.isHostNetwork, named, labels, more]);
  }

  classOf(pod: Pod): PodClass {
    const { namespaceName, isHostNetwork, ports } = pod;
    const { labels, isUncertain } = podLabelsIn(pod);
    const labelled: Labelled = { labels: project(labels, this.#podValues), isUncertain };
    return { namespaceName, isHostNetwork, ports, pod: labelled, namespace: this.#namespaceOf(pod) };
  }

  #namespaceOf(pod: Pod): Labelled & { readonly key: string } {
    let namespace = this.#namespaces.get(pod.namespace);
    if (namespace === undefined) {
      const { labels: all, isUncertain } = namespaceLabelsIn(pod);
      const labels = project(all, this.#namespaceValues);
      const isDeclared = pod.namespace.of('Namespace').length > 0;
      const key = JSON.stringify([isDeclared, pod.namespace.isAssumed, ...[...labels].sort()]);
      namespace = { labels, isUncertain, key };
      this.#namespaces.set(pod.namespace, namespace);
    }
    return namespace;
  }
}

function valuesIn(selectors: readonly Selector[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { requirements } of selectors) {
    for (const { key, values } of requirements) {
      const known = found.get(key) ?? new Set();
      found.set(key, known);
      for (const value of values) known.add(value);
    }
  }
  return found;
}

/** The mentioned labels; a value that nobody mentions is as good as any other. */
function project(labels: Labels, mentioned: ReadonlyMap<string, ReadonlySet<string>>): Labels {
  const kept = new Map<string, string>();
  for (const [key, values] of mentioned) {
    const value = labels.get(key);
    if (value !== undefined) kept.set(key, values.has(value) ? value : '\0other');
  }
  return kept;
}
