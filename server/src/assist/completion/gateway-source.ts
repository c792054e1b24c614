import { gatewayGroup, listenersOf, takesKind } from '../../kube/services/gateway';
import type { Around } from './around';
import type { Item } from './item';
import { beside, type Site } from './site';
import { numberAt, spelledAt } from './spelled';
import { isSayable, joined, pathOf } from './spoken';

/** The listeners of the Gateway that a route names, those first that take routes of its kind. */
export function listenerItems(site: Site, { view, home }: Around): readonly Item[] {
  const { object, key, typing } = site;
  if (!object?.is('HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute') || typing !== 'value') return [];
  if (pathOf(site) !== 'spec.parentRefs.*' || (key !== 'sectionName' && key !== 'port')) return [];
  const [group, kind] = [beside(site, 'group').string ?? gatewayGroup, beside(site, 'kind').string ?? 'Gateway'];
  if (group !== gatewayGroup) return [];
  const kinds = kind === 'Gateway' ? (['Gateway'] as const) : kind === 'ListenerSet' ? (['ListenerSet'] as const) : [];
  const [name, namespace] = [beside(site, 'name').string, beside(site, 'namespace').string ?? home];
  const gateways = view
    .of(...kinds)
    .filter(each => each.name.string === name && view.namespaceOf(each).name === namespace);
  return gateways.flatMap(gateway =>
    listenersOf(gateway).flatMap((listener, index): Item[] => {
      const label = key === 'port' ? String(listener.port ?? '') : (listener.name ?? '');
      if (!isSayable(label) || !takesKind(listener, object.kindName)) return [];
      const { port, protocol, hostname } = listener;
      const detail = joined(
        `${gateway.kindName} ${name}`,
        key === 'port' ? listener.name : String(port ?? ''),
        protocol,
        hostname,
      );
      const insert = key === 'port' ? numberAt(site, port ?? 0) : spelledAt(site, label);
      return [{ label, kind: 'port', detail, markdown: '', insert, rank: index }];
    }),
  );
}
