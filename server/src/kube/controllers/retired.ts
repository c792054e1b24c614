import type { Node } from '../../yaml/node';
import type { Resource } from '../resource';
import { annotationKeysOf } from '../services/ingress';
import type { Cluster } from '../view';
import { ingressNginx } from './facts/ingress-nginx';
import { gatewayEquivalents } from './facts/ingress-nginx-successors';
import { type ControllerKind, controllersIn } from './in-scope';

/** A controller that is no longer maintained, and what of it the Ingresses of a scope use. */
export interface Retired {
  readonly resource: Resource;
  /** Where it is written: the image, the chart's name, or the class. */
  readonly at: Node;
  /** All other places that install or name it. */
  readonly others: readonly Node[];
  /** Names of annotations in use, each once. */
  readonly used: readonly string[];
  /** Those for which Gateway API has nothing, and those that Traefik's provider does not read. */
  readonly withoutGateway: readonly string[];
  readonly withoutTraefik: readonly string[];
}

/** The community's ingress-nginx, by its image, its chart or its IngressClass; an annotation alone may be for Traefik. */
export function retiredIn(view: Cluster<ControllerKind>): Retired | undefined {
  const controller = controllersIn(view).known.find(({ facts }) => facts === ingressNginx);
  if (controller === undefined) return undefined;
  const places = [
    ...controller.workloads.map(({ workload, container }) => ({ resource: workload, at: container.at('image') })),
    ...controller.settings
      .filter(({ resource }) => !resource.is('ConfigMap'))
      .map(({ resource }) => ({ resource, at: resource.name })),
    ...controller.ingressClasses.map(resource => ({ resource, at: resource.at('spec', 'controller') })),
  ];
  const [first, ...rest] = places;
  if (first === undefined) return undefined;
  const [prefix = ''] = ingressNginx.prefixes;
  const keys = controller.ingresses.flatMap(annotationKeysOf).filter(key => key.startsWith(prefix));
  const used = [...new Set(keys)].map(key => key.slice(prefix.length)).sort();
  return {
    ...first,
    others: rest.map(({ at }) => at),
    used,
    withoutGateway: used.filter(name => !gatewayEquivalents.has(name)),
    withoutTraefik: used.filter(name => !readsInTraefik(prefix + name)),
  };
}

function readsInTraefik(key: string): boolean {
  return ingressNginx.vocabulary?.annotations.find(key)?.marks.includes('traefik') ?? false;
}
