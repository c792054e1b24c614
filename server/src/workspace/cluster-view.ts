import type { Kind } from '../kube/kinds';
import { type Labels, labelsOf } from '../kube/labels';
import type { Resource } from '../kube/resource';
import { add } from '../text/maps';
import type { Member, Scope } from './scope';

/** Lists by kind. A list that came out equal to an older one is the older one, so that identity tells what changed. */
class Lists {
  private readonly byKind = new Map<Kind, Resource[]>();
  /** Namespaces of the resources in `byKind`: an object that moves to another namespace is another fact. */
  private readonly homes = new Map<Kind, (string | undefined)[]>();
  readonly #order = new Map<Resource, number>();
  private readonly joined = new Map<string, { readonly kinds: readonly Kind[]; readonly list: readonly Resource[] }>();

  constructor(members: readonly Member[], old: Lists | undefined) {
    for (const [index, { resource, namespace }] of members.entries()) {
      this.#order.set(resource, index);
      const { kind } = resource;
      add(this.byKind, kind, resource);
      add(this.homes, kind, namespace);
    }
    for (const [kind, list] of this.byKind) {
      const before = old?.byKind.get(kind);
      const isSame =
        before && sameItems(before, list) && sameItems(old?.homes.get(kind) ?? none, this.homes.get(kind) ?? none);
      if (isSame) this.byKind.set(kind, before);
    }
    // Joined lists of kinds that did not change stay the same objects too.
    for (const [key, known] of old?.joined ?? []) {
      if (known.kinds.every(kind => this.byKind.get(kind) === old?.byKind.get(kind))) this.joined.set(key, known);
    }
  }

  of<Q extends Kind>(kinds: readonly Q[]): readonly Resource<Q>[] {
    const [only] = kinds;
    if (kinds.length === 1 && only !== undefined) return typed(this.byKind.get(only) ?? none);
    const key = kinds.join(' ');
    let joined = this.joined.get(key);
    if (joined === undefined) {
      const order = (resource: Resource) => this.#order.get(resource) ?? 0;
      const list = kinds.flatMap(kind => this.byKind.get(kind) ?? none).sort((a, b) => order(a) - order(b));
      joined = { kinds, list };
      this.joined.set(key, joined);
    }
    return typed(joined.list);
  }
}

const none: Resource[] = [];

/** The lists are by kind, which the type of a resource repeats: the one place where that is stated. */
function typed<Q extends Kind>(resources: readonly Resource[]): readonly Resource<Q>[] {
  return resources as readonly Resource<Q>[];
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** Part of a scope: what lives in one namespace. Is a `Namespace`. */
export class NamespaceView {
  private readonly lists: Lists;
  #labels: Labels | undefined;

  constructor(
    readonly name: string,
    readonly isAssumed: boolean,
    readonly cluster: ClusterView,
    members: readonly Member[],
    old: NamespaceView | undefined,
  ) {
    this.lists = new Lists(members, old?.lists);
  }

  /** The API server sets the one that says the name, whatever a manifest says. */
  get labels(): Labels {
    this.#labels ??= new Map([
      ...this.of('Namespace').flatMap(manifest => [...labelsOf(manifest.at('metadata', 'labels'))]),
      ['kubernetes.io/metadata.name', this.name],
    ]);
    return this.#labels;
  }

  of<Q extends Kind>(...kinds: readonly Q[]): readonly Resource<Q>[] {
    return this.lists.of(kinds);
  }
}

/** Folders in which templates add objects that can't be seen. */
export interface TemplateAreas {
  readonly key: string;
  areNear(path: string): boolean;
}

/** A scope, ready to be asked. Is a `Cluster`. */
export class ClusterView {
  readonly name: string;
  readonly relabels: boolean;
  readonly isLoose: boolean;
  private readonly lists: Lists;
  private readonly byName = new Map<string, NamespaceView>();
  readonly #homes = new Map<Resource, NamespaceView>();
  readonly #own: ReadonlyMap<Resource, Member>;

  constructor(
    readonly scope: Scope,
    readonly templates: TemplateAreas,
    old: ClusterView | undefined,
  ) {
    this.name = scope.name;
    this.relabels = scope.relabels;
    this.isLoose = scope.isLoose;
    const members = [...byPath(scope.members), ...byPath(scope.context)];
    this.#own = new Map(scope.members.map(member => [member.resource, member]));
    this.lists = new Lists(members, old?.lists);
    const byNamespace = new Map<string, Member[]>();
    for (const member of members) {
      if (member.namespace === undefined && member.resource.isClusterScoped) continue;
      const key = member.namespace ?? 'default';
      add(byNamespace, key, member);
    }
    for (const [key, list] of byNamespace) {
      // What names no namespace goes where the files are applied to: that equals `default` for matching.
      const isAssumed = list.every(member => member.namespace === undefined);
      const view = new NamespaceView(key, isAssumed, this, list, old?.byName.get(key));
      this.byName.set(key, view);
      for (const { resource } of list) this.#homes.set(resource, view);
    }
  }

  /** All that `isSettled` and `relabels` depend on, in one text. */
  get surroundings(): string {
    const { bringsUnseen, relabels, isLoose } = this.scope;
    return `${bringsUnseen} ${relabels} ${isLoose} ${this.templates.key}`;
  }

  get namespaces(): Iterable<NamespaceView> {
    return this.byName.values();
  }

  of<Q extends Kind>(...kinds: readonly Q[]): readonly Resource<Q>[] {
    return this.lists.of(kinds);
  }

  /** The namespace of an object of this scope; for a cluster-scoped one the assumed namespace. */
  namespaceOf(resource: Resource): NamespaceView {
    return (
      this.#homes.get(resource) ?? this.byName.get('default') ?? new NamespaceView('default', true, this, [], undefined)
    );
  }

  /** The namespaces in which the scope judges an object: the others it only sees. */
  get judgedNamespaces(): NamespaceView[] {
    const own = new Set([...this.#own.keys()].map(resource => this.#homes.get(resource)));
    return [...this.byName.values()].filter(view => own.has(view));
  }

  /** Whether the scope judges this object, rather than only seeing it. */
  judges(resource: Resource): boolean {
    return this.#own.has(resource);
  }

  /**
   * Whether everything that is applied beside this object can be seen. False for one loose file, near Helm templates,
   * and where a kustomization fetches or generates resources.
   */
  isSettled(resource: Resource): boolean {
    if (this.isLoose || this.scope.bringsUnseen) return false;
    const member = this.#own.get(resource);
    return member === undefined || member.isBuilt === true || !this.templates.areNear(member.path);
  }
}

/** Lists are in the order of files, what is judged before what is only seen. */
function byPath(members: readonly Member[]): Member[] {
  return [...members].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
