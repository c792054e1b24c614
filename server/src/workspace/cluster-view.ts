import type { Build } from '../deploy/builds';
import type { Kind } from '../kube/kinds';
import { type Labels, labelsOf } from '../kube/labels';
import { isPlaceholder } from '../kube/placeholder';
import type { Resource } from '../kube/resource';
import { ancestorsOf, isWithin } from '../text/paths';
import { type Entry, type Home, type Index, kindsIn } from './index';
import { type Answer, noteRead, type Question } from './reads';
import { type Choice, nobody, Shown } from './shown';
import { isVendored } from './vendored';

/** Part of a view: what lives in one namespace. Is a `Namespace`. */
export class NamespaceView {
  private readonly shownLists: Shown;
  #labels: Labels | undefined;
  #isAssumed: Answer<boolean> | undefined;

  constructor(
    readonly name: string,
    readonly cluster: ClusterView,
    readonly home: Home,
    old: NamespaceView | undefined,
  ) {
    this.shownLists = new Shown(home.byKind, cluster, name, old?.shownLists);
  }

  /** What names no namespace goes where the files are applied to: that equals `default` for matching. */
  get isAssumed(): boolean {
    return noteRead(this.#whetherAssumed);
  }

  get #whetherAssumed(): Answer<boolean> {
    this.#isAssumed ??= {
      question: { about: 'assumed', home: this.name, kinds: [], key: '' },
      value: this.home.entries.every(
        ({ namespace, build }) => namespace === undefined || this.cluster.hidden.has(build),
      ),
    };
    return this.#isAssumed;
  }

  answer(question: Question): unknown {
    if (question.about === 'assumed') return this.#whetherAssumed.value;
    return this.shownLists.answerTo(question).value;
  }

  /** The API server sets the one that says the name, whatever a manifest says. */
  get labels(): Labels {
    const manifests = this.of('Namespace'); // asked each time: whoever reads labels has read these
    this.#labels ??= new Map([
      ...manifests.flatMap(manifest => [...labelsOf(manifest.at('metadata', 'labels'))]),
      ['kubernetes.io/metadata.name', this.name],
    ]);
    return this.#labels;
  }

  of<Q extends Kind>(...kinds: readonly Q[]): readonly Resource<Q>[] {
    return this.shownLists.read(kinds, 'all');
  }

  judged<Q extends Kind>(...kinds: readonly Q[]): readonly Resource<Q>[] {
    return this.shownLists.read(kinds, 'judged');
  }
}

/** Folders in which charts and templates add objects that can't be seen. */
export interface TemplateAreas {
  areNear(path: string): boolean;
}

/** What is made of a view when somebody looks. */
interface Seen {
  readonly lists: Shown;
  readonly byName: ReadonlyMap<string, NamespaceView>;
}

/** A cluster as some of its builds see it: all of a root but their alternatives. Is a `Cluster`. */
export class ClusterView implements Choice {
  readonly #own: ReadonlySet<Build>;
  #seen: Seen | undefined;
  #judged: readonly NamespaceView[] | undefined;
  #subjects: ReadonlySet<Resource> | undefined;
  #joined: Answer<string> | undefined;
  #compared: { readonly other: ClusterView; readonly are: boolean } | undefined;
  /** The view of the same builds that somebody looked at last: lists that come out as there are those of there. */
  #before: ClusterView | undefined;

  constructor(
    readonly index: Index,
    /** The builds that it judges, rather than only seeing them. */
    readonly builds: readonly Build[],
    readonly hidden: ReadonlySet<Build>,
    readonly templates: TemplateAreas,
    readonly isLoose: boolean,
    old: ClusterView | undefined,
  ) {
    this.#own = new Set(builds);
    // Most views of an update are never looked at before the next one.
    this.#before = old === undefined || old.#seen ? old : old.#before;
  }

  get name(): string {
    return nameOf(this.builds);
  }

  private get shownLists(): Shown {
    return this.#look().lists;
  }

  private get byName(): ReadonlyMap<string, NamespaceView> {
    return this.#look().byName;
  }

  #look(): Seen {
    if (this.#seen) return this.#seen;
    const before = this.#before;
    this.#before = undefined; // else every view that ever was would stay
    const lists = new Shown(this.index.byKind, this, undefined, before?.shownLists);
    const visible = [...this.index.byHome].filter(([, { entries }]) =>
      entries.some(({ build }) => !this.hidden.has(build)),
    );
    const byName = new Map(
      visible.map(([name, home]) => [name, new NamespaceView(name, this, home, before?.byName.get(name))]),
    );
    this.#seen = { lists, byName };
    return this.#seen;
  }

  /** The same for the view of the same builds after an update. */
  get key(): string {
    return keyOf(this.builds, this.hidden);
  }

  shown(entries: readonly Entry[]): readonly Entry[] {
    const own: Entry[] = [];
    const others: Entry[] = [];
    for (const entry of entries) {
      if (this.hidden.has(entry.build)) continue;
      (this.#own.has(entry.build) ? own : others).push(entry);
    }
    const seen = new Set<Resource>();
    return [...own, ...others].filter(({ resource }) => {
      if (seen.has(resource)) return false;
      for (const twin of this.index.twinsOf(resource)) seen.add(twin.resource);
      return true;
    });
  }

  inOrder(entries: readonly Entry[]): readonly Entry[] {
    const behindOwn = this.index.entries.length;
    const rankOf = (entry: Entry) => (this.index.order.get(entry) ?? 0) + (this.#own.has(entry.build) ? 0 : behindOwn);
    const ranked = entries.map(entry => ({ entry, rank: rankOf(entry) }));
    return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
  }

  showsAs(other: ClusterView, kinds: readonly Kind[]): boolean {
    return this.#choosesAs(other) && kinds.every(kind => this.index.byKind.get(kind) === other.index.byKind.get(kind));
  }

  /** Whether of the builds that are in both each has the same part. */
  #choosesAs(other: ClusterView): boolean {
    if (this.#compared?.other !== other) {
      const known = new Set(other.index.builds);
      const roleIn = (view: ClusterView, build: Build) => view.hidden.has(build) || (view.#own.has(build) && 'own');
      const are = this.index.builds.every(one => !known.has(one) || roleIn(this, one) === roleIn(other, one));
      this.#compared = { other, are };
      other.#compared = undefined; // else every view that ever was would stay
    }
    return this.#compared.are;
  }

  get namespaces(): Iterable<NamespaceView> {
    noteRead(this.#names);
    return this.byName.values();
  }

  get #names(): Answer<string> {
    this.#joined ??= {
      question: { about: 'namespaces', home: undefined, kinds: [], key: '' },
      value: [...this.byName.keys()].join(' '),
    };
    return this.#joined;
  }

  answer(question: Question): unknown {
    const { about, home } = question;
    if (about === 'namespaces') return this.#names.value;
    if (home !== undefined) return this.byName.get(home)?.answer(question) ?? nobody;
    return this.shownLists.answerTo(question).value;
  }

  of<Q extends Kind>(...kinds: readonly Q[]): readonly Resource<Q>[] {
    return this.shownLists.read(kinds, 'all');
  }

  judged<Q extends Kind>(...kinds: readonly Q[]): readonly Resource<Q>[] {
    return this.shownLists.read(kinds, 'judged');
  }

  /** Where the builds of this view put an object, else those that it sees. */
  homeOf(resource: Resource): string | undefined {
    const entries = this.index.entriesOf(resource);
    if (entries.length < 2) return entries[0]?.home;
    const own =
      entries.find(({ build }) => this.#own.has(build)) ?? entries.find(({ build }) => !this.hidden.has(build));
    return (own ?? entries[0])?.home;
  }

  /** The namespace of an object of this view; for a cluster-scoped one the assumed namespace. */
  namespaceOf(resource: Resource): NamespaceView {
    const home = this.homeOf(resource);
    return (
      (home === undefined ? undefined : this.byName.get(home)) ??
      this.byName.get('default') ??
      new NamespaceView('default', this, { entries: [], byKind: new Map() }, undefined)
    );
  }

  /** The namespaces in which the view judges an object: the others it only sees. */
  get judgedNamespaces(): readonly NamespaceView[] {
    const isOwn = ({ build }: Entry) => this.#own.has(build);
    this.#judged ??= [...this.byName.values()].filter(({ home }) => home.entries.some(isOwn));
    return this.#judged;
  }

  /** Whether the view judges an object of some kinds, in a namespace or anywhere: of others nothing is said. */
  judgesAny(kinds: readonly Kind[], namespace?: NamespaceView): boolean {
    const kindsOf = (build: Build) => (namespace ? kindsIn(build).byHome.get(namespace.name) : kindsIn(build).anywhere);
    return this.builds.some(build => kinds.some(kind => kindsOf(build)?.has(kind)));
  }

  /** Whether the view judges this object, or what is built of it, rather than only seeing it. */
  judges(resource: Resource): boolean {
    this.shownLists.read([resource.kind], 'judged');
    return this.isSubject(resource);
  }

  isVendored(resource: Resource): boolean {
    return this.index.madeOf(resource).some(({ path }) => isVendored(path, resource));
  }

  /** The same as `judges`, without a word to who records what was read. */
  isSubject(resource: Resource): boolean {
    if (this.#subjects === undefined) {
      const own = this.builds.flatMap(({ members }) => members.map(member => member.resource));
      this.#subjects = new Set(own.flatMap(one => this.index.twinsOf(one).map(twin => twin.resource)));
    }
    return (
      this.#subjects.has(resource) || (this.index.twinsOf(resource).length === 0 && this.buildsOf(resource).length > 0)
    );
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
    const home = this.homeOf(resource) ?? '';
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

/** No two views of a workspace judge the same build, but for one that has nothing hidden, and judges more. */
export const keyOf = ({ length, 0: first }: readonly Build[], hidden: ReadonlySet<Build>) =>
  `${first?.kind} ${first?.name} ${hidden.size > 0 ? 'a part' : length}`;

/** The folder that all builds lie in, or the name of the only one. */
function nameOf(builds: readonly Build[]): string {
  const [first] = builds;
  if (builds.length < 2) return first?.name ?? '.';
  const above = [...ancestorsOf(first?.folder ?? '')].find(folder => builds.every(one => isWithin(one.folder, folder)));
  return above || '.';
}

const isWhole = ({ unknown, isIncomplete, kind }: Build) =>
  unknown.length === 0 && !isIncomplete && kind !== 'component';
