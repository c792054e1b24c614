import type { Build } from '../deploy/builds';
import type { Resource } from '../kube/resource';
import type { Range } from '../text/range';
import type { ClusterView } from '../workspace/cluster-view';
import type { Workspace } from '../workspace/workspace';
import type { YamlDocument } from '../yaml/document';
import type { Config } from './config';
import { heard } from './heard';
import { isHonored } from './honored';
import { locate } from './place';
import { type AnyRule, type Detail, type Finding, fixesOf, type Place, type Subject } from './rule';

/** What a check reported, before scopes, severities and comments are looked at. */
export interface Raw {
  readonly at: Place;
  readonly message: string;
  readonly detail: Detail;
  readonly owner: Resource | undefined;
}

interface Entry {
  readonly rule: AnyRule;
  readonly raw: Raw;
  readonly view: ClusterView | undefined;
  /** The object, as each place where it is found to be so makes it. */
  readonly owners: { readonly owner: Resource; readonly views: readonly ClusterView[] }[];
  readonly builds: Set<Build>;
}

/** Makes one finding of what several builds report alike, and drops what is not theirs to say. */
export class Merger {
  /** By rule and place. */
  readonly #entries = new Map<string, Entry[]>();

  constructor(
    readonly workspace: Workspace,
    readonly config: Config,
  ) {}

  /** Without a view it holds wherever the object is. */
  add(rule: AnyRule, raw: Raw, view: ClusterView | undefined): void {
    const { owner } = raw;
    if (owner && isMergedElsewhere(owner)) return;
    if (view && owner && !view.isSubject(owner)) return;
    if (view && owner && raw.detail.among && !view.holds(owner, raw.detail.among)) return;
    if (view && !restsOf(rule, raw).every(resource => view.isSettled(resource))) return;
    const { document, range } = locate(raw.at);
    // A broken document is half typed: what it seems to say about the rest of it is not worth a word.
    if (document.problems.length > 0 || this.workspace.placeOf(document) === undefined) return;
    const place = `${rule.id} ${placeIn(document, range)}`;
    const builds = owner ? this.#buildsOf(owner, view) : [];
    const entries = this.#entries.get(place) ?? [];
    this.#entries.set(place, entries);
    // Other builds may say the same in other words: a message may name a namespace. The first words stand for all.
    const isOther = (entry: Entry) => builds.length > 0 && builds.every(build => !entry.builds.has(build));
    const known = entries.find(entry => entry.raw.message === raw.message) ?? entries.find(isOther);
    // Only exceptions ask for more than the first.
    const owners =
      owner && this.config.exceptions.length > 0
        ? [{ owner, views: view ? [view] : this.workspace.viewsOf(owner) }]
        : [];
    known?.owners.push(...owners);
    if (known) for (const build of builds) known.builds.add(build);
    else entries.push({ rule, raw, view, owners, builds: new Set(builds) });
  }

  #subjectsOf({ owners }: Entry, path: string): readonly Subject[] {
    const subjects = owners.flatMap(({ owner, views }) =>
      views.map(view => ({ path, owner, namespace: namespaceIn(view, owner) })),
    );
    return subjects.length > 0 ? subjects : [{ path, owner: owners[0]?.owner }];
  }

  #buildsOf(owner: Resource, view: ClusterView | undefined): readonly Build[] {
    return view ? view.buildsOf(owner) : this.workspace.views.flatMap(one => one.buildsOf(owner));
  }

  /** The builds that could have it: all that make something of the object, and of the file that it is found in. */
  #homesOf(owner: Resource, { at }: Raw): readonly Build[] {
    const path = this.workspace.placeOf(locate(at).document)?.file.path ?? '';
    return this.workspace.buildsOf(owner).filter(({ reads }) => reads.has(path));
  }

  findings(): Finding[] {
    return [...this.#entries.values()].flat().flatMap(entry => {
      const { rule, raw, view, builds } = entry;
      const { owner } = raw;
      const homes = owner ? this.#homesOf(owner, raw) : [];
      const isEverywhere = builds.size >= homes.length;
      const { path = '' } = this.workspace.placeOf(locate(raw.at).document)?.file ?? {};
      if (isHonored(this.config.honors, rule.id, owner, raw.detail.on ?? [])) return [];
      const own = raw.detail.severity ?? rule.severity;
      const subjects = this.#subjectsOf(entry, path);
      const severity = heard({ rule, own, path, owner, subjects }, this.config);
      if (severity === undefined) return [];
      const home = view ?? (owner && this.workspace.viewsOf(owner)[0]);
      return [
        {
          rule,
          severity,
          at: raw.at,
          message: raw.message,
          get fixes() {
            return fixesOf(raw.detail);
          },
          related: raw.detail.related ?? [],
          scopes: isEverywhere ? [] : Array.from(builds, ({ name }) => name),
          resource: owner,
          namespace: home && owner && namespaceIn(home, owner),
          subjects,
        },
      ];
    });
  }
}

/** Where an object is for sure; a Namespace stands in the namespace that it declares. */
function namespaceIn(view: ClusterView, owner: Resource): string | undefined {
  if (owner.isClusterScoped && owner.kind !== 'Namespace') return undefined;
  const namespace = view.namespaceOf(owner);
  return namespace.isAssumed ? undefined : namespace.name;
}

const ids = new WeakMap<YamlDocument, number>();
let last = 0;

/** One text for a place: a finding is known again by it. */
export function placeKey({ at }: Raw): string {
  const { document, range } = locate(at);
  return placeIn(document, range);
}

function placeIn(document: YamlDocument, { start, end }: Range): string {
  const id = ids.get(document) ?? ++last;
  ids.set(document, id);
  return `${id} ${start} ${end}`;
}

/** What Flux merges into an object that something else applies: alone it can't be judged. */
const isMergedElsewhere = (resource: Resource) =>
  /^merge$/i.test(resource.annotation('kustomize.toolkit.fluxcd.io/ssa').text ?? '');

/** Whether it says that something is missing, which only the whole can show. */
export const isAbsence = (rule: AnyRule, { detail }: Raw) => rule.about === 'absence' && detail.alone !== true;

/** The objects that have to be settled for it to be said. */
function restsOf(rule: AnyRule, raw: Raw): readonly Resource[] {
  const { on = [] } = raw.detail;
  return raw.owner && isAbsence(rule, raw) ? [raw.owner, ...on] : on;
}

/** Findings by file, position, then rule. */
export function sorted(workspace: Workspace, findings: readonly Finding[]): Finding[] {
  const keyed = findings.map(finding => {
    const { document, range } = locate(finding.at);
    const place = workspace.placeOf(document);
    return { finding, path: place?.file.path ?? '', at: (place?.start ?? 0) + range.start };
  });
  keyed.sort((a, b) => compare(a.path, b.path) || a.at - b.at || compare(a.finding.rule.id, b.finding.rule.id));
  return keyed.map(({ finding }) => finding);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
