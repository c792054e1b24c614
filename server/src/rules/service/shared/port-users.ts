import { ingressBackendsOf } from '../../../kube/services/backend';
import { backendRefsOf, isService, routeKinds } from '../../../kube/services/gateway';
import type { Service } from '../../../kube/services/service';
import type { Namespace } from '../../../kube/view';
import { callKinds, callsOf, type Evidence } from '../../../network/calls/calls';
import type { Edits } from '../../../yaml/edit';

/** Kinds of others that name ports of Services, in ways that nobody here follows. */
const unfollowed = [
  'VirtualService.networking.istio.io',
  'DestinationRule.networking.istio.io',
  'IngressRoute.traefik.io',
  'IngressRouteTCP.traefik.io',
  'TraefikService.traefik.io',
] as const;

export const portUserKinds = [...callKinds, 'Ingress', ...routeKinds, ...unfollowed] as const;

/** Gives one who names a port of a Service another number. */
export type Move = (edits: Edits, to: number) => void;

/** Everything that names a port of a Service by its number; undefined where some of it can't be moved with the port. */
export function usersOfPort(
  service: Service,
  number: number,
  home: Namespace<(typeof portUserKinds)[number]>,
): readonly Move[] | undefined {
  const { cluster } = home;
  const name = service.name.text ?? '';
  const others = cluster.of(...unfollowed);
  if (others.some(({ node }) => JSON.stringify(node.value).includes(name))) return undefined;
  const backends = home
    .of('Ingress')
    .flatMap(ingressBackendsOf)
    .flatMap(({ service: { text }, port }) => (text === name && port?.number === number ? [port] : []));
  const references = cluster.of(...routeKinds).flatMap(route => {
    const own = cluster.namespaceOf(route).name;
    return backendRefsOf(route)
      .filter(one => isService(one) && one.name.text === name && (one.namespace ?? own) === home.name)
      .flatMap(({ port }) => (port.number === number ? [port] : []));
  });
  const moves = [...backends, ...references].map(
    (node): Move =>
      (edits, to) =>
        edits.set(node, to),
  );
  const evidence = callsOf(cluster).flatMap(call => (call.callee === service ? call.evidence : []));
  // Two callers may be told by one ConfigMap.
  const isFirst = ({ at }: Evidence, i: number) =>
    evidence.findIndex(other => other.at.in === at.in && other.at.range.start === at.range.start) === i;
  for (const { at } of evidence.filter(isFirst)) {
    const written = at.in.string?.slice(at.range.start, at.range.end) ?? '';
    const host = /^(.*:)\d+$/.exec(written)?.[1];
    // Without a port in the address, the scheme or another setting has it.
    if (host === undefined) return undefined;
    if (written === `${host}${number}`) moves.push((edits, to) => edits.replace(at, `${host}${to}`));
  }
  return moves;
}
