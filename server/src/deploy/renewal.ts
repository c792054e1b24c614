import type { Resource } from '../kube/resource';
import { isSameList, memo } from '../text/maps';
import type { Steps } from '../text/steps';
import { type Build, isDelivering } from './builds';
import type { ManifestFile, ManifestFiles } from './files';
import { contentOf, identityOf, type Member } from './member';

/** A file that says something else than before. */
export interface Change {
  readonly old: ManifestFile;
  readonly now: ManifestFile;
}

/**
 * The builds that read some changed files, each with what it is now; undefined where more may have become of them than
 * new content: a build that comes or goes, other files in one, objects that tell a controller what to deliver.
 */
export function* renewedBuilds(
  builds: readonly Build[],
  files: ManifestFiles,
  changes: readonly Change[],
): Steps<ReadonlyMap<Build, Build> | undefined> {
  const taken = new Set(builds.flatMap(({ takes }) => takes ?? []));
  const renewed = new Map<Build, Build>();
  for (const { old, now } of changes) {
    const isSame = old.role === now.role && old.skipped === now.skipped;
    const isPlan = now.role === 'kustomization' && !isSameList(documentsOf(old), documentsOf(now));
    if (!isSame || isPlan || now.role === 'chart') return undefined;
    const readers = builds.filter(({ reads }) => reads.has(now.path));
    if (readers.length === 0 && old.resources.length + now.resources.length > 0) return undefined;
    for (const build of readers) {
      if (renewed.has(build)) continue;
      const next = yield* build.renewed(files);
      if (next === build) continue;
      const isAlike = next.members.length === build.members.length && !isDelivering(build) && !isDelivering(next);
      const isGone = next.kind === 'folder' && next.members.every(({ path }) => taken.has(path));
      if (!isAlike || isGone || build.kind === 'component') return undefined;
      renewed.set(build, next);
    }
  }
  return renewed;
}

const documentsOf = ({ documents }: ManifestFile) => documents.map(({ document }) => document);

/**
 * Whether who is an alternative of whom can't have changed with some builds: who writes otherwise what they write
 * otherwise than before does so still.
 */
export function keepsAlternatives(builds: readonly Build[], renewed: ReadonlyMap<Build, Build>): boolean {
  const identities = new Set([...renewed].flatMap(([old, now]) => [...otherwiseIn(old, now)]));
  const before = rivalsAmong(builds, identities);
  const after = rivalsAmong(
    builds.map(build => renewed.get(build) ?? build),
    identities,
  );
  return (
    before !== undefined &&
    after !== undefined &&
    before.size === after.size &&
    [...before].every(pair => after.has(pair))
  );
}

/** Pairs of builds, by their place, that write one of some objects in different ways; undefined for too many to tell. */
function rivalsAmong(builds: readonly Build[], identities: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const pairs = new Set<string>();
  for (const identity of identities) {
    const writers = builds.flatMap((build, index) => {
      const resource = resourcesIn(build).get(identity);
      return resource ? [{ index, resource }] : [];
    });
    if (writers.length > mostRivals) return undefined;
    if (writers.length < 2) continue;
    for (const one of writers) {
      for (const other of writers) {
        if (one.index < other.index && contentOf(one.resource) !== contentOf(other.resource))
          pairs.add(`${one.index} ${other.index}`);
      }
    }
  }
  return pairs;
}

const mostRivals = 50;

const resourcesIn = memo(
  (build: Build): ReadonlyMap<string | undefined, Resource> =>
    new Map(build.members.map(member => [identityOf(member), member.resource])),
);

/** The identities of what only one of two builds has, or each in another way. */
function otherwiseIn(old: Build, now: Build): ReadonlySet<string> {
  const shared = new Set(old.members.map(({ resource }) => resource));
  const kept = new Set(now.members.map(({ resource }) => resource));
  const said = (members: readonly Member[]) => new Map(members.map(member => [identityOf(member), member] as const));
  const before = said(old.members.filter(({ resource }) => !kept.has(resource)));
  const after = said(now.members.filter(({ resource }) => !shared.has(resource)));
  const found = new Set<string>();
  for (const [identity, { resource }] of [...before, ...after]) {
    const [a, b] = [before.get(identity), after.get(identity)];
    const isSame = a !== undefined && b !== undefined && contentOf(a.resource) === contentOf(b.resource);
    if (identity !== undefined && !isSame && resource) found.add(identity);
  }
  return found;
}
