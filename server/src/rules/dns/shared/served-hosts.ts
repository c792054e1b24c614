import { canBothMatch } from '../../../kube/dns-name';
import type { Kind } from '../../../kube/kinds';
import type { Resource } from '../../../kube/resource';
import { hostnamesOf } from '../../../kube/services/gateway-attach';
import type { Cluster } from '../../../kube/view';
import { memo } from '../../../text/maps';

/** Kinds that say for which hosts they take requests. */
export const hostKinds = [
  'Ingress',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'Route.route.openshift.io',
  'IngressRoute.traefik.io',
  'VirtualServer.k8s.nginx.org',
  'HTTPProxy.projectcontour.io',
] as const satisfies readonly Kind[];

type HostKind = (typeof hostKinds)[number];

/** Whether something of the cluster serves a host: whoever is configured with it mostly tells browsers its own address. */
export function isServed(host: string, cluster: Cluster<HostKind>): boolean {
  return cluster.of(...hostKinds).some(route => hostsIn(route).some(served => canBothMatch(served, host, 'labels')));
}

const hostsIn = memo((route: Resource): readonly string[] => {
  const spec = route.at('spec');
  if (route.is('HTTPRoute', 'GRPCRoute', 'TLSRoute')) return hostnamesOf(route).flatMap(node => node.string ?? []);
  if (route.is('IngressRoute.traefik.io')) {
    const matches = spec.at('routes').items();
    return matches.flatMap(each =>
      [...(each.at('match').string ?? '').matchAll(quotedHost)].map(([, host = '']) => host),
    );
  }
  const rules = spec.at('rules').items();
  const certified = spec.at('tls').items();
  const nodes = [
    ...rules.map(rule => rule.at('host')),
    ...certified.flatMap(tls => tls.at('hosts').items()),
    spec.at('host'),
    spec.at('virtualhost', 'fqdn'),
  ];
  return nodes.flatMap(node => node.string || []);
});

/** @source https://doc.traefik.io/traefik/routing/routers/#rule (read 2026-11-29) */
const quotedHost = /\bHost\([`"']([^`"']+)[`"']/g;
