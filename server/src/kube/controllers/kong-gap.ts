import type { Kind } from '../kinds';
import type { Resource } from '../resource';
import type { Cluster } from '../view';
import { kong } from './facts/kong';
import { type ControllerKind, controllersIn } from './in-scope';
import { Behind, behindKinds } from './services-behind';

export const kongKinds = [
  ...behindKinds,
  'KongUpstreamPolicy.configuration.konghq.com',
  'KongIngress.configuration.konghq.com',
] as const satisfies readonly Kind[];

export const upstreamPolicy = 'konghq.com/upstream-policy';

/** Kong's Services of several pods, which take turns because no policy is named for them. */
export interface KongGap {
  readonly at: Resource;
  readonly services: readonly Resource<'Service'>[];
}

/** Undefined where any policy is written: who writes one knows where the others are. */
export function kongGapIn(view: Cluster<ControllerKind | (typeof kongKinds)[number]>): KongGap | undefined {
  const controller = controllersIn(view).known.find(({ facts }) => facts === kong);
  if (controller === undefined) return undefined;
  const policies = view.of('KongUpstreamPolicy.configuration.konghq.com', 'KongIngress.configuration.konghq.com');
  if (policies.length > 0) return undefined;
  const behind = new Behind(view);
  const ingresses = controller.ingresses.filter(ingress => behind.isBusy(ingress));
  const services = [...new Set(ingresses.flatMap(ingress => behind.servicesOf(ingress)))].filter(
    service =>
      behind.hasCrowd(service) &&
      !service.annotation(upstreamPolicy).exists &&
      !service.annotation('konghq.com/override').exists,
  );
  const [first] = [...controller.ingressClasses, ...ingresses];
  return first && services.length > 0 ? { at: first, services } : undefined;
}
