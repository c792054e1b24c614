import type { Service, ServicePort } from '../../../kube/services/service';

/**
 * Whether a port is there for Prometheus alone: it finds the pods behind the Service and asks each of them by itself, so
 * that it waits for none to be ready.
 *
 * @own how people call such ports, and Services that have nothing else
 */
export function isForScraping(service: Service, { name, target }: ServicePort): boolean {
  const isOnly = service.at('spec', 'ports').items().length === 1;
  return (
    /metrics|prometheus|monitoring/.test(`${name ?? ''} ${target}`) ||
    (isOnly && /-metrics(?:-service|-svc)?$/.test(service.name.text ?? ''))
  );
}
