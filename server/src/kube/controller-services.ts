import { backendServicesOf } from './ingress';
import type { Resource } from './resource';
import type { Cluster } from './view';

/** The Services of the scope that an Ingress sends requests to. */
export type ServicesOf = (ingress: Resource) => readonly Resource<'Service'>[];

export function servicesBehind(view: Cluster<'Service'>): ServicesOf {
  const byName = new Map<string, Resource<'Service'>[]>();
  for (const service of view.of('Service')) {
    const key = `${view.namespaceOf(service).name}/${service.name.string}`;
    const list = byName.get(key);
    if (list) list.push(service);
    else byName.set(key, [service]);
  }
  return ingress => {
    const home = view.namespaceOf(ingress).name;
    return [...backendServicesOf(ingress)].flatMap(name => byName.get(`${home}/${name}`) ?? []);
  };
}
