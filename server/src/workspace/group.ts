import { kustomizationIn } from '../kube/resource';
import { add } from '../text/maps';
import { ancestorsOf, folderOf, isWithin } from '../text/paths';
import { type Build, buildOf, type Kustomization, kustomizationOf } from './kustomize';
import { type Part, partition } from './partition';
import { identityOf, type Member, memberOf, type Scope } from './scope';
import type { SourceFile } from './source-file';

export interface Grouping {
  /** Written in the config file: each names its files, and that decides. */
  readonly scopes?:
    | readonly { name: string; namespace: string | undefined; holds(path: string): boolean }[]
    | undefined;
  /** Namespace of objects that name none, for scopes that the config file doesn't write. */
  readonly isOneCluster?: boolean | undefined;
  readonly isLoose?: boolean | undefined;
}

/** Kinds that count everywhere in a root for rules about absence. */
const clusterWide = new Set([
  'GlobalNetworkPolicy.projectcalico.org',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterPolicy.kyverno.io',
]);

/** Groups the files of one root into scopes. Deterministic: only paths and identities decide. */
export function scopesOf(files: ReadonlyMap<string, SourceFile>, grouping: Grouping): Scope[] {
  const sources = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const kustomizations = sources.filter(file => file.role === 'kustomization').map(kustomizationOf);
  const patches = new Set(kustomizations.flatMap(kustomization => kustomization.patches));
  const manifests = sources.filter(file => file.role === 'manifests' && !patches.has(file.path));
  const everything = manifests.flatMap(file => membersOf(file, undefined));
  const wide = everything.filter(member => clusterWide.has(member.resource.kind));
  if (grouping.scopes) return grouping.scopes.map(scope => written(scope, manifests, wide));
  const builds = grouping.isLoose ? [] : builtScopes(kustomizations, files, patches);
  const claimed = new Set(builds.flatMap(({ scope }) => scope.members.map(member => member.path)));
  const loose = everything.filter(member => !claimed.has(member.path));
  const left = adopt(builds, loose);
  const rest = grouping.isOneCluster ? onePart(left) : partition(left);
  const scopes = [...builds.map(({ scope }) => scope), ...looseScopes(rest, undefined, byPath(left), builds, grouping)];
  return scopes.filter(scope => scope.members.length > 0).map(scope => withWide(scope, wide));
}

function onePart(members: readonly Member[]): Part {
  return { folder: '', files: new Set(members.map(member => member.path)), inner: [], beside: [] };
}

/**
 * A scope for each part. It sees, without judging it, what it stands in, the alternatives below it, and the
 * kustomizations near: present in any of them is present.
 */
function looseScopes(
  part: Part,
  around: Part | undefined,
  members: ReadonlyMap<string, readonly Member[]>,
  builds: readonly Built[],
  grouping: Grouping,
): Scope[] {
  const membersIn = (files: Iterable<string>) => [...files].flatMap(path => members.get(path) ?? []);
  const near = around === undefined ? '' : folderOf(part.folder);
  const kustomized = builds.filter(({ folders }) =>
    folders.some(folder => isWithin(folder, near) || isWithin(near, folder)),
  );
  const scope: Scope = {
    name: part.folder || '.',
    members: membersIn(part.files),
    context: [
      ...(around ? membersIn(around.files) : []),
      ...part.inner.flatMap(below => membersIn(filesBelow(below))),
      ...part.beside.flatMap(sibling => membersIn(filesBelow(sibling))).slice(0, mostBeside),
      ...kustomized.flatMap(built => built.scope.members),
    ],
    bringsUnseen: false,
    relabels: false,
    isLoose: grouping.isLoose ?? false,
  };
  return [scope, ...part.inner.flatMap(below => looseScopes(below, part, members, builds, grouping))];
}

/** In a collection of hundreds of examples nobody is anybody's neighbour, and looking at all of all would be quadratic. */
const mostBeside = 1000;

function filesBelow(part: Part): string[] {
  return [...part.files, ...part.inner.flatMap(filesBelow)];
}

function byPath(members: readonly Member[]): ReadonlyMap<string, readonly Member[]> {
  const found = new Map<string, Member[]>();
  for (const member of members) {
    add(found, member.path, member);
  }
  return found;
}

function membersOf(file: SourceFile, namespace: string | undefined): Member[] {
  return file.resources.map(resource => memberOf(resource, file.path, namespace ?? resource.namespace));
}

function written(
  { name, namespace, holds }: NonNullable<Grouping['scopes']>[number],
  manifests: readonly SourceFile[],
  wide: readonly Member[],
): Scope {
  const members = manifests
    .filter(file => holds(file.path))
    .flatMap(file => file.resources.map(resource => memberOf(resource, file.path, resource.namespace ?? namespace)));
  return withWide({ name, members, context: [], bringsUnseen: false, relabels: false, isLoose: false }, wide);
}

interface Built {
  readonly scope: Scope;
  /** Folders of the kustomizations that stand side by side in it. */
  readonly folders: readonly string[];
  readonly identities: Set<string>;
}

/** One scope for each kustomization that no other includes; those side by side below one folder share one if they can. */
function builtScopes(
  kustomizations: readonly Kustomization[],
  files: ReadonlyMap<string, SourceFile>,
  patches: ReadonlySet<string>,
): Built[] {
  const byFolder = new Map(kustomizations.map(kustomization => [kustomization.folder, kustomization]));
  const included = new Set(kustomizations.flatMap(kustomization => kustomization.includes));
  const isIncluded = ({ folder, file }: Kustomization) => included.has(folder) || included.has(file.path);
  const tops = kustomizations.filter(kustomization => !isIncluded(kustomization));
  const single = tops.map(top => builtScope(top, buildOf(top, byFolder, files), files, patches));
  const byParent = new Map<string, Built[]>();
  for (const built of single) {
    const parent = folderOf(built.folders[0] ?? '');
    add(byParent, parent, built);
  }
  return [...byParent.values()].flatMap(siblings => (areFriends(siblings) ? [merged(siblings)] : siblings));
}

function builtScope(
  top: Kustomization,
  build: Build,
  files: ReadonlyMap<string, SourceFile>,
  patches: ReadonlySet<string>,
): Built {
  const members = build.applied
    .filter(({ path }) => !patches.has(path))
    .flatMap(({ path, namespace }) => {
      const file = files.get(path);
      return file?.role === 'manifests' ? membersOf(file, namespace).map(member => ({ ...member, isBuilt: true })) : [];
    });
  const own = build.chain.flatMap(({ file }) => {
    const [placed] = file.documents;
    return placed ? kustomizationIn(placed.document).map(resource => memberOf(resource, file.path, undefined)) : [];
  });
  const scope: Scope = {
    name: top.folder || '.',
    members: [...members, ...own],
    context: [],
    bringsUnseen: build.lacksFiles || build.chain.some(kustomization => kustomization.bringsUnseen),
    relabels: build.chain.some(kustomization => kustomization.relabels),
    isLoose: false,
  };
  return { scope, folders: [top.folder], identities: identitiesOf(members) };
}

function identitiesOf(members: readonly Member[]): Set<string> {
  return new Set(members.flatMap(member => identityOf(member) ?? []));
}

/** Whether they can be one cluster: no identity twice, and no base that each puts somewhere else. */
function areFriends(siblings: readonly Built[]): boolean {
  if (siblings.length < 2) return false;
  const seen = new Set<string>();
  for (const { identities, scope } of siblings) {
    const manifests = scope.members.filter(({ resource }) => resource.kind !== 'Kustomization.kustomize.config.k8s.io');
    const own = new Set([...identities, ...manifests.map(member => `file ${member.path}`)]);
    for (const one of own) if (seen.has(one)) return false;
    for (const one of own) seen.add(one);
  }
  return true;
}

function merged(siblings: readonly Built[]): Built {
  const folders = siblings.flatMap(sibling => sibling.folders);
  const parent = folderOf(folders[0] ?? '');
  return {
    folders,
    identities: new Set(siblings.flatMap(sibling => [...sibling.identities])),
    scope: {
      name: parent || '.',
      members: siblings.flatMap(({ scope }) => scope.members),
      context: [],
      bringsUnseen: siblings.some(({ scope }) => scope.bringsUnseen),
      relabels: siblings.some(({ scope }) => scope.relabels),
      isLoose: false,
    },
  };
}

/** Gives loose files to the nearest kustomization above or beside them that doesn't conflict; returns those left. */
function adopt(builds: Built[], loose: readonly Member[]): Member[] {
  const left: Member[] = [];
  for (const [path, members] of byPath(loose)) {
    const identities = identitiesOf(members);
    const home = nearest(builds, folderOf(path), identities);
    if (home === undefined) {
      left.push(...members);
      continue;
    }
    for (const identity of identities) home.identities.add(identity);
    const at = builds.indexOf(home);
    builds[at] = { ...home, scope: { ...home.scope, members: [...home.scope.members, ...members] } };
  }
  return left;
}

function nearest(builds: readonly Built[], folder: string, identities: ReadonlySet<string>): Built | undefined {
  const fits = (built: Built) => [...identities].every(identity => !built.identities.has(identity));
  for (const ancestor of ancestorsOf(folder)) {
    const above = builds.find(built => built.folders.includes(ancestor) && fits(built));
    if (above) return above;
    const beside = builds.find(
      built => built.folders.some(at => at !== '' && folderOf(at) === ancestor) && fits(built),
    );
    if (beside) return beside;
  }
  return undefined;
}

function withWide(scope: Scope, wide: readonly Member[]): Scope {
  if (wide.length === 0) return scope;
  const own = new Set([...scope.members, ...scope.context].map(member => member.resource));
  const more = wide.filter(member => !own.has(member.resource));
  return more.length === 0 ? scope : { ...scope, context: [...scope.context, ...more] };
}
