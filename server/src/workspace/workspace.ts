import type { Resource } from '../kube/resource';
import { folderOf, isWithin } from '../text/paths';
import type { YamlDocument } from '../yaml/document';
import { ClusterView, type TemplateAreas } from './cluster-view';
import { type Grouping, scopesOf } from './group';
import { readSource, type SourceFile } from './source-file';

export type Content = string | SourceFile | undefined;

/** Where a document stands: `index` counts the documents of the file from 0. */
export interface DocumentPlace {
  readonly file: SourceFile;
  readonly start: number;
  readonly index: number;
}

/**
 * The files of one root and what they mean together. An update gives a new value that shares what did not change;
 * nothing is mutated after it is built.
 */
export class Workspace {
  static readonly empty = new Workspace(new Map(), {}, []);

  #places: ReadonlyMap<YamlDocument, DocumentPlace> | undefined;
  #homes: ReadonlyMap<Resource, readonly ClusterView[]> | undefined;

  private constructor(
    readonly files: ReadonlyMap<string, SourceFile>,
    readonly grouping: Grouping,
    readonly scopes: readonly ClusterView[],
  ) {}

  /** Applies changes of files: a text, a file read before, or undefined when it is gone. */
  update(changes: Iterable<readonly [path: string, content: Content]>, grouping: Grouping = this.grouping): Workspace {
    const files = new Map(this.files);
    for (const [path, content] of changes) {
      const old = files.get(path);
      if (content === undefined) files.delete(path);
      else if (typeof content !== 'string') files.set(path, content);
      else if (old?.text !== content) files.set(path, readSource(path, content, old));
    }
    const settled = settleCharts(files);
    const templates = templateAreas(settled);
    const before = new Map(this.scopes.map(view => [view.name, view]));
    const scopes = scopesOf(settled, grouping).map(scope => new ClusterView(scope, templates, before.get(scope.name)));
    return new Workspace(settled, grouping, scopes);
  }

  /** The place of a document in its file. Documents embedded in others have none of their own. */
  placeOf(document: YamlDocument): DocumentPlace | undefined {
    if (this.#places === undefined) {
      const places = new Map<YamlDocument, DocumentPlace>();
      for (const file of this.files.values()) {
        for (const [index, placed] of file.documents.entries())
          places.set(placed.document, { file, start: placed.start, index });
      }
      this.#places = places;
    }
    return this.#places.get(document);
  }

  /** The scopes that judge an object. */
  scopesWith(resource: Resource): readonly ClusterView[] {
    if (this.#homes === undefined) {
      const homes = new Map<Resource, ClusterView[]>();
      for (const view of this.scopes) {
        for (const { resource: member } of view.scope.members) {
          const list = homes.get(member);
          if (list === undefined) homes.set(member, [view]);
          else if (!list.includes(view)) list.push(view);
        }
      }
      this.#homes = homes;
    }
    return this.#homes.get(resource) ?? [];
  }
}

const isChartTemplate = (path: string) => /(?:^|\/)templates\//.test(path);

/** Files below `templates/` are templates only beside a Chart.yaml, whichever of the two came first. */
function settleCharts(files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, SourceFile> {
  const charts = new Set<string>();
  for (const file of files.values()) if (file.role === 'chart') charts.add(folderOf(file.path));
  const settled = new Map<string, SourceFile>();
  for (const [path, file] of files) {
    if (!isChartTemplate(path) || (file.role !== 'manifests' && file.role !== 'template')) settled.set(path, file);
    else settled.set(path, settledTemplate(file, chartOf(path, charts) !== undefined));
  }
  return settled;
}

function settledTemplate(file: SourceFile, isInChart: boolean): SourceFile {
  if (isInChart === (file.role === 'template')) return file;
  if (!isInChart) return readSource(file.path, file.text, file);
  return {
    ...file,
    role: 'template',
    resources: [],
    skipped: 'a chart template: only what it renders to can be checked',
  };
}

/** The chart whose `templates/` hold a path. */
function chartOf(path: string, charts: ReadonlySet<string>): string | undefined {
  const segments = path.split('/');
  for (const [i, segment] of segments.entries()) {
    const chart = segments.slice(0, i).join('/');
    if (segment === 'templates' && charts.has(chart)) return chart;
  }
  return undefined;
}

/** Folders in which templates add objects: beside a chart and below, beside a file with templates and below. */
function templateAreas(files: ReadonlyMap<string, SourceFile>): TemplateAreas {
  const areas = new Set<string>();
  for (const file of files.values()) {
    if (file.role === 'chart') areas.add(folderOf(folderOf(file.path)));
    else if (file.role === 'manifests' && file.skipped !== undefined) areas.add(folderOf(file.path));
  }
  return { key: [...areas].join(':'), areNear: path => [...areas].some(area => isWithin(path, area)) };
}
