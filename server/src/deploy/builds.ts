import { isDefinition, mayBeManifest, type Resource } from '../kube/resource';
import { add } from '../text/maps';
import { folderOf } from '../text/paths';
import type { Steps } from '../text/steps';
import { buildingOf } from './build';
import { deliveredFrom, withoutTaken } from './delivered';
import type { ManifestFile, ManifestFiles } from './files';
import { Inclusions, type Kustomization, kustomizationOf } from './kustomizations';
import { again, type Build, keyOf } from './made-build';
import { memberOf } from './member';

export type { Build } from './made-build';

/**
 * The builds of the files of a root, in the order of their folders, made one at a step. Those of before that have not
 * changed are the same.
 */
export function* buildsOf(files: ManifestFiles, old: readonly Build[]): Steps<Build[]> {
  const kustomizations: Kustomization[] = [];
  for (const file of files.all) {
    if (file.role !== 'kustomization') continue;
    kustomizations.push(kustomizationOf(file));
    yield;
  }
  const inclusions = new Inclusions(kustomizations);
  const before = new Map(old.map(build => [keyOf(build), build]));
  const { tops } = inclusions;
  const reached = new Set(tops.flatMap(top => [...inclusions.chainOf(top)]));
  const parts = inclusions.all.filter(one => one.isComponent && !reached.has(one));
  const built: Build[] = [];
  for (const { folder, isComponent } of [...tops, ...parts]) {
    const kind = isComponent ? 'component' : 'kustomization';
    built.push(
      yield* again({ name: folder || '.', folder, kind }, before, files, sources => buildingOf(folder, sources)),
    );
    yield;
  }
  const named = new Set(inclusions.all.flatMap(({ includes, names }) => [...includes, ...names]));
  const loose = files.all.filter(({ path, role }) => role === 'manifests' && !named.has(path));
  const listed = new Set([...inclusions.all.map(({ folder }) => folder), ...Array.from(named, folderOf)]);
  const plain = [...built, ...(yield* foldersOf(loose, before, listed))];
  const delivered = yield* deliveredFrom(plain, files, before);
  return [...withoutTaken(plain, delivered), ...delivered].sort(
    (a, b) => compare(a.folder, b.folder) || compare(a.kind, b.kind) || compare(a.name, b.name),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Loose manifests are applied folder by folder; those that a kustomization beside them leaves out perhaps by nobody. */
function* foldersOf(
  loose: readonly ManifestFile[],
  before: ReadonlyMap<string, Build>,
  listed: ReadonlySet<string>,
): Steps<Build[]> {
  const byFolder = new Map<string, ManifestFile[]>();
  for (const file of loose) add(byFolder, folderOf(file.path), file);
  const found: Build[] = [];
  for (const [folder, own] of byFolder) {
    found.push(folderBuild(folder, own, listed.has(folder), before.get(`folder ${folder || '.'}`)));
    yield;
  }
  return found.filter(({ members }) => members.length > 0);
}

function folderBuild(folder: string, files: readonly ManifestFile[], isListed: boolean, known?: Build): Build {
  const reads = new Map(files.map(({ path, resources }) => [path, resources]));
  const isIncomplete = isListed || files.some(isUnread);
  if (known && known.isIncomplete === isIncomplete && isSameMap(known.reads, reads)) return known;
  const made: Build = {
    name: folder || '.',
    folder,
    kind: 'folder',
    members: files.flatMap(file => file.resources.filter(isApplied).map(resource => memberOf(resource, file.path))),
    unknown: [],
    isIncomplete,
    reads,
    values: new Map(),
    *renewed(later) {
      const now = files.flatMap(({ path }) => later.get(path) ?? []);
      return folderBuild(folder, now, isListed, made);
    },
  };
  return made;
}

const isSameMap = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) =>
  a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);

/** A document that can't be read may hold what the others of its folder seem to miss. */
const isUnread = ({ documents }: ManifestFile) =>
  documents.some(
    ({ document }) => mayBeManifest(document.text) && !isDefinition(document) && document.problems.length > 0,
  );

/** Tools keep settings of their own in the form of objects. */
export const isApplied = (resource: Resource) =>
  !resource.document.text.includes('config.kubernetes.io/local-config') ||
  resource.annotation('config.kubernetes.io/local-config').text !== 'true';

/** Whether something in it may tell a controller what to apply. */
export const isDelivering = ({ members }: Build) =>
  members.some(({ resource: { apiVersion } }) => /^(?:kustomize\.toolkit\.fluxcd\.io|argoproj\.io)\//.test(apiVersion));
