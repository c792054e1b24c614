import type { Build } from '../deploy/builds';
import type { Kind } from '../kube/kinds';
import { type Labels, labelsOf } from '../kube/labels';
import { isPlaceholder } from '../kube/placeholder';
import type { Resource } from '../kube/resource';
import { grouped } from '../text/maps';
import { ancestorsOf, isWithin } from '../text/paths';
import type { Entry, Index } from './index';

type Lists = ReadonlyMap<Kind, readonly Entry[]>;

/** What a view shows of lists by kind. A list that came out as it was before is the one of before. */
class Shown {
  private readonly known = new Map<string, readonly Resource[]>();
  private readonly before: { readonly known: Shown['known']; readonly index: Index } | undefined;

  constructor(
    readonly lists: Lists,
    readonly view: ClusterView,
    old: Shown | undefined,
  ) {
    this.before = old && { known: old.known, index: old.view.index };
  }

  of<Q extends Kind>(kinds: readonly Q[]): readonly Resource<Q>[] {
    const key = kinds.join(' ');
    let list = this.known.get(key);
    if (list === undefined) {
      list = this.#like(key, this.view.shown(kinds.flatMap(kind => this.lists.get(kind) ?? [])));
      this.known.set(key, list);
    }
    // The lists are by kind, which the type of a resource repeats: the one place where that is stated.
    return list as readonly Resource<Q>[];
  }

  /** An object that moved to another namespace is another fact. */
  #like(key: string, list: readonly Resource[]): readonly Resource[] {
    const before = this.before?.known.get(key);
    const isSame =
      before?.length === list.length &&
      list.every((one, i) => one === before[i] && this.view.index.homeOf(one) === this.before?.index.homeOf(one));
    return isSame && before ? before : list;
  }
}

/** Part of a view: what lives in one namespace. Is a `Namespace`. */
export class NamespaceView {
  private readonly shownLists: Shown;
  #labels: Labels | undefined;

  constructor(
    readonly name: string,
    readonly isAssumed: boolean,
    readonly cluster: ClusterView,
    lists: Lists,
    old: NamespaceView | undefined,
  ) {
    this.shownLists = new Shown(lists, cluster, old?.shownLists);
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
    return this.shownLists.of(kinds);
  }
}

/** Folders in which charts and templates add objects that can't be seen. */
export interface TemplateAreas {
  readonly key: string;
  areNear(path: string): boolean;
}

/** A cluster as some of its builds see it: all of a root but their alternatives. Is a `Cluster`. */
export class ClusterView {
  readonly name: string;
  #surroundings: string | undefined;
  private readonly shownLists: Shown;
  private readonly byName = new Map<string, NamespaceView>();
  readonly #own: ReadonlySet<Build>;

  constructor(
    readonly index: Index,
    /** The builds that it judges, rather than only seeing them. */
    readonly builds: readonly Build[],
    readonly hidden: ReadonlySet<Build>,
    readonly templates: TemplateAreas,
    readonly isLoose: boolean,
    old: ClusterView | undefined,
  ) {
    this.name = nameOf(builds);
    this.#own = new Set(builds);
    this.shownLists = new Shown(index.byKind, this, old?.shownLists);
    for (const [name, lists] of index.byHome) {
      const members = [...lists.values()].flat().filter(({ build }) => !hidden.has(build));
      if (members.length === 0) continue;
      // What names no namespace goes where the files are applied to: that equals `default` for matching.
      const isAssumed = members.every(({ namespace }) => namespace === undefined);
      this.byName.set(name, new NamespaceView(name, isAssumed, this, lists, old?.byName.get(name)));
    }
  }

  /** The same for the view of the same builds after an update. */
  get key(): string {
    return keyOf(this.builds, this.hidden);
  }

  /** What it shows of some entries: its own objects first, in the order of files, and of twins one. */
  shown(entries: readonly Entry[]): readonly Resource[] {
    const seen = new Set<Resource>();
    const own: Entry[] = [];
    const others: Entry[] = [];
    for (const entry of entries) {
      if (this.hidden.has(entry.build)) continue;
      (this.#own.has(entry.build) ? own : others).push(entry);
    }
    const found: Entry[] = [];
    for (const entry of [...inOrder(own), ...inOrder(others)]) {
      if (seen.has(entry.resource)) continue;
      for (const twin of this.index.twinsOf(entry.resource)) seen.add(twin.resource);
      found.push(entry);
    }
    return found.map(({ resource }) => resource);
  }

  /** All that `isSettled` depends on, in one text. */
  get surroundings(): string {
    this.#surroundings ??= this.#describe();
    return this.#surroundings;
  }

  #describe(): string {
    const unsettled = this.builds.filter(build => !isWhole(build)).map(({ name }) => name);
    return `${this.isLoose} ${this.templates.key} ${unsettled.join(':')}`;
  }

  get namespaces(): Iterable<NamespaceView> {
    return this.byName.values();
  }

  of<Q extends Kind>(...kinds: readonly Q[]): readonly Resource<Q>[] {
    return this.shownLists.of(kinds);
  }

  /** The namespace of an object of this view; for a cluster-scoped one the assumed namespace. */
  namespaceOf(resource: Resource): NamespaceView {
    const home = this.index.homeOf(resource);
    return (
      (home === undefined ? undefined : this.byName.get(home)) ??
      this.byName.get('default') ??
      new NamespaceView('default', true, this, new Map(), undefined)
    );
  }

  /** The namespaces in which the view judges an object: the others it only sees. */
  get judgedNamespaces(): NamespaceView[] {
    const own = new Set(
      this.builds.flatMap(({ members }) => members.map(({ resource }) => this.index.homeOf(resource))),
    );
    return [...this.byName.values()].filter(({ name }) => own.has(name));
  }

  /** Whether the view judges this object, or what is built of it, rather than only seeing it. */
  judges(resource: Resource): boolean {
    return this.buildsOf(resource).length > 0;
  }

  /** The builds of this view that make this object, or something of what is written there. */
  buildsOf(resource: Resource): readonly Build[] {
    const twins = this.index.twinsOf(resource);
    const entries = twins.length > 0 ? twins : this.index.madeOf(resource);
    return [...new Set(entries.map(({ build }) => build))].filter(build => this.#own.has(build));
  }

  /** Whether each build of an object holds some of these kinds: who lists none of them lists them elsewhere. */
  holds(resource: Resource, kinds: readonly Kind[]): boolean {
    return this.buildsOf(resource).every(({ members }) => members.some(member => kinds.includes(member.resource.kind)));
  }

  /** What a build of this view makes of a written object. */
  madeOf(resource: Resource): Resource | undefined {
    return this.index.madeOf(resource).find(({ build }) => this.#own.has(build))?.resource;
  }

  /** Whether everything that is applied beside this object can be seen. */
  isSettled(resource: Resource): boolean {
    const home = this.index.homeOf(resource) ?? '';
    if (this.isLoose || home === scaffold || isPlaceholder(home)) return false;
    return this.index.madeOf(resource).every(({ build, path }) => {
      if (!this.#own.has(build)) return true;
      return (
        isWhole(build) && (build.kind === 'kustomization' || build.kind === 'delivery' || !this.templates.areNear(path))
      );
    });
  }
}

/** What kubebuilder's scaffolds write where an overlay is to set the namespace: alone they are applied to nothing. */
const scaffold = 'system';

/** No two views of a workspace judge the same build, but for one that has nothing hidden. */
export const keyOf = ([first]: readonly Build[], hidden: ReadonlySet<Build>) =>
  `${first?.kind} ${first?.name} ${hidden.size > 0}`;

/** The folder that all builds lie in, or the name of the only one. */
function nameOf(builds: readonly Build[]): string {
  const [first] = builds;
  if (builds.length < 2) return first?.name ?? '.';
  const above = [...ancestorsOf(first?.folder ?? '')].find(folder => builds.every(one => isWithin(one.folder, folder)));
  return above || '.';
}

const isWhole = ({ unknown, isIncomplete, kind }: Build) =>
  unknown.length === 0 && !isIncomplete && kind !== 'component';

/** Entries of several kinds were each in the order of files. */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return [...grouped(entries, ({ path }) => path)]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([, all]) => all);
}
