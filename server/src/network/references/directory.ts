import { isDnsName } from '../../kube/dns-name';
import type { Kind } from '../../kube/kinds';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import type { Cluster, Namespace } from '../../kube/view';
import { slipOf } from '../../text/distance';
import { add } from '../../text/maps';
import { type MakerKind, Makers } from './makers';
import { bareName } from './near-misses';

export { Makers, makerKinds } from './makers';

/** Names that may be asked for. */
export interface Register {
  find(name: string): readonly Resource[];
  nearby(name: string): string | undefined;
  lacks(name: string, user: Resource): boolean;
  /** The only other namespace that has the name. */
  elsewhere(name: string): string | undefined;
}

/** The objects of some kinds in a namespace, by name, and whether a name that isn't there is really missing. */
export class Directory<K extends Kind> implements Register {
  readonly #byName = new Map<string, Resource[]>();
  readonly #home: Namespace<K | MakerKind>;
  readonly #kinds: readonly K[];
  readonly #near = new Map<string, string | undefined>();
  #known: Drifting | undefined;
  #makers: Makers | undefined;
  #hasPlaceholders: boolean | undefined;

  constructor(home: Namespace<NoInfer<K> | MakerKind>, ...kinds: readonly K[]) {
    this.#home = home;
    this.#kinds = kinds;
    for (const resource of home.of(...kinds)) {
      const name = resource.name.text;
      if (name === undefined) continue;
      add(this.#byName, name, resource);
    }
  }

  get names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** Every manifest of that name: alternatives of one object may stand side by side. */
  find(name: string): readonly Resource[] {
    return this.#byName.get(name) ?? [];
  }

  /**
   * The name that was probably meant: one that is a slip away, or the only one that differs by `-service` and the like.
   * Asked for more than two hundred names, it gives none: so many are no slips.
   */
  nearby(name: string): string | undefined {
    if (!this.#near.has(name)) this.#near.set(name, this.#near.size < 200 ? this.#nearest(name) : undefined);
    return this.#near.get(name);
  }

  #nearest(name: string): string | undefined {
    const near = slipOf(name, this.names);
    if (near !== undefined) return near;
    const kin = [...this.names].filter(other => bareName(other) === bareName(name));
    return kin.length === 1 ? kin[0] : undefined;
  }

  /**
   * Whether an object that another one names is missing where it plainly should be: others of its kind are there, or
   * it is in another namespace; no placeholder stands in the name, and nothing in sight makes such objects by itself.
   */
  lacks(name: string, user: Resource): boolean {
    if (this.#byName.has(name) || !isDnsName(name)) return false;
    if (this.#byName.size === 0 && this.elsewhere(name) === undefined) return false;
    // A name that is filled in later may be this one.
    this.#hasPlaceholders ??= [...this.names].some(isPlaceholder);
    if (this.#hasPlaceholders) return false;
    const { anywhere, adrift } = this.#drifting();
    if (anywhere.has(name) && isAdrift(user, this.#home)) return false;
    if (adrift.has(name)) return false;
    this.#makers ??= new Makers(this.#home);
    return !this.#makers.mayMake(name);
  }

  elsewhere(name: string): string | undefined {
    const homes = this.#drifting().anywhere.get(name);
    return homes?.size === 1 ? [...homes][0] : undefined;
  }

  #drifting(): Drifting {
    this.#known ??= driftingNames(this.#home, this.#kinds);
    return this.#known;
  }
}

/** The registers of the namespaces of a cluster. */
export interface Registers {
  in(namespace: string): Register | undefined;
}

/** The directories of all namespaces of a cluster, each made when somebody asks for it. */
export class Directories<K extends Kind> implements Registers {
  readonly #homes: ReadonlyMap<string, Namespace<K | MakerKind>>;
  readonly #kinds: readonly K[];
  readonly #made = new Map<string, Register>();

  constructor(cluster: Cluster<NoInfer<K> | MakerKind>, ...kinds: readonly K[]) {
    this.#homes = new Map([...cluster.namespaces].map(home => [home.name, home]));
    this.#kinds = kinds;
  }

  /** Undefined for a namespace in which the manifests show nothing at all. */
  in(namespace: string): Register | undefined {
    const made = this.#made.get(namespace);
    const home = this.#homes.get(namespace);
    if (made !== undefined || home === undefined) return made;
    const directory = new Directory(home, ...this.#kinds);
    this.#made.set(namespace, directory);
    return directory;
  }
}

/** One object names another that is not among the manifests. */
export interface Claim {
  readonly name: string;
  readonly user: Resource;
  /** Where it was looked for. */
  readonly directory: Register;
}

/**
 * Leaves out names that three objects or more agree on, when nothing similar is there: a slip happens once, and what
 * many know is somewhere else.
 */
export function withoutConsensus<T extends Claim>(claims: readonly T[]): T[] {
  const users = new Map<unknown, Map<string, Set<string | undefined>>>();
  for (const { name, user, directory } of claims) {
    const byName = users.get(directory) ?? new Map<string, Set<string | undefined>>();
    users.set(directory, byName);
    const named = byName.get(name) ?? new Set();
    byName.set(name, named);
    named.add(`${user.kindName} ${user.name.text}`);
  }
  return claims.filter(({ name, directory }) => {
    return (users.get(directory)?.get(name)?.size ?? 0) < 3 || directory.nearby(name) !== undefined;
  });
}

/** Names in other namespaces that may be meant all the same. */
interface Drifting {
  /** The namespaces that have it. */
  readonly anywhere: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of objects of which nobody says in which namespace they land. */
  readonly adrift: ReadonlySet<string>;
}

function driftingNames<K extends Kind>({ cluster }: Namespace<K | MakerKind>, kinds: readonly K[]): Drifting {
  const all = cluster.of(...kinds);
  const adrift = all.filter(resource => isAdrift(resource, cluster.namespaceOf(resource)));
  const anywhere = new Map<string, Set<string>>();
  for (const resource of all) {
    const name = resource.name.text;
    if (name !== undefined)
      anywhere.set(name, (anywhere.get(name) ?? new Set()).add(cluster.namespaceOf(resource).name));
  }
  return { anywhere, adrift: new Set(adrift.flatMap(({ name }) => name.text ?? [])) };
}

/** Whether nobody says which namespace an object lands in: then it may have been meant for another than its neighbours. */
export function isAdrift(user: Resource, home: { readonly name: string; readonly isAssumed: boolean }): boolean {
  return home.isAssumed || isPlaceholder(home.name) || (home.name === 'default' && user.namespace === undefined);
}

/** What to do about a name that leads nowhere: the namespace that has it, a name like it, or nothing known. */
export function adviceOn(directory: Register, name: string, near = directory.nearby(name)): string {
  const there = directory.elsewhere(name);
  if (there !== undefined) return `The one of this name is in namespace '${there}'.`;
  return near ? `Did you mean '${near}'?` : 'Name one that exists, or add it.';
}

/** Where a name was looked for, in words that are the same in every scope of the object. */
export function whereabouts(user: Resource, home: { readonly name: string }): string {
  return user.namespace === home.name ? `the manifests of namespace '${home.name}'` : 'the manifests of its namespace';
}
