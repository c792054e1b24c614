import { add, memo } from '../../text/maps';
import { helmKinds } from '../helm';
import type { Kind } from '../kinds';
import { workloadKinds } from '../pods/workload';
import type { Resource } from '../resource';
import { annotationKeysOf, classNameOf } from '../services/ingress';
import { isDefaultClass } from '../services/ingress-class';
import type { Cluster } from '../view';
import { chartSettings, configuredBy, type Settings } from './configured';
import { byAnnotation, byClassName, bySpecController, controllers } from './facts';
import type { ControllerFacts } from './facts/controller';
import { f5Nginx } from './facts/f5-nginx';
import { haproxyIngress } from './facts/haproxy-ingress';
import { haproxytech } from './facts/haproxytech';
import { ingressNginx } from './facts/ingress-nginx';
import { traefik } from './facts/traefik';
import { type ControllerWorkload, controllersRunBy } from './running';

/** Every kind that is read to find the controllers of a scope. A rule that asks declares them all. */
export const controllerKinds = [
  ...workloadKinds,
  ...helmKinds,
  'ConfigMap',
  'Ingress',
  'IngressClass',
] as const satisfies readonly Kind[];

export type ControllerKind = (typeof controllerKinds)[number];

/** What shows which controller serves an Ingress, strongest first. */
export type Evidence = 'class' | 'flag' | 'name' | 'annotations' | 'only';

export interface Served {
  readonly facts: ControllerFacts;
  readonly evidence: Evidence;
  /** The controller whose classes and annotations it takes over. */
  readonly standsInFor?: ControllerFacts;
}

/** A controller, and all that the scope shows of it. */
export interface Controller {
  readonly facts: ControllerFacts;
  readonly workloads: readonly ControllerWorkload[];
  readonly configMaps: readonly Resource<'ConfigMap'>[];
  /** Those, and the values of its Helm chart. */
  readonly settings: readonly Settings[];
  readonly ingressClasses: readonly Resource<'IngressClass'>[];
  readonly ingresses: readonly Resource<'Ingress'>[];
  /** Version of its image, where a workload of the scope tells and all agree. */
  readonly version: string | undefined;
}

export interface Controllers {
  readonly known: readonly Controller[];
  /** Ingresses of class `nginx` where nothing tells whether the community's controller or F5's serves it. */
  readonly ambiguous: readonly Resource<'Ingress'>[];
  /** Who serves an Ingress; undefined when nobody can tell. */
  of(ingress: Resource): Served | undefined;
  /** The same for one that is only being written. */
  wouldServe(ingress: Resource): Served | undefined;
}

/** The ingress controllers of a scope, and which of them serves which Ingress. */
export const controllersIn = memo(
  (view: Cluster<ControllerKind>): Controllers => new Finder(view).controllers(),
  view => view.of(...controllerKinds),
);

/**
 * Classes that two controllers use by default.
 *
 * @source kubernetes/ingress-nginx:charts/ingress-nginx/values.yaml (4.15.1)
 * @source nginx/kubernetes-ingress:cmd/nginx-ingress/flags.go (read 2026-11-29 at 0a9f037)
 * @source haproxytech/kubernetes-ingress:documentation/ingressclass.md (read 2026-11-29 at 35f2e5c)
 * @source haproxy-ingress/charts:haproxy-ingress/values.yaml (0.14.12)
 */
const shared: Readonly<Record<string, readonly ControllerFacts[]>> = {
  nginx: [ingressNginx, f5Nginx],
  haproxy: [haproxytech, haproxyIngress],
};

class Finder {
  readonly #workloads: readonly ControllerWorkload[];
  readonly #settings = new Map<ControllerFacts, Settings[]>();
  readonly #byClass = new Map<string, Served | undefined>();
  /** Controllers whose annotations the Ingresses of a class carry. */
  readonly #marks = new Map<string, Set<ControllerFacts>>();

  constructor(readonly view: Cluster<ControllerKind>) {
    this.#workloads = view.of(...workloadKinds).flatMap(controllersRunBy);
    for (const configMap of view.of('ConfigMap')) {
      const facts = configuredBy(configMap, this.#workloads, view);
      const settings = { resource: configMap, data: configMap.at('data'), isPartial: false };
      if (facts) add(this.#settings, facts, settings);
    }
    for (const release of view.of(...helmKinds)) {
      for (const { facts, settings } of chartSettings(release)) add(this.#settings, facts, settings);
    }
    for (const ingress of view.of('Ingress')) {
      const name = classNameOf(ingress);
      if (name === undefined) continue;
      const marks = this.#marks.get(name) ?? new Set();
      for (const facts of marksOf(ingress)) marks.add(facts);
      this.#marks.set(name, marks);
    }
  }

  controllers(): Controllers {
    const served = new Map<Resource, Served>();
    const ambiguous: Resource<'Ingress'>[] = [];
    const byFacts = new Map<ControllerFacts, Resource<'Ingress'>[]>();
    for (const ingress of this.view.of('Ingress')) {
      const by = this.#servedBy(ingress);
      if (by) {
        served.set(ingress, by);
        add(byFacts, by.facts, ingress);
      } else if (this.#isAmbiguous(ingress)) ambiguous.push(ingress);
    }
    const known = controllers.flatMap((facts): Controller[] => {
      const workloads = this.#workloads.filter(workload => workload.facts === facts);
      const settings = this.#settings.get(facts) ?? [];
      const configMaps = settings.flatMap(({ resource }) => (resource.is('ConfigMap') ? [resource] : []));
      const ingressClasses = this.view.of('IngressClass').filter(item => this.#servedByClass(item)?.facts === facts);
      const ingresses = byFacts.get(facts) ?? [];
      const isThere = workloads.length + settings.length + ingressClasses.length + ingresses.length > 0;
      const versions = new Set(workloads.map(workload => workload.version));
      const [version] = versions.size === 1 ? versions : [];
      return isThere ? [{ facts, workloads, configMaps, settings, ingressClasses, ingresses, version }] : [];
    });
    return { known, ambiguous, of: ingress => served.get(ingress), wouldServe: ingress => this.#servedBy(ingress) };
  }

  #servedBy(ingress: Resource): Served | undefined {
    const name = classNameOf(ingress);
    if (name !== undefined) return this.#ofClass(name);
    const byDefault = this.view.of('IngressClass').filter(isDefaultClass);
    if (byDefault.length > 0) {
      return byDefault[0] && this.#servedByClass(byDefault[0]);
    }
    const [mark, ...others] = marksOf(ingress);
    if (mark && others.length === 0) return { facts: mark, evidence: 'annotations' };
    return mark ? undefined : this.#only(controllers);
  }

  #ofClass(name: string): Served | undefined {
    if (!this.#byClass.has(name)) this.#byClass.set(name, this.#judgeClass(name));
    return this.#byClass.get(name);
  }

  #judgeClass(name: string): Served | undefined {
    const ingressClass = this.#ingressClass(name);
    const byClass = ingressClass && this.#servedByClass(ingressClass);
    if (byClass) return byClass;
    const flagged = this.#workloads.filter(({ facts, flags }) =>
      facts.classFlags.some(flag => flags.get(flag) === name),
    );
    if (flagged[0]) return { facts: flagged[0].facts, evidence: 'flag' };
    const byName = ingressClass ? undefined : byClassName(name);
    if (byName) return { facts: byName, evidence: 'name' };
    const candidates = shared[name];
    const marks = [...(this.#marks.get(name) ?? [])].filter(facts => candidates?.includes(facts) ?? true);
    const [mark, ...others] = marks;
    if (mark && others.length === 0) return { facts: mark, evidence: 'annotations' };
    return mark || ingressClass ? undefined : this.#only(candidates ?? []);
  }

  /** Of class `nginx`, and that is all that is known. */
  #isAmbiguous(ingress: Resource): boolean {
    if (classNameOf(ingress) !== 'nginx' || this.#ingressClass('nginx')) return false;
    return this.#marks.get('nginx')?.size === 0;
  }

  #ingressClass(name: string): Resource<'IngressClass'> | undefined {
    return this.view.of('IngressClass').find(item => item.name.string === name);
  }

  /** By the controller that a class names; a name of the operator's own making is looked up among the arguments. */
  #servedByClass(ingressClass: Resource): Served | undefined {
    const name = ingressClass.at('spec', 'controller').string;
    if (name === undefined) return undefined;
    const named =
      bySpecController(name) ?? this.#workloads.find(({ flags }) => flags.get('controller-class') === name)?.facts;
    if (named === ingressNginx && this.#workloads.some(readsIngressNginx)) {
      return { facts: traefik, evidence: 'class', standsInFor: ingressNginx };
    }
    return named && { facts: named, evidence: 'class' };
  }

  /** The only candidate that the scope runs or configures. */
  #only(candidates: readonly ControllerFacts[]): Served | undefined {
    const here = candidates.filter(
      facts => this.#settings.has(facts) || this.#workloads.some(workload => workload.facts === facts),
    );
    const [facts] = here;
    return facts && here.length === 1 ? { facts, evidence: 'only' } : undefined;
  }
}

/** Since 3.5 Traefik can serve the classes of the retired ingress-nginx controller, and read its annotations. */
export function readsIngressNginx({ facts, flags }: ControllerWorkload): boolean {
  return facts === traefik && [...flags.keys()].some(flag => flag.startsWith('providers.kubernetesingressnginx'));
}

function marksOf(ingress: Resource): ReadonlySet<ControllerFacts> {
  const marks = new Set<ControllerFacts>();
  for (const key of annotationKeysOf(ingress)) {
    const facts = byAnnotation(key);
    if (facts) marks.add(facts);
  }
  return marks;
}
