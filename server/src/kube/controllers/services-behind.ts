import type { Resource } from '../resource';
import { backendServicesOf } from '../services/ingress';
import { type Cluster, placed } from '../view';

/** The Services of the scope that an Ingress sends requests to. */
export type ServicesOf = (ingress: Resource) => readonly Resource<'Service'>[];

export function servicesBehind(view: Cluster<'Service'>): ServicesOf {
  const byName = placed(view, 'Service');
  return ingress => {
    const home = view.namespaceOf(ingress).name;
    return [...backendServicesOf(ingress)].flatMap(name => byName.get(`${home}/${name}`) ?? []);
  };
}
