import type { Resource } from '../../kube/resource';
import { folderOf } from '../../text/paths';
import type { ClusterView, NamespaceView } from '../../workspace/cluster-view';
import type { Workspace } from '../../workspace/workspace';
import type { Site } from './site';

/** What is around a place: the cluster that its object lands in, as far as manifests show it. */
export interface Around {
  readonly view: ClusterView;
  /** The namespace of the object, or the one that it would be applied to. */
  readonly home: string;
  /** Whether somebody says so: the object, or what it is built by. */
  readonly isHomeKnown: boolean;
  /** What is in that namespace; undefined where nothing is. */
  readonly namespace: NamespaceView | undefined;
  /** The namespaces of the other objects of the file, else of its folder. */
  readonly beside: ReadonlySet<string>;
  /** The object of before, as it is built; undefined where it doesn't read, or is new. */
  readonly built: Resource | undefined;
  /** The version that the manifests are for. */
  readonly kubernetes: string;
}

/** Undefined where no other object is in sight. */
export function aroundOf(workspace: Workspace, path: string, site: Site, kubernetes: string): Around | undefined {
  const twin = twinOf(workspace, path, site);
  const view = (twin && workspace.viewsOf(twin)[0]) ?? viewBeside(workspace, path);
  if (view === undefined) return undefined;
  const built = twin && (view.madeOf(twin) ?? twin);
  const written = site.object?.namespace;
  const home =
    (site.isPatch ? undefined : written) ?? homeOf(view, built) ?? written ?? homeBeside(workspace, path, view);
  const namespace = [...view.namespaces].find(({ name }) => name === (home ?? 'default'));
  return {
    view,
    home: home ?? 'default',
    isHomeKnown: home !== undefined,
    namespace,
    built,
    beside: homesBeside(workspace, path),
    kubernetes,
  };
}

/** The object that is typed, as the workspace knows it: the one in its file, else the one that a patch is for. */
function twinOf(workspace: Workspace, path: string, { object, isPatch }: Site): Resource | undefined {
  const name = object?.name.text;
  if (object === undefined || name === undefined) return undefined;
  const isTwin = (other: Resource) =>
    other.kind === object.kind &&
    other.kindName === object.kindName &&
    other.name.text === name &&
    (object.namespace === undefined || other.namespace === undefined || other.namespace === object.namespace);
  const own = isPatch ? undefined : workspace.files.get(path)?.resources.find(isTwin);
  if (own !== undefined) return own;
  const members = workspace.readersOf(path).flatMap(build => build.members);
  return members.find(({ resource }) => isTwin(resource))?.resource;
}

/** Where the objects of its own file are, else those of its build, its folder, or of all where that is one. */
function viewBeside(workspace: Workspace, path: string): ClusterView | undefined {
  const [own] = workspace.files.get(path)?.resources ?? [];
  const builds = workspace.readersOf(path);
  const folder = folderOf(path);
  return (
    (own && workspace.viewsOf(own)[0]) ??
    workspace.views.find(view => view.builds.some(build => builds.includes(build))) ??
    workspace.views.find(view => view.builds.some(build => build.folder === folder)) ??
    (workspace.views.length === 1 ? workspace.views[0] : undefined)
  );
}

function homeOf(view: ClusterView, built: Resource | undefined): string | undefined {
  if (built === undefined) return undefined;
  const { name, isAssumed } = view.namespaceOf(built);
  return isAssumed ? built.namespace : name;
}

/** The namespace that a build gives to all that it holds. */
function homeBeside(workspace: Workspace, path: string, view: ClusterView): string | undefined {
  const build = workspace.readersOf(path).find(each => view.builds.includes(each));
  if (build?.kind !== 'kustomization') return undefined;
  const homes = new Set(
    build.members.filter(({ resource }) => !resource.isClusterScoped).map(member => member.namespace),
  );
  return homes.size === 1 ? [...homes][0] : undefined;
}

function homesBeside(workspace: Workspace, path: string): ReadonlySet<string> {
  const own = workspace.files.get(path)?.resources.flatMap(({ namespace }) => namespace ?? []) ?? [];
  if (own.length > 0) return new Set(own);
  const folder = folderOf(path);
  const near = workspace.builds.filter(build => build.folder === folder).flatMap(build => build.members);
  return new Set(near.flatMap(({ namespace }) => namespace ?? []));
}
