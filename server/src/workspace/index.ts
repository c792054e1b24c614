import type { Build } from '../deploy/builds';
import { contentOf, identityOf, type Member } from '../deploy/member';
import type { Kind } from '../kube/kinds';
import type { Resource } from '../kube/resource';
import { add, grouped } from '../text/maps';
import type { Node } from '../yaml/node';

/** An object in the index: which build brings it, and in which namespace it is. */
export interface Entry extends Member {
  readonly build: Build;
  /** Key of its namespace: that which nobody names equals `default`. Undefined outside of all. */
  readonly home: string | undefined;
}

/** The effective objects of one root, by kind and by namespace, in the order of their files. Views leave out of it. */
export class Index {
  readonly entries: readonly Entry[];
  readonly byKind: ReadonlyMap<Kind, readonly Entry[]>;
  readonly byHome: ReadonlyMap<string, ReadonlyMap<Kind, readonly Entry[]>>;
  readonly #byResource: ReadonlyMap<Resource, readonly Entry[]>;
  readonly #byPlace: ReadonlyMap<Node, readonly Entry[]>;
  /** What several builds make alike of one place: together they are one. Copies in other files stay what they are. */
  readonly #twins: ReadonlyMap<Resource, readonly Entry[]>;

  constructor(readonly builds: readonly Build[]) {
    this.entries = builds
      .flatMap(build => build.members.map((member): Entry => ({ ...member, build, home: homeOf(member) })))
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    this.byKind = grouped(this.entries, ({ resource }) => resource.kind);
    const byHome = new Map<string, Map<Kind, Entry[]>>();
    for (const entry of this.entries) {
      if (entry.home === undefined) continue;
      const kinds = byHome.get(entry.home) ?? new Map<Kind, Entry[]>();
      byHome.set(entry.home, kinds);
      add(kinds, entry.resource.kind, entry);
    }
    this.byHome = byHome;
    this.#byResource = grouped(this.entries, ({ resource }) => resource);
    this.#byPlace = grouped(this.entries, ({ resource }) => resource.node.written);
    this.#twins = twinsAmong(this.entries);
  }

  homeOf(resource: Resource): string | undefined {
    return this.#byResource.get(resource)?.[0]?.home;
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
