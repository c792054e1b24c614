import type { Resource } from '../kube/resource';
import type { ClusterView } from '../workspace/cluster-view';
import type { Workspace } from '../workspace/workspace';
import type { Level } from './config';
import { locate } from './place';
import type { AnyRule, Detail, Finding, Place, Severity } from './rule';

/** What a check reported, before scopes, severities and comments are looked at. */
export interface Raw {
  readonly at: Place;
  readonly message: string;
  readonly detail: Detail;
  readonly owner: Resource | undefined;
}

interface Entry {
  readonly rule: AnyRule;
  readonly level: Level | 'own';
  readonly raw: Raw;
  readonly place: string;
  readonly views: ClusterView[];
}

/** Makes one finding of what several scopes report alike, and drops what is not theirs to say. */
export class Merger {
  readonly #entries = new Map<string, Entry>();
  /** The scopes that report a rule at a place, in whatever words: a message may name a namespace. */
  readonly #seenIn = new Map<string, Set<ClusterView>>();
  readonly #ids = new Map<unknown, number>();

  constructor(readonly workspace: Workspace) {}

  add(rule: AnyRule, level: Level | 'own', raw: Raw, view: ClusterView | undefined): void {
    if (view && raw.owner && !view.judges(raw.owner)) return;
    if (view && !restsOf(rule, raw).every(resource => view.isSettled(resource))) return;
    const { document, range } = locate(raw.at);
    // A broken document is half typed: what it seems to say about the rest of it is not worth a word.
    if (document.problems.length > 0) return;
    const place = `${rule.id} ${this.#idOf(document)} ${range.start} ${range.end}`;
    if (view) this.#seenIn.set(place, (this.#seenIn.get(place) ?? new Set()).add(view));
    const key = `${place} ${raw.message}`;
    const known = this.#entries.get(key);
    if (known === undefined) this.#entries.set(key, { rule, level, raw, place, views: view ? [view] : [] });
    else if (view) known.views.push(view);
  }

  findings(): Finding[] {
    return [...this.#entries.values()].flatMap(({ rule, level, raw, place, views }) => {
      const homes = raw.owner ? this.workspace.scopesWith(raw.owner) : [];
      const isEverywhere = views.length === 0 || views.length >= homes.length;
      const isMissingEverywhere = views.length === 0 || (this.#seenIn.get(place)?.size ?? 0) >= homes.length;
      if (isAbsence(rule, raw) && !isMissingEverywhere) return [];
      const severity: Severity = level === 'own' || level === 'off' ? (raw.detail.severity ?? rule.severity) : level;
      const home = views[0] ?? homes[0];
      // A Namespace stands in the namespace that it declares.
      const isInside = raw.owner && (!raw.owner.isClusterScoped || raw.owner.kind === 'Namespace');
      const namespace = isInside ? home?.namespaceOf(raw.owner) : undefined;
      return [
        {
          rule,
          severity,
          at: raw.at,
          message: raw.message,
          fixes: raw.detail.fixes ?? [],
          related: raw.detail.related ?? [],
          scopes: isEverywhere ? [] : views.map(view => view.name),
          resource: raw.owner,
          namespace: namespace === undefined || namespace.isAssumed ? undefined : namespace.name,
        },
      ];
    });
  }

  #idOf(document: unknown): number {
    let id = this.#ids.get(document);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(document, id);
    }
    return id;
  }
}

/** Whether it says that something is missing, which only the whole can show. */
const isAbsence = (rule: AnyRule, { detail }: Raw) => rule.about === 'absence' && detail.alone !== true;

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
