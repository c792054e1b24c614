import type { Build } from '../deploy/builds';
import { contentOf, identityOf, type Member } from '../deploy/member';
import type { Kind } from '../kube/kinds';
import type { Resource } from '../kube/resource';
import { grouped, isSameList, memo } from '../text/maps';
import type { Node } from '../yaml/node';

/** An object in the index: which build brings it, and in which namespace it is. */
export interface Entry extends Member {
  readonly build: Build;
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
  #order: ReadonlyMap<Entry, number> | undefined;
  #byResource: ReadonlyMap<Resource, readonly Entry[]> | undefined;
  #byPlace: ReadonlyMap<Node, readonly Entry[]> | undefined;
  /** What several builds make alike of one place: together they are one. Copies in other files stay what they are. */
  #twins: ReadonlyMap<Resource, readonly Entry[]> | undefined;

  constructor(
    readonly builds: readonly Build[],
    /** The one of before: what it lists alike stays the same list. */
    old?: Index,
  ) {
    this.entries = builds.flatMap(entriesIn).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    this.byKind = likeBefore(grouped(this.entries, kindOf), old?.byKind);
    const byHome = grouped(this.entries, ({ home }) => home);
    this.byHome = new Map(Array.from(byHome, ([home, entries]) => [home, new Inside(entries)]));
  }

  /** The place of an entry among all: in the order of files. */
  get order(): ReadonlyMap<Entry, number> {
    this.#order ??= new Map(this.entries.map((entry, index) => [entry, index]));
    return this.#order;
  }

  /** An object that builds leave as it is written is in each of them, perhaps in other namespaces. */
  entriesOf(resource: Resource): readonly Entry[] {
    this.#byResource ??= grouped(this.entries, one => one.resource);
    return this.#byResource.get(resource) ?? [];
  }

  /** The object itself, wherever builds make it alike; the first one stands for all. */
  twinsOf(resource: Resource): readonly Entry[] {
    this.#twins ??= twinsAmong(this.#places.values());
    return this.#twins.get(resource) ?? this.entriesOf(resource);
  }

  /** All that builds make of what is written at the place of an object. */
  madeOf(resource: Resource): readonly Entry[] {
    return this.#places.get(resource.node.written) ?? [];
  }

  get #places(): ReadonlyMap<Node, readonly Entry[]> {
    this.#byPlace ??= grouped(this.entries, ({ resource }) => resource.node.written);
    return this.#byPlace;
  }
}

class Inside implements Home {
  #byKind: ReadonlyMap<Kind, readonly Entry[]> | undefined;

  constructor(readonly entries: readonly Entry[]) {}

  get byKind(): ReadonlyMap<Kind, readonly Entry[]> {
    this.#byKind ??= grouped(this.entries, kindOf);
    return this.#byKind;
  }
}

function likeBefore(lists: Map<Kind, readonly Entry[]>, before: ReadonlyMap<Kind, readonly Entry[]> | undefined) {
  for (const [kind, old] of before ?? []) {
    const list = lists.get(kind);
    if (list && isSameList(old, list)) lists.set(kind, old);
  }
  return lists;
}

/** The entries that a build brings. */
export const entriesIn = memo((build: Build): readonly Entry[] =>
  build.members.map(member => ({ ...member, build, home: homeOf(member) })),
);

interface OwnKinds {
  readonly anywhere: ReadonlySet<Kind>;
  readonly byHome: ReadonlyMap<string, ReadonlySet<Kind>>;
}

/** The kinds of what a build brings, with and without regard to the namespace. */
export const kindsIn = memo((build: Build): OwnKinds => {
  const anywhere = new Set<Kind>();
  const byHome = new Map<string, Set<Kind>>();
  for (const { home, resource } of entriesIn(build)) {
    anywhere.add(resource.kind);
    if (home !== undefined) byHome.set(home, (byHome.get(home) ?? new Set()).add(resource.kind));
  }
  return { anywhere, byHome };
});

const kindOf = ({ resource }: Entry) => resource.kind;

function homeOf({ resource, namespace }: Member): string | undefined {
  if (resource.kind === 'Kustomization.kustomize.config.k8s.io') return undefined;
  return namespace ?? (resource.isClusterScoped ? undefined : 'default');
}

function twinsAmong(places: Iterable<readonly Entry[]>): ReadonlyMap<Resource, readonly Entry[]> {
  const twins = new Map<Resource, readonly Entry[]>();
  for (const same of places) {
    if (same.length < 2) continue;
    for (const equal of grouped(same, one => (identityOf(one) ? contentOf(one.resource) : undefined)).values()) {
      if (equal.length > 1) for (const { resource } of equal) twins.set(resource, equal);
    }
  }
  return twins;
}
