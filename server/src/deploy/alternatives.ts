import { type Resource, titleOf } from '../kube/resource';
import { add, grouped } from '../text/maps';
import { isWithin } from '../text/paths';
import { finished, type Steps } from '../text/steps';
import type { Build } from './builds';
import { contentOf, identityOf } from './member';

/**
 * Builds that can't be one cluster. Two that write the same identity are alternatives, unless they write the same; and
 * so is all below the two sibling folders in which they lie, where that happens more than once or the folders are
 * named for environments. Deterministic: only paths, identities and contents decide.
 */
export class Alternatives {
  readonly #rivals = new Map<Build, Set<Build>>();
  /** For a folder the siblings below which all builds are alternatives of those below it. */
  readonly #folders = new Map<string, Set<string>>();
  readonly #crowd: ReadonlySet<Build>;
  readonly #clustered: readonly Build[];
  #below: ReadonlyMap<string, readonly { readonly build: Build }[]> | undefined;

  /** In steps: each looks at some of what is written. */
  static *among(builds: readonly Build[]): Steps<Alternatives> {
    return new Alternatives(builds, yield* conflictsAmong(builds));
  }

  private constructor(
    readonly builds: readonly Build[],
    { pairs, crowd }: Conflicts,
  ) {
    this.#crowd = crowd;
    this.#clustered = builds.filter(({ cluster }) => cluster !== undefined);
    const between = new Map<string, number>();
    for (const [one, other] of pairs) {
      oppose(this.#rivals, one, other);
      const key = siblingsAbove(one.folder, other.folder)?.join('\n');
      if (key !== undefined) between.set(key, (between.get(key) ?? 0) + 1);
    }
    for (const [key, count] of between) {
      const [one = '', other = ''] = key.split('\n');
      if (count > 1 || (isEnvironment(one) && isEnvironment(other))) oppose(this.#folders, one, other);
    }
  }

  /** The builds that are alternatives of one. */
  of(build: Build): ReadonlySet<Build> {
    const found = new Set(this.#rivals.get(build));
    if (build.cluster !== undefined) {
      for (const other of this.#clustered) if (other.cluster !== build.cluster) found.add(other);
    }
    for (const folder of foldersAbove(build.folder)) {
      for (const beside of this.#folders.get(folder) ?? []) for (const other of this.#within(beside)) found.add(other);
    }
    return found;
  }

  /** The builds in a folder and below it. */
  #within(folder: string): readonly Build[] {
    this.#below ??= grouped(
      this.builds.flatMap(build => foldersAbove(build.folder).map(above => ({ above, build }))),
      ({ above }) => (this.#folders.has(above) ? above : undefined),
    );
    return this.#below.get(folder)?.map(({ build }) => build) ?? [];
  }

  /** Why two builds can't be one cluster: in a clause, of the other one. */
  reasonBetween(one: Build, other: Build): string | undefined {
    if (one.cluster !== undefined && other.cluster !== undefined && one.cluster !== other.cluster)
      return `it goes to cluster '${other.cluster}'`;
    if (this.#rivals.get(one)?.has(other)) {
      const twin = differenceOf(one, other);
      return twin ? `it writes ${twin} otherwise` : 'it writes an object otherwise';
    }
    if (this.#crowd.has(one) || this.#crowd.has(other)) return 'too many builds write the same objects otherwise';
    const folders = foldersAbove(one.folder).flatMap(folder => [...(this.#folders.get(folder) ?? [])]);
    const beside = folders.find(folder => isWithin(other.folder, folder));
    return beside === undefined ? undefined : `'${beside}' is an alternative of the folder that this is in`;
  }

  /** All builds, in groups of those that see the same. */
  *groups(): Steps<Group[]> {
    const numbers = new Map(this.builds.map((build, index) => [build, index]));
    const groups = new Map<string, { builds: Build[]; hidden: ReadonlySet<Build> }>();
    for (const build of this.builds) {
      if (this.#crowd.has(build)) continue;
      const hidden = this.of(build);
      const key = Array.from(hidden, other => numbers.get(other) ?? 0)
        .sort((a, b) => a - b)
        .join();
      const group = groups.get(key);
      if (group) group.builds.push(build);
      else groups.set(key, { builds: [build], hidden });
      yield;
    }
    return [
      ...groups.values(),
      ...Array.from(this.#crowd, build => ({ builds: [build], hidden: 'all others' as const })),
    ];
  }
}

/** Builds that may see each other. */
export class Region {
  #alternatives: Alternatives | undefined;

  constructor(
    readonly builds: readonly Build[],
    readonly groups: readonly Group[],
    alternatives?: Alternatives,
  ) {
    this.#alternatives = alternatives;
  }

  /** Why there are these groups. */
  get alternatives(): Alternatives {
    this.#alternatives ??= finished(Alternatives.among(this.builds));
    return this.#alternatives;
  }
}

/** The same region with other builds in the place of some that write what no other writes. */
export function renewedRegion({ builds, groups }: Region, renewed: ReadonlyMap<Build, Build>): Region {
  const now = (build: Build) => renewed.get(build) ?? build;
  return new Region(
    builds.map(now),
    groups.map(({ builds: own, hidden }) => ({
      builds: own.some(build => renewed.has(build)) ? own.map(now) : own,
      hidden:
        hidden === 'all others' || ![...renewed.keys()].some(build => hidden.has(build))
          ? hidden
          : new Set(Array.from(hidden, now)),
    })),
  );
}

/** Objects that are looked at for all groups together: a root of more is several roots in one folder. */
const mostSeen = 300_000;

/** A root, or where its groups would see too much the folders in it, each as if it had been opened alone. */
export function* regionsOf(builds: readonly Build[]): Steps<Region[]> {
  if (builds.length === 0) return [];
  const alternatives = yield* Alternatives.among(builds);
  const groups = yield* alternatives.groups();
  const size = builds.reduce((sum, { members }) => sum + members.length, 0);
  if (groups.length * size <= mostSeen) return [new Region(builds, groups, alternatives)];
  const common = builds.map(({ folder }) => folder).reduce(commonFolder);
  const parts = grouped(
    builds,
    ({ folder }) =>
      folder
        .slice(common.length)
        .split('/')
        .find(part => part !== '') ?? '',
  );
  if (parts.size > 1) {
    const regions: Region[] = [];
    for (const part of parts.values()) regions.push(...(yield* regionsOf(part)));
    return regions;
  }
  const alone = groups.map(({ builds: own }): Group => ({ builds: own, hidden: 'all others' }));
  return [new Region(builds, alone, alternatives)];
}

function commonFolder(one: string, other: string): string {
  const [a, b] = [one.split('/'), other.split('/')];
  const end = a.findIndex((part, i) => part !== b[i]);
  return (end === -1 ? a : a.slice(0, end)).join('/');
}

/** Builds of one cluster that see the same of the others. */
export interface Group {
  readonly builds: readonly Build[];
  /** Their alternatives. */
  readonly hidden: ReadonlySet<Build> | 'all others';
}

/** The first object of another build that this one writes otherwise. */
function differenceOf(one: Build, other: Build): string | undefined {
  const own = new Map(one.members.map(member => [identityOf(member), contentOf(member.resource)]));
  const twin = other.members.find(member => {
    const identity = identityOf(member);
    const content = identity === undefined ? undefined : own.get(identity);
    return content !== undefined && content !== contentOf(member.resource);
  });
  return twin && titleOf(twin.resource);
}

function oppose<T>(rivals: Map<T, Set<T>>, one: T, other: T): void {
  rivals.set(one, (rivals.get(one) ?? new Set()).add(other));
  rivals.set(other, (rivals.get(other) ?? new Set()).add(one));
}

/** More builds than this that each write an object in another way are examples or tenants: nobody's neighbours. */
const most = 50;

interface Conflicts {
  readonly pairs: readonly (readonly [Build, Build])[];
  /** Those of which there are too many to compare. */
  readonly crowd: ReadonlySet<Build>;
}

/** Who writes something differently. */
function* conflictsAmong(builds: readonly Build[]): Steps<Conflicts> {
  const writers = new Map<string, { readonly build: Build; readonly resource: Resource }[]>();
  for (const build of builds) {
    for (const member of build.members) {
      const identity = identityOf(member);
      if (identity === undefined) continue;
      add(writers, identity, { build, resource: member.resource });
    }
    yield;
  }
  const found = new Map<Build, Set<Build>>();
  const crowd = new Set<Build>();
  for (const same of writers.values()) {
    if (same.length < 2 || same.every(({ build }) => build === same[0]?.build)) continue;
    yield;
    const byContent = grouped(same, ({ resource }) => contentOf(resource));
    if (byContent.size > most) for (const { build } of same) crowd.add(build);
    if (byContent.size > most) continue;
    const groups = [...byContent.values()];
    for (const [i, group] of groups.entries()) {
      for (const { build: other } of groups.slice(0, i).flat()) {
        for (const { build: one } of group)
          if (one !== other) found.set(other, (found.get(other) ?? new Set()).add(one));
      }
    }
  }
  return { pairs: [...found].flatMap(([one, others]) => Array.from(others, other => [one, other] as const)), crowd };
}

/** The folders in which two paths part; undefined where one is above the other. */
function siblingsAbove(one: string, other: string): [string, string] | undefined {
  if (isWithin(one, other) || isWithin(other, one)) return undefined;
  const [a, b] = [one.split('/'), other.split('/')];
  const common = a.findIndex((part, i) => part !== b[i]);
  const pair: [string, string] = [a.slice(0, common + 1).join('/'), b.slice(0, common + 1).join('/')];
  return pair[0] < pair[1] ? pair : [pair[1], pair[0]];
}

/** The folder itself and those above it, but for the root. */
function foldersAbove(folder: string): string[] {
  const parts = folder.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** @own names that people give to folders of which each is for one cluster or stage */
const stages = new Set([
  'dev', 'devel', 'development', 'test', 'tests', 'testing', 'stage', 'staging', 'stg', 'qa', 'uat', 'int', 'integration',
  'preprod', 'pre', 'prod', 'production', 'prd', 'live', 'sandbox', 'preview', 'canary', 'local', 'dr', 'ci', 'e2e',
]); // biome-ignore format: a table

/** @own names of folders whose children are each for one cluster or stage */
const collections = new Set([
  'clusters', 'cluster', 'environments', 'environment', 'envs', 'env', 'overlays', 'stages', 'regions', 'sites', 'tenants',
]); // biome-ignore format: a table

function isEnvironment(folder: string): boolean {
  const parts = folder.split('/');
  const own = parts.at(-1) ?? '';
  return collections.has(parts.at(-2) ?? '') || own.split(/[-_.]/).some(word => stages.has(word.toLowerCase()));
}
