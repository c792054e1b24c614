import { kustomizationIn, type Resource } from '../kube/resource';
import { add } from '../text/maps';
import { folderOf } from '../text/paths';
import { outermost, type YamlDocument } from '../yaml/document';
import { buildOf, type Unknown } from './build';
import { isSame, resourceOf } from './effective';
import type { ManifestFile, ManifestFiles } from './files';
import { Inclusions, type Kustomization, kustomizationOf } from './kustomizations';
import { type Member, memberOf } from './member';
import { Sources } from './sources';
import type { Mapping } from './value';

/** What one command applies: a kustomization that no other includes, a folder of loose manifests, a scope of the config file. */
export interface Build {
  /** Path of its folder, or the name that the config file gives it. */
  readonly name: string;
  readonly folder: string;
  readonly kind: 'kustomization' | 'component' | 'folder' | 'scope';
  readonly members: readonly Member[];
  /** What it is made of that could not be followed: then objects may be missing in it, or be other than here. */
  readonly unknown: readonly Unknown[];
  /** Why nothing can be called missing in it, for another reason than what is unknown. */
  readonly isIncomplete: boolean;
  /** The files that it was made of. It is as it was while they are. */
  readonly reads: ReadonlyMap<string, unknown>;
  /** What its objects are made of, by which a later build knows them again. */
  readonly values: ReadonlyMap<Mapping, Resource>;
}

/** The builds of the files of a root, in the order of their folders. Those of before that have not changed are the same. */
export function buildsOf(files: ManifestFiles, old: readonly Build[]): Build[] {
  const inclusions = new Inclusions(files.all.filter(({ role }) => role === 'kustomization').map(kustomizationOf));
  const before = new Map(old.map(build => [`${build.kind} ${build.name}`, build]));
  const { tops } = inclusions;
  const reached = new Set(tops.flatMap(top => [...inclusions.chainOf(top)]));
  const parts = inclusions.all.filter(one => one.isComponent && !reached.has(one));
  const built = [...tops, ...parts].map(one => {
    const kind = one.isComponent ? 'component' : 'kustomization';
    const known = before.get(`${kind} ${one.folder}`);
    return known && isUnchanged(known, files) ? known : kustomized(one, kind, files, known);
  });
  const named = new Set(inclusions.all.flatMap(({ includes, names }) => [...includes, ...names]));
  const loose = files.all.filter(({ path, role }) => role === 'manifests' && !named.has(path));
  const listed = new Set([...inclusions.all.map(({ folder }) => folder), ...Array.from(named, folderOf)]);
  return [...built, ...foldersOf(loose, before, listed)].sort(
    (a, b) => compare(a.folder, b.folder) || compare(a.kind, b.kind),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function isUnchanged({ reads }: Build, files: ManifestFiles): boolean {
  for (const [path, content] of reads) if (files.source(path) !== content) return false;
  return true;
}

function kustomized(
  { folder }: Kustomization,
  kind: Build['kind'],
  files: ManifestFiles,
  old: Build | undefined,
): Build {
  const sources = new Sources(path => files.source(path));
  const { objects, unknown } = buildOf(folder, sources) ?? { objects: [], unknown: [] };
  const paths = new Map<YamlDocument, string>();
  for (const [path, file] of sources.reads) {
    if (file === undefined || file === 'unread') continue;
    for (const document of [...file.documents, file.whole]) paths.set(document, path);
  }
  const pathOf = ({ node }: Resource) => paths.get(outermost(node.document, node.range).document) ?? folder;
  const values = new Map<Mapping, Resource>();
  const known = [...(old?.values ?? [])];
  const members: Member[] = [];
  for (const object of objects) {
    const same = known.find(([value]) => isSame(value, object.value))?.[1];
    const resource = same ?? resourceOf(object);
    if (resource === undefined) continue;
    values.set(object.value, resource);
    members.push(memberOf(resource, pathOf(resource), resource.namespace));
  }
  for (const path of sources.reads.keys()) {
    const file = files.get(path);
    const [placed] = file?.role === 'kustomization' ? file.documents : [];
    if (placed === undefined) continue;
    for (const resource of kustomizationIn(placed.document)) members.push(memberOf(resource, path, undefined));
  }
  const { reads } = sources;
  return { name: folder || '.', folder, kind, members, unknown, isIncomplete: false, reads, values };
}

/** Loose manifests are applied folder by folder; those that a kustomization beside them leaves out perhaps by nobody. */
function foldersOf(
  loose: readonly ManifestFile[],
  before: ReadonlyMap<string, Build>,
  listed: ReadonlySet<string>,
): Build[] {
  const byFolder = new Map<string, ManifestFile[]>();
  for (const file of loose) add(byFolder, folderOf(file.path), file);
  return [...byFolder].flatMap(([folder, files]) => {
    const reads = new Map(files.map(file => [file.path, file]));
    const isIncomplete = listed.has(folder) || files.some(isUnread);
    const known = before.get(`folder ${folder || '.'}`);
    if (known && known.isIncomplete === isIncomplete && isSameMap(known.reads, reads)) return known;
    const members = files.flatMap(file =>
      file.resources.filter(isApplied).map(resource => memberOf(resource, file.path, resource.namespace)),
    );
    if (members.length === 0) return [];
    return {
      name: folder || '.',
      folder,
      kind: 'folder',
      members,
      unknown: [],
      isIncomplete,
      reads,
      values: new Map(),
    };
  });
}

const isSameMap = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) =>
  a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);

/** A document that can't be read may hold what the others of its folder seem to miss. */
const isUnread = ({ documents }: ManifestFile) => documents.some(({ document }) => document.problems.length > 0);

/** Tools keep settings of their own in the form of objects. */
export const isApplied = (resource: Resource) =>
  resource.annotation('config.kubernetes.io/local-config').text !== 'true';
