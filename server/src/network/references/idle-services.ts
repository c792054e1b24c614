import { isPlaceholder } from '../../kube/placeholder';
import { podLabelsOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { type Service, serviceSelectorOf } from '../../kube/services/service';
import type { Namespace } from '../../kube/view';
import { Services, serviceKinds, servicesOf } from '../calls/services';
import { isAdrift } from './directory';
import { Makers, makerKinds } from './makers';
import { isForeignKey, type NearMiss, nearMissOf, type Pair, templateKinds, templateLabelsIn } from './near-misses';

/** Kinds that tell whether the pods of a Service are missing. */
export const idleKinds = [...serviceKinds, ...makerKinds, ...templateKinds] as const;

type IdleKind = (typeof idleKinds)[number];

/** A Service whose pods are plainly missing. */
export interface IdleService {
  readonly service: Service;
  /** The labels it wants. */
  readonly pairs: readonly Pair[];
  /** Pods that it missed by little. */
  readonly near: NearMiss | undefined;
  /** The only other namespace that has such pods. */
  readonly elsewhere: string | undefined;
}

/**
 * The Services of a namespace that are judged and select no pod, where the pods should be among the manifests: there are
 * workloads, or another namespace has these pods; all can be seen as they will be, and nothing in sight makes or labels
 * pods by itself.
 */
export function idleServicesIn(home: Namespace<IdleKind>): IdleService[] {
  const services = servicesOf(home);
  const workloads = home.of(...workloadKinds);
  const idle = services.all.filter(service => serviceSelectorOf(service) && services.workloadsOf(service).length === 0);
  const judged = new Set<Resource>(home.judged('Service'));
  if (!idle.some(service => judged.has(service))) return [];
  const makers = new Makers(home);
  const templates = templateLabelsIn(home);
  const keys = new Set(workloads.flatMap(workload => [...podLabelsOf(workload).keys()]));
  const shared = sharedSelectors(idle);
  const drifting = driftingServices(idle, home);
  const outside = homesElsewhere(idle, home);
  let found = 0;
  return idle.flatMap((service): IdleService[] => {
    const selector = serviceSelectorOf(service);
    if (selector === undefined || drifting.has(service) || !judged.has(service)) return [];
    if (templates.some(labels => selector.matches(labels))) return [];
    const pairs = selector.requirements.map(({ key, values, node }) => ({ key, value: [...values][0] ?? '', node }));
    const isMadeElsewhere = ({ value }: Pair) => isPlaceholder(value) || makers.mayMake(value);
    const elsewhere = outside.get(service);
    if (elsewhere === undefined && (workloads.length === 0 || pairs.some(({ key }) => isForeignKey(key, keys))))
      return [];
    if (pairs.some(isMadeElsewhere)) return [];
    // Where hundreds select nothing, no slip is the cause.
    const near = found++ < 200 ? nearMissOf(pairs, service.name.text ?? '', workloads) : undefined;
    return near === undefined && shared.has(selector.key) ? [] : [{ service, pairs, near, elsewhere }];
  });
}

/** For each Service the only other namespace with pods that it selects. */
function homesElsewhere(idle: readonly Service[], home: Namespace<IdleKind>): ReadonlyMap<Resource, string> {
  const { cluster } = home;
  const found = new Map<Resource, string>();
  if (home.isAssumed) return found;
  const services = new Services([...idle, ...cluster.of(...workloadKinds)]);
  for (const service of services.all) {
    const homes = services.workloadsOf(service).map(workload => cluster.namespaceOf(workload));
    const [first] = homes;
    if (first && !first.isAssumed && homes.every(({ name }) => name === first.name)) found.set(service, first.name);
  }
  return found;
}

/** Selectors that three Services or more have: pods that so many know are somewhere else. */
function sharedSelectors(services: readonly Service[]): ReadonlySet<string> {
  const names = new Map<string, Set<string | undefined>>();
  for (const service of services) {
    const key = serviceSelectorOf(service)?.key ?? '';
    const known = names.get(key);
    if (known) known.add(service.name.text);
    else names.set(key, new Set([service.name.text]));
  }
  return new Set([...names].flatMap(([key, known]) => (known.size > 2 ? [key] : [])));
}

/** Services that select pods of another namespace, where the one or the other doesn't say in which it lands. */
function driftingServices(idle: readonly Service[], home: Namespace<IdleKind>): ReadonlySet<Resource> {
  const { cluster } = home;
  const all = cluster.of(...workloadKinds);
  const adrift = all.filter(workload => isAdrift(workload, cluster.namespaceOf(workload)));
  const lost = idle.filter(service => isAdrift(service, home));
  const placed = idle.filter(service => !isAdrift(service, home));
  const found = [new Services([...lost, ...all]), new Services([...placed, ...adrift])];
  return new Set(found.flatMap(services => services.all.filter(service => services.workloadsOf(service).length > 0)));
}

/** The pods of a workload, as they stand in a sentence. */
export function shownPods({ kind, name }: Workload): string {
  return kind === 'Pod' ? `Pod '${name.text ?? ''}'` : `the pods of ${kind} '${name.text ?? ''}'`;
}
