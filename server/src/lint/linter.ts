import type { Resource } from '../kube/resource';
import type { ClusterView, NamespaceView } from '../workspace/cluster-view';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import { type Config, defaultConfig, levelOf } from './config';
import { isAbsence, Merger, placeKey, type Raw, sorted } from './merge';
import { ownerOf } from './place';
import type { AnyRule, Finding, Report, Target, Units } from './rule';
import { applySuppressions } from './suppressions';
import { configFindings, syntaxFindings } from './syntax';
import { unlistedFindings } from './unlisted';

/** A result with the lists it was made from: it holds while they are the very same objects. */
interface Remembered {
  readonly inputs: readonly unknown[];
  /** Lists of the whole scope, when the check looked there. */
  readonly wider: readonly unknown[] | undefined;
  readonly raw: readonly Raw[];
}

/** Runs rules over a workspace. Holds its last results, so that an edit re-runs only what it can change. */
export class Linter {
  /** The first error of each rule that threw: the others went on. */
  readonly failures: string[] = [];
  #bySubject = new WeakMap<AnyRule, WeakMap<object, readonly Raw[]>>();
  #byList = new Map<string, Remembered>();
  #target: Target | undefined;
  readonly #failed = new Set<AnyRule>();

  constructor(readonly rules: readonly AnyRule[]) {}

  /** All findings, in the order of files and positions. */
  lint(workspace: Workspace, config: Config = defaultConfig): readonly Finding[] {
    if (this.#target !== config.target) {
      this.#bySubject = new WeakMap();
      this.#byList = new Map();
      this.#target = config.target;
    }
    this.failures.length = 0;
    this.#failed.clear();
    const merger = new Merger(workspace);
    const kept = new Map<string, Remembered>();
    const judged = new Set(workspace.builds.flatMap(({ members }) => members.map(({ resource }) => resource)));
    const texts = [...workspace.files.values()].filter(file => file.role === 'corefile').flatMap(rootsOf);
    for (const rule of this.rules) {
      const level = levelOf(rule, config);
      if (level === 'off') continue;
      for (const text of rule.checkText ? texts : []) {
        for (const raw of this.#ofText(rule, text, config.target)) merger.add(rule, level, raw, undefined);
      }
      if (rule.per === 'resource') {
        for (const resource of judged) {
          if (!rule.kinds.includes(resource.kind)) continue;
          for (const raw of this.#ofResource(rule, resource, config.target)) merger.add(rule, level, raw, undefined);
        }
        continue;
      }
      const confirmed = this.#confirmed(rule, workspace, config.target, kept);
      for (const view of workspace.views) {
        for (const raw of this.#ofScope(rule, view, config.target, kept)) {
          if (confirmed === undefined || !isAbsence(rule, raw) || confirmed.has(placeKey(raw))) {
            merger.add(rule, level, raw, view);
          }
        }
      }
    }
    this.#byList = kept;
    const findings = [
      ...merger.findings(),
      ...unlistedFindings(workspace, config),
      ...syntaxFindings(workspace, config),
      ...configFindings(workspace),
    ];
    return sorted(workspace, applySuppressions(workspace, findings, config, this.rules));
  }

  /** Where something is missing though alternatives are in sight: what is there in any of them is not missing. */
  #confirmed(rule: AnyRule, workspace: Workspace, target: Target, kept: Map<string, Remembered>) {
    if (rule.about !== 'absence' || workspace.wholes.every(whole => workspace.views.includes(whole))) return undefined;
    const found = workspace.wholes.flatMap(whole => this.#ofScope(rule, whole, target, kept));
    return new Set(found.map(placeKey));
  }

  #ofResource(rule: AnyRule, resource: Resource, target: Target): readonly Raw[] {
    return this.#once(rule, resource, () => this.#run(rule, resource, target));
  }

  #ofText(rule: AnyRule, text: Node, target: Target): readonly Raw[] {
    return this.#once(rule, text, () =>
      this.#guarded(
        rule,
        () => 'a Corefile',
        report => rule.checkText?.(text, report, target),
      ),
    );
  }

  /** What a rule says of one object is worked out when the object is new. */
  #once(rule: AnyRule, subject: object, run: () => readonly Raw[]): readonly Raw[] {
    let known = this.#bySubject.get(rule);
    if (known === undefined) {
      known = new WeakMap();
      this.#bySubject.set(rule, known);
    }
    let raw = known.get(subject);
    if (raw === undefined) {
      raw = run();
      known.set(subject, raw);
    }
    return raw;
  }

  #ofScope(rule: AnyRule, view: ClusterView, target: Target, kept: Map<string, Remembered>): readonly Raw[] {
    const subjects = rule.subjects ?? rule.kinds;
    if (!view.judgesAny(subjects)) return [];
    const wider = () => [...scopeInputs(rule, view), view.judged(...subjects)];
    if (rule.per === 'scope') {
      const run = () => ({ raw: this.#run(rule, view, target), readsScope: true });
      return this.#recall(`${rule.id}\n${view.key}`, [], wider, kept, run);
    }
    return view.judgedNamespaces.flatMap(namespace => {
      if (!view.judgesAny(subjects, namespace.home)) return [];
      const key = `${rule.id}\n${view.key}\n${namespace.isAssumed ? '' : namespace.name}`;
      const inputs = [
        ...[...rule.kinds, 'Namespace' as const].map(kind => namespace.of(kind)),
        namespace.judged(...subjects),
      ];
      return this.#recall(key, inputs, wider, kept, () => {
        let readsScope = false;
        const unit = watched(namespace, () => {
          readsScope = true;
        });
        return { raw: this.#run(rule, unit, target), readsScope };
      });
    });
  }

  #recall(
    key: string,
    inputs: readonly unknown[],
    wider: () => readonly unknown[],
    kept: Map<string, Remembered>,
    run: () => { raw: readonly Raw[]; readsScope: boolean },
  ): readonly Raw[] {
    let known = this.#byList.get(key);
    if (!known || !areSame(known.inputs, inputs) || (known.wider && !areSame(known.wider, wider()))) {
      const { raw, readsScope } = run();
      known = { inputs, wider: readsScope ? wider() : undefined, raw };
    }
    kept.set(key, known);
    return known.raw;
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
        found.push({ at, message, detail, owner: ownerOf(at) });
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

const rootsOf = (file: SourceFile) => file.documents.map(({ document }) => document.root);

function scopeInputs(rule: AnyRule, view: ClusterView): readonly unknown[] {
  return [...[...rule.kinds, 'Namespace' as const].map(kind => view.of(kind)), view.surroundings];
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** A namespace that tells when somebody looks beyond it. */
function watched(namespace: NamespaceView, onScopeRead: () => void): Units['namespace'] {
  return {
    name: namespace.name,
    isAssumed: namespace.isAssumed,
    labels: namespace.labels,
    of: (...kinds) => namespace.of(...kinds),
    judged: (...kinds) => namespace.judged(...kinds),
    get cluster() {
      onScopeRead();
      return namespace.cluster;
    },
  };
}
