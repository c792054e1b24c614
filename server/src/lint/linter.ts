import type { Build } from '../deploy/builds';
import type { Kind } from '../kube/kinds';
import type { Resource } from '../kube/resource';
import { add } from '../text/maps';
import { finished, type Steps } from '../text/steps';
import type { ClusterView, NamespaceView } from '../workspace/cluster-view';
import { recorded } from '../workspace/reads';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import { type Config, defaultConfig } from './config';
import { engineRules } from './engine-rules';
import { isOnSomewhere } from './levels';
import { isAbsence, Merger, placeKey, type Raw, sorted } from './merge';
import { locate, ownerOf } from './place';
import { forgetOthers, type OfView, type Remembered, rawOf } from './remembered';
import { type AnyRule, type Finding, inLines, type Report, type Target, type Units } from './rule';
import { applySuppressions } from './suppressions';
import { configFindings, syntaxFindings } from './syntax';
import { unlistedFindings } from './unlisted';

interface Seen {
  readonly view: ClusterView;
  readonly raw: Raw;
}

/** What findings are asked for: those in some files, which the views judge and the builds make objects of. */
interface Asked {
  readonly workspace: Workspace;
  readonly config: Config;
  /** Those that are on somewhere. */
  readonly rules: readonly AnyRule[];
  readonly views: readonly ClusterView[];
  readonly builds: readonly Build[];
  readonly files: readonly SourceFile[];
}

/** Runs rules over a workspace. Holds its last results, so that an edit re-runs only what it can change. */
export class Linter {
  /** The first error of each rule that threw: the others went on. */
  readonly failures: string[] = [];
  #bySubject = new WeakMap<object, ReadonlyMap<AnyRule, readonly Raw[]>>();
  readonly #byView = new Map<string, OfView>();
  readonly #byWhole = new Map<string, OfView>();
  #target: Target | undefined;
  #named: string | undefined;
  readonly #failed = new Set<AnyRule>();

  constructor(readonly rules: readonly AnyRule[]) {}

  /** All findings, in the order of files and positions. */
  lint(workspace: Workspace, config: Config = defaultConfig): readonly Finding[] {
    return finished(this.steps(workspace, config));
  }

  /**
   * The same in steps of some milliseconds, so that a caller can do other things in between, or leave it at that: what
   * was worked out is kept. The findings in files that are urgent come first, as a step of their own.
   */
  *steps(
    workspace: Workspace,
    config: Config = defaultConfig,
    urgent: ReadonlySet<string> = new Set(),
  ): Generator<readonly Finding[] | undefined, readonly Finding[]> {
    const rules = this.rules.filter(rule => isOnSomewhere(rule, config));
    const named = rules.map(({ id }) => id).join(' ');
    if (this.#target !== config.target || this.#named !== named) {
      this.#bySubject = new WeakMap();
      this.#byView.clear();
      this.#byWhole.clear();
    }
    this.#target = config.target;
    this.#named = named;
    this.failures.length = 0;
    this.#failed.clear();
    const { views, wholes, builds } = workspace;
    if (urgent.size > 0) {
      const near = new Set(builds.filter(({ reads }) => [...urgent].some(path => reads.has(path))));
      const own = views.filter(view => view.builds.some(build => near.has(build)));
      const files = [...urgent].flatMap(path => workspace.files.get(path) ?? []);
      yield yield* this.#findings({ workspace, config, rules, views: own, builds: [...near], files });
    }
    const files = [...workspace.files.values()];
    const findings = yield* this.#findings({ workspace, config, rules, views, builds, files });
    forgetOthers(this.#byView, views);
    forgetOthers(this.#byWhole, wholes);
    return findings;
  }

  /** The findings in some files: in all, or in those that the views and builds are about. */
  *#findings(asked: Asked): Steps<readonly Finding[]> {
    const { workspace, config, rules, views, builds, files } = asked;
    for (const view of views) yield* this.#lookAt(view, rules, config.target);
    const ofSubjects = yield* this.#ofSubjects(asked);
    const isAll = files.length === workspace.files.size;
    const paths = new Set(files.map(({ path }) => path));
    const pathOf = ({ at }: Pick<Raw, 'at'>) => workspace.placeOf(locate(at).document)?.file.path;
    const isMeant = (one: Pick<Raw, 'at'>) => isAll || paths.has(pathOf(one) ?? '');
    const merger = new Merger(workspace, config);
    const ofViews = new Map<AnyRule, Seen[]>();
    for (const view of views) {
      for (const [rule, said] of this.#byView.get(view.key)?.said ?? [])
        for (const raw of said) if (isMeant(raw)) add(ofViews, rule, { view, raw });
    }
    for (const rule of rules) {
      for (const raw of ofSubjects.get(rule) ?? []) if (isMeant(raw)) merger.add(rule, raw, undefined);
      const found = ofViews.get(rule) ?? [];
      for (const { view, raw } of yield* this.#confirmed(rule, found, asked)) merger.add(rule, raw, view);
      if (found.length > 0) yield;
    }
    const findings = merger.findings();
    yield;
    findings.push(...unlistedFindings(workspace, config, builds));
    yield;
    findings.push(...(yield* syntaxFindings(files, config)), ...configFindings(files, config));
    yield;
    const said = applySuppressions(workspace, findings, config, [...this.rules, ...engineRules], files);
    return sorted(workspace, isAll ? said : said.filter(isMeant));
  }

  /** What rules say of single objects and of Corefiles. */
  *#ofSubjects({ rules, builds, files, config: { target } }: Asked): Steps<Map<AnyRule, Raw[]>> {
    const found = new Map<AnyRule, Raw[]>();
    const take = (ofSubject: ReadonlyMap<AnyRule, readonly Raw[]>) => {
      for (const [rule, raw] of ofSubject) add(found, rule, ...raw);
    };
    const forTexts = rules.filter(({ checkText }) => checkText);
    for (const file of files) {
      if (file.role !== 'corefile') continue;
      for (const text of rootsOf(file)) take(this.#once(text, () => this.#ofText(forTexts, text, target)));
    }
    const byKind = new Map<Kind, AnyRule[]>();
    for (const rule of rules) {
      if (rule.per === 'resource') for (const kind of rule.kinds) add(byKind, kind, rule);
    }
    const seen = new Set<Resource>();
    for (const { members } of builds) {
      for (const { resource } of members) {
        if (seen.has(resource)) continue;
        seen.add(resource);
        take(this.#once(resource, () => this.#ofResource(byKind.get(resource.kind) ?? [], resource, target)));
      }
      yield;
    }
    return found;
  }

  /** What rules say of one object is worked out when the object is new. */
  #once(subject: object, run: () => ReadonlyMap<AnyRule, readonly Raw[]>): ReadonlyMap<AnyRule, readonly Raw[]> {
    let known = this.#bySubject.get(subject);
    if (known === undefined) {
      known = run();
      this.#bySubject.set(subject, known.size === 0 ? nothing : known);
    }
    return known;
  }

  #ofText(rules: readonly AnyRule[], text: Node, target: Target): ReadonlyMap<AnyRule, readonly Raw[]> {
    const where = () => 'a Corefile';
    const check = (rule: AnyRule) => this.#guarded(rule, where, report => rule.checkText?.(text, report, target));
    return spoken(rules, check);
  }

  #ofResource(rules: readonly AnyRule[], resource: Resource, target: Target): ReadonlyMap<AnyRule, readonly Raw[]> {
    return spoken(rules, rule => this.#run(rule, resource, target));
  }

  /** Runs the rules over a view, as far as what they said of the last one does not hold. */
  *#lookAt(view: ClusterView, rules: Iterable<AnyRule>, target: Target): Steps<void> {
    const before = this.#byView.get(view.key);
    if (before?.view === view) return;
    const byRule: OfView['byRule'] = new Map();
    for (const rule of rules) {
      if (rule.per === 'resource') continue;
      const found = this.#ofRule(rule, view, before?.byRule.get(rule), target);
      if (found.size > 0) byRule.set(rule, found);
      yield;
    }
    const said = Array.from(byRule, ([rule, found]) => [rule, [...rawOf(found)]] as const);
    this.#byView.set(view.key, { view, byRule, said: said.filter(([, raw]) => raw.length > 0) });
  }

  #ofRule(
    rule: AnyRule,
    view: ClusterView,
    before: ReadonlyMap<string, Remembered> | undefined,
    target: Target,
  ): ReadonlyMap<string, Remembered> {
    const subjects = rule.subjects ?? rule.kinds;
    if (!view.judgesAny(subjects)) return nothing;
    const found = new Map<string, Remembered>();
    const look = (unit: ClusterView | NamespaceView, name: string) => {
      const known = before?.get(name);
      found.set(name, known?.reads.holdFor(view) ? known : this.#recorded(rule, unit, target));
    };
    if (rule.per === 'scope') look(view, '');
    else {
      for (const namespace of view.judgedNamespaces) {
        if (view.judgesAny(subjects, namespace)) look(namespace, namespace.name);
      }
    }
    return found;
  }

  #recorded(rule: AnyRule, unit: ClusterView | NamespaceView, target: Target): Remembered {
    let raw: readonly Raw[] = [];
    const reads = recorded(() => {
      raw = this.#run(rule, unit, target);
    });
    return { reads, raw };
  }

  /**
   * What is missing though alternatives are in sight: what is there in any of them is not missing. The whole is asked
   * only where a part says so.
   */
  *#confirmed(
    rule: AnyRule,
    found: readonly Seen[],
    { workspace: { wholes }, config: { target } }: Asked,
  ): Steps<readonly Seen[]> {
    const isSure = ({ view, raw }: Seen) => !isAbsence(rule, raw) || wholes.includes(view);
    const doubted = found.filter(one => !isSure(one));
    if (doubted.length === 0) return found;
    const places = new Set<string>();
    const inDoubt = new Set(doubted.flatMap(({ view }) => view.builds));
    for (const whole of wholes) {
      if (!whole.builds.some(build => inDoubt.has(build))) continue;
      let ofWhole = this.#byWhole.get(whole.key);
      if (ofWhole?.view !== whole) ofWhole = { view: whole, byRule: new Map(), before: ofWhole?.byRule };
      this.#byWhole.set(whole.key, ofWhole);
      if (!ofWhole.byRule.has(rule)) {
        ofWhole.byRule.set(rule, this.#ofRule(rule, whole, ofWhole.before?.get(rule), target));
        yield;
      }
      for (const raw of rawOf(ofWhole.byRule.get(rule))) places.add(placeKey(raw));
    }
    return found.filter(one => isSure(one) || places.has(placeKey(one.raw)));
  }

  #run(rule: AnyRule, unit: Units[keyof Units], target: Target): readonly Raw[] {
    const where = () => ('kindName' in unit ? `${unit.kindName} '${unit.name.string ?? ''}'` : `'${unit.name}'`);
    return this.#guarded(rule, where, report => rule.check(unit, report, target));
  }

  /** A rule that throws is named once, and the others go on. */
  #guarded(rule: AnyRule, where: () => string, check: (report: Report) => void): readonly Raw[] {
    const found: Raw[] = [];
    try {
      check((at, message, detail = {}) => {
        found.push({ at, message: inLines(message), detail, owner: ownerOf(at) });
      });
      return found;
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!this.#failed.has(rule)) this.failures.push(`rule ${rule.id} failed on ${where()}: ${reason}`);
      this.#failed.add(rule);
      return [];
    }
  }
}

const nothing: ReadonlyMap<never, never> = new Map<never, never>();

const rootsOf = (file: SourceFile) => file.documents.map(({ document }) => document.root);

/** What some rules have to say, those left out that say nothing. */
function spoken(
  rules: readonly AnyRule[],
  check: (rule: AnyRule) => readonly Raw[],
): ReadonlyMap<AnyRule, readonly Raw[]> {
  const found = new Map<AnyRule, readonly Raw[]>();
  for (const rule of rules) {
    const raw = check(rule);
    if (raw.length > 0) found.set(rule, raw);
  }
  return found;
}
