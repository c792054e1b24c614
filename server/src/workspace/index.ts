import type { Build } from '../deploy/builds';
import { contentOf, identityOf, type Member } from '../deploy/member';
import type { Kind } from '../kube/kinds';
import type { Resource } from '../kube/resource';
import { grouped } from '../text/maps';
import type { Node } from '../yaml/node';

/** An object in the index: which build brings it, and in which namespace it is. */
export interface Entry extends Member {
  readonly build: Build;
  /** Its place among all of them: in the order of files. */
  readonly order: number;
  /** Key of its namespace: that which nobody names equals `default`. Undefined outside of all. */
  readonly home: string | undefined;
}

/** What is in one namespace. */
export interface Home {
  readonly entries: readonly Entry[];
  readonly byKind: ReadonlyMap<Kind, readonly Entry[]>;
}

/** The effective objects of one root, by kind and by namespace, in the order of their files. Views leave out of it. */
export class Index {
  readonly entries: readonly Entry[];
  readonly byKind: ReadonlyMap<Kind, readonly Entry[]>;
  readonly byHome: ReadonlyMap<string, Home>;
  readonly #byResource: ReadonlyMap<Resource, readonly Entry[]>;
  readonly #byPlace: ReadonlyMap<Node, readonly Entry[]>;
  /** What several builds make alike of one place: together they are one. Copies in other files stay what they are. */
  readonly #twins: ReadonlyMap<Resource, readonly Entry[]>;

  constructor(readonly builds: readonly Build[]) {
    this.entries = builds
      .flatMap(build => build.members.map(member => ({ member, build })))
      .sort(({ member: a }, { member: b }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
      .map(({ member, build }, order) => ({ ...member, build, order, home: homeOf(member) }));
    this.byKind = grouped(this.entries, kindOf);
    const byHome = grouped(this.entries, ({ home }) => home);
    this.byHome = new Map(
      Array.from(byHome, ([home, entries]) => [home, { entries, byKind: grouped(entries, kindOf) }]),
    );
    this.#byResource = grouped(this.entries, ({ resource }) => resource);
    this.#byPlace = grouped(this.entries, ({ resource }) => resource.node.written);
    this.#twins = twinsAmong(this.entries);
  }

  /** An object that builds leave as it is written is in each of them, perhaps in other namespaces. */
  entriesOf(resource: Resource): readonly Entry[] {
    return this.#byResource.get(resource) ?? [];
  }

  /** The object itself, wherever builds make it alike; the first one stands for all. */
  twinsOf(resource: Resource): readonly Entry[] {
    return this.#twins.get(resource) ?? this.#byResource.get(resource) ?? [];
  }

  /** All that builds make of what is written at the place of an object. */
  madeOf(resource: Resource): readonly Entry[] {
    return this.#byPlace.get(resource.node.written) ?? [];
  }
}

const kindOf = ({ resource }: Entry) => resource.kind;

function homeOf({ resource, namespace }: Member): string | undefined {
  if (resource.kind === 'Kustomization.kustomize.config.k8s.io') return undefined;
  return namespace ?? (resource.isClusterScoped ? undefined : 'default');
}

function twinsAmong(entries: readonly Entry[]): ReadonlyMap<Resource, readonly Entry[]> {
  const twins = new Map<Resource, readonly Entry[]>();
  for (const same of grouped(entries, ({ resource }) => resource.node.written).values()) {
    if (same.length < 2) continue;
    for (const equal of grouped(same, one => (identityOf(one) ? contentOf(one.resource) : undefined)).values()) {
      if (equal.length > 1) for (const { resource } of equal) twins.set(resource, equal);
    }
  }
  return twins;
}
