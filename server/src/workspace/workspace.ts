import { type Region, regionsOf } from '../deploy/alternatives';
import { type Build, buildsOf } from '../deploy/builds';
import type { Resource } from '../kube/resource';
import { grouped } from '../text/maps';
import type { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import { ClusterView, keyOf } from './cluster-view';
import { Index } from './index';
import { type DocumentPlace, Files } from './root-files';
import { scopesIn, type WrittenScope } from './scopes';
import { readSource, type SourceFile } from './source-file';
import { settleCharts, templateAreas } from './templates';

export type Content = string | SourceFile | undefined;

export interface Grouping {
  /** Written in the config file: each names its files, and that decides. */
  readonly scopes?: readonly WrittenScope[] | undefined;
  /** Whether nothing is an alternative of anything: paths named together are applied together. */
  readonly isOneCluster?: boolean | undefined;
  /** Whether this is a file outside of every folder. */
  readonly isLoose?: boolean | undefined;
}

/**
 * The files of one root and what they mean together. An update gives a new value that shares what did not change;
 * nothing is mutated after it is built.
 */
export class Workspace {
  static readonly empty = new Workspace(new Files(new Map()), {}, [], [], []);

  #places: ReadonlyMap<YamlDocument, DocumentPlace> | undefined;
  #judges: ReadonlyMap<Build, readonly { readonly view: ClusterView }[]> | undefined;
  #makers: ReadonlyMap<Node, readonly { readonly build: Build }[]> | undefined;
  #readers: ReadonlyMap<string, readonly { readonly build: Build }[]> | undefined;

  private constructor(
    readonly sources: Files,
    readonly grouping: Grouping,
    readonly builds: readonly Build[],
    /** Each build is judged in one of them. */
    readonly views: readonly ClusterView[],
    /** As `views`, but with alternatives in sight: for what is called missing. */
    readonly wholes: readonly ClusterView[],
    private readonly regions: readonly Region[] = [],
  ) {}

  get files(): ReadonlyMap<string, SourceFile> {
    return this.sources.byPath;
  }

  /** Applies changes of files: a text, a file read before, or undefined when it is gone. */
  update(changes: Iterable<readonly [path: string, content: Content]>, grouping: Grouping = this.grouping): Workspace {
    const byPath = new Map(this.files);
    for (const [path, content] of changes) {
      const old = byPath.get(path);
      if (content === undefined) byPath.delete(path);
      else if (typeof content !== 'string') byPath.set(path, content);
      else if (old?.text !== content) byPath.set(path, readSource(path, content, old));
    }
    const files = new Files(settleCharts(byPath));
    const templates = templateAreas(files.byPath);
    const isLoose = grouping.isLoose === true;
    const before = new Map([...this.views, ...this.wholes].map(view => [view.key, view]));
    const show = (index: Index, builds: readonly Build[], hidden: ReadonlySet<Build>) => {
      const view = (old?: ClusterView) => new ClusterView(index, builds, hidden, templates, isLoose, old);
      return view(before.get(keyOf(builds, hidden)));
    };
    if (grouping.scopes) {
      const scopes = scopesIn(files.all, grouping.scopes);
      const views = scopes.map(({ scope, seen }) => show(new Index([scope, ...seen]), [scope], new Set()));
      return new Workspace(
        files,
        grouping,
        views.flatMap(view => view.builds),
        views,
        views,
      );
    }
    const builds = buildsOf(files, this.builds);
    const parts = builds.filter(({ kind }) => kind === 'component');
    const applied = builds.filter(({ kind }) => kind !== 'component');
    if (grouping.isOneCluster) {
      const view = show(new Index(builds), applied, new Set(parts));
      return new Workspace(files, grouping, builds, [view], [view]);
    }
    const regions = regionsOf(applied);
    const views: ClusterView[] = [];
    const wholes: ClusterView[] = [];
    for (const region of regions) {
      const index = new Index([...region.builds, ...parts]);
      const own = region.groups.map(group =>
        group.hidden === 'all others'
          ? show(new Index(group.builds), group.builds, new Set())
          : show(index, group.builds, new Set([...group.hidden, ...parts])),
      );
      views.push(...own);
      wholes.push(...(own.length === 1 && parts.length === 0 ? own : [show(index, region.builds, new Set())]));
    }
    return new Workspace(files, grouping, builds, views, wholes, regions);
  }

  /** The place of a document in its file. Documents embedded in others have none of their own. */
  placeOf(document: YamlDocument): DocumentPlace | undefined {
    this.#places ??= this.sources.places();
    return this.#places.get(document);
  }

  /** The views that judge an object, or what is built of it. */
  viewsOf(resource: Resource): readonly ClusterView[] {
    this.#judges ??= grouped(
      this.views.flatMap(view => view.builds.map(build => ({ view, build }))),
      ({ build }) => build,
    );
    const views = this.buildsOf(resource).flatMap(build => this.#judges?.get(build)?.map(({ view }) => view) ?? []);
    return [...new Set(views)];
  }

  /** The builds that another can't be one cluster with, and why. */
  alternativesOf(build: Build): readonly { readonly build: Build; readonly reason: string }[] {
    const region = this.regions.find(({ builds }) => builds.includes(build));
    return (region?.builds ?? []).flatMap(other => {
      const reason = other === build ? undefined : region?.alternatives.reasonBetween(build, other);
      return reason === undefined ? [] : [{ build: other, reason }];
    });
  }

  /** What a build makes of an object, or of what is written at its place. */
  madeBy(build: Build, resource: Resource): Resource | undefined {
    return build.members.find(member => member.resource.node.written === resource.node.written)?.resource;
  }

  /** The builds that an object, or what is written at its place, is part of. */
  buildsOf(resource: Resource): readonly Build[] {
    this.#makers ??= grouped(
      this.builds.flatMap(build => build.members.map(member => ({ build, place: member.resource.node.written }))),
      ({ place }) => place,
    );
    return [...new Set(this.#makers.get(resource.node.written)?.map(({ build }) => build))];
  }

  /** The builds that read a file. */
  readersOf(path: string): readonly Build[] {
    this.#readers ??= grouped(
      this.builds.flatMap(build => Array.from(build.reads.keys(), read => ({ build, read }))),
      ({ read }) => read,
    );
    return this.#readers.get(path)?.map(({ build }) => build) ?? [];
  }
}
