import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { podsMatching } from '../pods/matching';
import { areSeveral } from '../pods/replicas';
import { runsToCompletion, type Workload, workloadKinds } from '../pods/workload';
import type { Resource } from '../resource';
import { backendServicesOf } from '../services/ingress';
import { serviceSelectorOf } from '../services/service';
import { type Cluster, placed } from '../view';
import { asksForSecrets, isConsole, isConsoleRoute, isLoginRoute, namesOf } from './audience';

export const behindKinds = [...workloadKinds, 'Service', 'HorizontalPodAutoscaler'] as const satisfies readonly Kind[];

type Service = Resource<'Service'>;

/** What stands behind routes: Services, their pods, and who opens them. */
export class Behind {
  readonly #services: ReadonlyMap<string, readonly Service[]>;

  constructor(readonly view: Cluster<(typeof behindKinds)[number]>) {
    this.#services = placed(view, 'Service');
  }

  /** The Services that an Ingress sends requests to. */
  servicesOf(ingress: Resource): readonly Service[] {
    return [...backendServicesOf(ingress)].flatMap(name => this.find(name, ingress));
  }

  /** Whether there are pods to choose among behind an Ingress, and more people at it than run the cluster. */
  isBusy(ingress: Resource): boolean {
    return !isConsoleRoute(ingress) && this.servicesOf(ingress).some(service => this.hasCrowd(service));
  }

  hasCrowd(service: Service): boolean {
    const pods = this.#podsOf(service);
    const autoscalers = this.view.namespaceOf(service).of('HorizontalPodAutoscaler');
    return areSeveral(pods, autoscalers) && !isConsole(namesBehind(service, pods));
  }

  /** Whether a login or a store of passwords is among what is behind a route. */
  asksForSecrets(route: Resource, services: readonly Service[]): boolean {
    return isLoginRoute(route) || services.some(service => asksForSecrets(namesBehind(service, this.#podsOf(service))));
  }

  /** The Service that an item of a list of Traefik's names. */
  serviceIn(item: Node, owner: Resource): readonly Service[] {
    return this.find(item.at('name').text, owner, item.at('namespace').text);
  }

  #podsOf(service: Service): readonly Workload[] {
    const selector = serviceSelectorOf(service);
    if (selector === undefined) return [];
    const workloads = this.view.namespaceOf(service).of(...workloadKinds);
    return podsMatching(workloads, selector).filter(workload => !runsToCompletion(workload));
  }

  /** Those of a name, in the namespace of who names it where none is written. */
  find(name: string | undefined, user: Resource, namespace = this.view.namespaceOf(user).name): readonly Service[] {
    return this.#services.get(`${namespace}/${name}`) ?? [];
  }
}

const namesBehind = (service: Service, pods: readonly Workload[]) => [
  service.name.text ?? '',
  ...pods.flatMap(namesOf),
];
