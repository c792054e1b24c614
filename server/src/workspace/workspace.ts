import { regionsOf } from '../deploy/alternatives';
import { type Build, buildsOf } from '../deploy/builds';
import { type Change, keepsAlternatives, renewedBuilds } from '../deploy/renewal';
import type { Resource } from '../kube/resource';
import { add, grouped, memo } from '../text/maps';
import { finished, type Steps } from '../text/steps';
import type { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import type { ClusterView, TemplateAreas } from './cluster-view';
import { Index } from './index';
import { type Part, partOf, renewedPart, type Surroundings, viewOf } from './parts';
import { type DocumentPlace, Files } from './root-files';
import { scopesIn, type WrittenScope } from './scopes';
import { readSource, type SourceFile } from './source-file';
import { settleCharts, settledAs, templateAreas } from './templates';

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
  static readonly empty = new Workspace(Files.of(new Map()), {}, [], [], [], { areNear: () => false }, []);

  #judges: ReadonlyMap<Build, readonly { readonly view: ClusterView }[]> | undefined;
  #makers: ReadonlyMap<Node, readonly { readonly build: Build }[]> | undefined;

  private constructor(
    readonly sources: Files,
    readonly grouping: Grouping,
    readonly builds: readonly Build[],
    /** Each build is judged in one of them. */
    readonly views: readonly ClusterView[],
    /** As `views`, but with alternatives in sight: for what is called missing. */
    readonly wholes: readonly ClusterView[],
    private readonly templates: TemplateAreas,
    /** None where scopes are written, or all is one cluster. */
    private readonly parts: readonly Part[],
  ) {}

  get files(): ReadonlyMap<string, SourceFile> {
    return this.sources.byPath;
  }

  /** Applies changes of files: a text, a file read before, or undefined when it is gone. */
  update(changes: Iterable<readonly [path: string, content: Content]>, grouping: Grouping = this.grouping): Workspace {
    return finished(this.updating(changes, grouping));
  }

  /** The same in steps of some milliseconds. */
  *updating(
    changes: Iterable<readonly [path: string, content: Content]>,
    grouping: Grouping = this.grouping,
  ): Steps<Workspace> {
    const changed = new Map<string, SourceFile | undefined>();
    for (const [path, content] of changes) {
      const old = this.files.get(path);
      const now = typeof content === 'string' && old?.text !== content ? readSource(path, content, old) : content;
      const file = typeof now === 'string' ? old : now;
      if (file !== old) changed.set(path, file);
      if (typeof content === 'string') yield;
    }
    const isAsGrouped = grouping.scopes === this.grouping.scopes && grouping.isLoose === this.grouping.isLoose;
    const renewed = isAsGrouped ? yield* this.#renewed(changed) : undefined;
    if (renewed instanceof Workspace) return renewed;
    return yield* this.#regrouped(changed, grouping, renewed ?? this.builds);
  }

  /**
   * What most edits come to: some builds are made anew, and who sees whom stays. Where that may change too, the builds
   * alone; undefined where others may come or go.
   */
  *#renewed(changed: ReadonlyMap<string, SourceFile | undefined>): Steps<Workspace | readonly Build[] | undefined> {
    if (this.parts.length === 0 || changed.size > mostRenewed) return undefined;
    const changes: Change[] = [];
    const now = new Map<string, SourceFile>();
    for (const [path, file] of changed) {
      const old = this.files.get(path);
      if (file === undefined || old === undefined) return undefined;
      const settled = settledAs(old, file);
      changes.push({ old, now: settled });
      now.set(path, settled);
    }
    const files = this.sources.with(now);
    const renewed = yield* renewedBuilds(this.builds, files, changes);
    if (renewed === undefined) return undefined;
    const builds = renewed.size === 0 ? this.builds : this.builds.map(build => renewed.get(build) ?? build);
    if (!keepsAlternatives(this.builds, renewed)) return builds;
    const around = this.#around(this.templates, this.grouping, this.builds);
    const parts = renewed.size === 0 ? this.parts : this.parts.map(part => renewedPart(part, renewed, around));
    return this.#of(files, this.grouping, builds, this.templates, parts);
  }

  /** From scratch, but for builds that are what they were. */
  *#regrouped(
    changed: ReadonlyMap<string, SourceFile | undefined>,
    grouping: Grouping,
    known: readonly Build[],
  ): Steps<Workspace> {
    const byPath = new Map(this.files);
    for (const [path, file] of changed) {
      if (file === undefined) byPath.delete(path);
      else byPath.set(path, file);
    }
    const settled = settleCharts(byPath);
    yield;
    const files = Files.of(settled);
    const templates = templateAreas(files.byPath);
    yield;
    if (grouping.scopes) {
      const around = this.#around(templates, grouping, []);
      const scopes = scopesIn(files.all, grouping.scopes);
      const views = scopes.map(({ scope, seen }) => viewOf(new Index([scope, ...seen]), [scope], new Set(), around));
      const builds = views.flatMap(view => view.builds);
      return new Workspace(files, grouping, builds, views, views, templates, []);
    }
    const builds = yield* buildsOf(files, known);
    const around = this.#around(templates, grouping, builds);
    const applied = builds.filter(({ kind }) => kind !== 'component');
    if (grouping.isOneCluster) {
      const view = viewOf(new Index(builds), applied, new Set(around.components), around);
      return new Workspace(files, grouping, builds, [view], [view], templates, []);
    }
    const parts: Part[] = [];
    yield;
    for (const region of yield* regionsOf(applied)) {
      parts.push(partOf(region, around));
      yield;
    }
    return this.#of(files, grouping, builds, templates, parts);
  }

  #around(templates: TemplateAreas, { isLoose }: Grouping, builds: readonly Build[]): Surroundings {
    const before = new Map([...this.views, ...this.wholes].map(view => [view.key, view]));
    const components = builds.filter(({ kind }) => kind === 'component');
    return { templates, isLoose: isLoose === true, components, before };
  }

  #of(
    files: Files,
    grouping: Grouping,
    builds: readonly Build[],
    templates: TemplateAreas,
    parts: readonly Part[],
  ): Workspace {
    const views = parts.flatMap(part => part.views);
    const wholes = parts.map(({ whole }) => whole);
    return new Workspace(files, grouping, builds, views, wholes, templates, parts);
  }

  /** The place of a document in its file. Documents embedded in others have none of their own. */
  placeOf(document: YamlDocument): DocumentPlace | undefined {
    return this.sources.placeOf(document);
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
    const region = this.parts.find(part => part.region.builds.includes(build))?.region;
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
    return readersIn(this.builds).get(path) ?? [];
  }
}

const readersIn = memo((builds: readonly Build[]): ReadonlyMap<string, readonly Build[]> => {
  const readers = new Map<string, Build[]>();
  for (const build of builds) for (const path of build.reads.keys()) add(readers, path, build);
  return readers;
});

/** So many files at once are a branch switch: then most is another anyway. */
const mostRenewed = 50;
