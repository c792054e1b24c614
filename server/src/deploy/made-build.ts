import { kustomizationIn, type Resource } from '../kube/resource';
import { grouped } from '../text/maps';
import type { Steps } from '../text/steps';
import type { YamlDocument } from '../yaml/document';
import type { Built, Unknown } from './build';
import { isSame, resourceOf } from './effective';
import type { ManifestFiles } from './files';
import { type Member, memberOf } from './member';
import type { EffectiveObject } from './object';
import { Sources, SourceText } from './sources';
import type { Mapping } from './value';

/** What one command applies: a kustomization that no other includes, a folder of loose manifests, a scope of the config file. */
export interface Build {
  /** Path of its folder, or the name that the config file gives it. */
  readonly name: string;
  readonly folder: string;
  readonly kind: 'kustomization' | 'component' | 'folder' | 'delivery' | 'scope';
  /** The cluster it goes to, where something says so. */
  readonly cluster?: string | undefined;
  /** The object that has it delivered, and the files and folders that it takes. */
  readonly by?: Resource | undefined;
  readonly takes?: readonly string[] | undefined;
  readonly members: readonly Member[];
  /** What it is made of that could not be followed: then objects may be missing in it, or be other than here. */
  readonly unknown: readonly Unknown[];
  /** Why nothing can be called missing in it, for another reason than what is unknown. */
  readonly isIncomplete: boolean;
  /** The files that it was made of. It is as it was while they are. */
  readonly reads: ReadonlyMap<string, unknown>;
  /** What its objects are made of, by which a later build knows them again. */
  readonly values: ReadonlyMap<Mapping, Resource>;
  /** The same build of files that say something else, as long as none has come or gone. */
  renewed(files: ManifestFiles): Steps<Build>;
}

export const keyOf = ({ kind, name }: Pick<Build, 'kind' | 'name'>) => `${kind} ${name}`;

type Identified = Pick<Build, 'name' | 'folder' | 'kind' | 'cluster' | 'by' | 'takes'>;

/** A build as it was before, unless a file that it was made of has changed. */
export function* again(
  is: Identified,
  before: ReadonlyMap<string, Build>,
  files: ManifestFiles,
  build: (sources: Sources) => Steps<Built | undefined>,
  namespace?: string,
): Steps<Build> {
  const old = before.get(keyOf(is));
  const isAlike = old?.by === is.by && old?.takes?.join() === is.takes?.join();
  if (old && isAlike && isUnchanged(old, files)) return old;
  const sources = new Sources(path => files.source(path));
  const { objects, unknown } = (yield* build(sources)) ?? { objects: [], unknown: [] };
  const { members, values } = membersOf(objects, sources, is.folder, namespace, old);
  for (const path of sources.reads.keys()) {
    const file = files.get(path);
    const [placed] = file?.role === 'kustomization' ? file.documents : [];
    if (placed === undefined) continue;
    for (const resource of kustomizationIn(placed.document)) members.push(memberOf(resource, path));
  }
  const made: Build = {
    ...is,
    members,
    unknown,
    isIncomplete: false,
    reads: sources.reads,
    values,
    renewed: later => again(is, new Map([[keyOf(is), made]]), later, build, namespace),
  };
  return made;
}

function isUnchanged({ reads }: Build, files: ManifestFiles): boolean {
  for (const [path, content] of reads) {
    const now = files.source(path);
    const isLike = content instanceof SourceText && now instanceof SourceText && content.isLike(now);
    if (!isLike && now !== content) return false;
  }
  return true;
}

/** The objects of a build, the same as before where they are equal, each with the file that it is written in. */
function membersOf(
  objects: readonly EffectiveObject[],
  sources: Sources,
  folder: string,
  namespace: string | undefined,
  old: Build | undefined,
): { readonly members: Member[]; readonly values: ReadonlyMap<Mapping, Resource> } {
  const paths = new Map<YamlDocument, string>();
  for (const [path, file] of sources.reads) {
    if (file === undefined || file === 'unread') continue;
    for (const document of file.read) paths.set(document, path);
  }
  const pathOf = ({ node }: Resource) => paths.get(hostOf(node.document)) ?? folder;
  const values = new Map<Mapping, Resource>();
  const known = grouped(old?.values ?? [], ([{ at }]) => at);
  const members: Member[] = [];
  for (const object of objects) {
    const same = known.get(object.value.at)?.find(([value]) => isSame(value, object.value))?.[1];
    const resource = same ?? resourceOf(object);
    if (resource === undefined) continue;
    values.set(object.value, resource);
    members.push(memberOf(resource, pathOf(resource), namespace));
  }
  return { members, values };
}

/** The document in whose text the others are. */
function hostOf(document: YamlDocument): YamlDocument {
  return document.host === undefined ? document : hostOf(document.host.node.document);
}
