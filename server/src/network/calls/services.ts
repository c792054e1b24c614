import { podsMatching } from '../../kube/pods/matching';
import { containerPortsOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { type Service, type ServicePort, serviceSelectorOf } from '../../kube/services/service';
import type { Objects } from '../../kube/view';
import { add, memo } from '../../text/maps';

/** Kinds that tell which pods a Service sends to. */
export const serviceKinds = ['Service', ...workloadKinds] as const;

/** The Services of one namespace and the workloads behind them. */
export class Services {
  readonly #byName = new Map<string, Service[]>();
  readonly #workloads = new Map<Service, readonly Workload[]>();
  #services: ReadonlyMap<Resource, readonly Service[]> | undefined;

  constructor(private readonly resources: readonly Resource[]) {
    for (const resource of resources) {
      if (resource.is('Service')) add(this.#byName, resource.name.text ?? '', resource);
    }
  }

  get all(): readonly Service[] {
    return [...this.#byName.values()].flat();
  }

  /** Usually one; more where files hold alternatives of an object. */
  named(name: string): readonly Service[] {
    return this.#byName.get(name) ?? [];
  }

  /** The workloads whose pods a Service of the namespace selects; none without a selector, and none for an ExternalName. */
  workloadsOf(service: Service): readonly Workload[] {
    let workloads = this.#workloads.get(service);
    if (workloads === undefined) {
      const selector = serviceSelectorOf(service);
      workloads = selector ? podsMatching(this.resources, selector) : [];
      this.#workloads.set(service, workloads);
    }
    return workloads;
  }

  /** The Services that select the pods of a workload. */
  servicesOf(workload: Resource): readonly Service[] {
    this.#services ??= this.#selecting();
    return this.#services.get(workload) ?? [];
  }

  #selecting(): ReadonlyMap<Resource, readonly Service[]> {
    const selecting = new Map<Resource, Service[]>();
    for (const service of this.all) for (const workload of this.workloadsOf(service)) add(selecting, workload, service);
    return selecting;
  }
}

/** The Services of a namespace, made once while the lists of these kinds stay the very same object. */
export const servicesOf = memo(
  (namespace: Objects<(typeof serviceKinds)[number]>): Services => {
    const resources = namespace.of(...serviceKinds);
    return new Services(resources);
  },
  namespace => namespace.of(...serviceKinds),
);

/** The numbers that a port of a Service has on the pods of a workload; a name means what the containers declare. */
export function podPortsOf({ target, protocol }: ServicePort, workload: Workload): readonly number[] {
  if (typeof target === 'number') return [target];
  return containerPortsOf(workload)
    .filter(port => port.name === target && port.protocol === protocol)
    .map(port => port.number);
}
