import { type Resource, titleOf } from '../../kube/resource';
import {
  gatewayGroup,
  listenersOf,
  type ParentRef,
  parentRefsOf,
  routeKinds,
  takesKind,
} from '../../kube/services/gateway';
import { attachmentOf } from '../../kube/services/gateway-attach';
import { choose } from '../../lint/fixes';
import { type Detail, defineRule, type Fix, type Report } from '../../lint/rule';
import {
  type Claim,
  Directories,
  isAdrift,
  makerKinds,
  whereabouts,
  withoutConsensus,
} from '../../network/references/directory';
import { nearest } from '../../text/distance';
import { adviceOn } from './shared/advice';

export default defineRule({
  id: 'gateway/missing-parent',
  title: 'Gateways and listeners that routes refer to exist',
  severity: 'error',
  per: 'scope',
  kinds: [...routeKinds, 'Gateway', 'ListenerSet', ...makerKinds],
  subjects: routeKinds,
  about: 'absence',
  references: ['https://gateway-api.sigs.k8s.io/reference/spec/#parentreference'],

  check(cluster, report) {
    const gateways = {
      Gateway: new Directories(cluster, 'Gateway'),
      ListenerSet: new Directories(cluster, 'ListenerSet'),
    };
    const routes = cluster.of(...routeKinds);
    const claimsBy = (route: Resource) =>
      parentRefsOf(route).flatMap((parent): ParentClaim[] => {
        if (parent.group !== gatewayGroup || (parent.kind !== 'Gateway' && parent.kind !== 'ListenerSet')) return [];
        const home = cluster.namespaceOf(route);
        const directory = gateways[parent.kind].in(parent.namespace ?? home.name);
        const name = parent.name.text ?? '';
        return directory === undefined ? [] : [{ name, user: route, directory, parent }];
      });
    const isMissing = ({ name, user, directory }: ParentClaim) => directory.lacks(name, user);
    const own = cluster.judged(...routeKinds).flatMap(claimsBy);
    for (const claim of own) {
      const { name, user, directory, parent } = claim;
      if (isMissing(claim)) continue;
      checkListener(user, parent, directory.find(name), report, amongOf(user, cluster.namespaceOf(user), parent));
    }
    if (!own.some(isMissing)) return;
    for (const { name, user, directory, parent } of withoutConsensus(routes.flatMap(claimsBy).filter(isMissing))) {
      const home = cluster.namespaceOf(user);
      const near = directory.nearby(name);
      const where = parent.namespace ? `the manifests of namespace '${parent.namespace}'` : whereabouts(user, home);
      const isPlain =
        parent.namespace !== undefined || !isAdrift(user, home) || near !== undefined || routes.length === 1;
      report(
        parent.name,
        {
          what: `${parent.kind} '${name}' not found`,
          why: `It is not among ${where}. ${effectOn(user)}`,
          how: adviceOn(parent.kind, name, near, directory),
        },
        {
          ...amongOf(user, home, parent),
          severity: isPlain ? 'error' : 'warning',
          fixes: choose(parent.name, near),
        },
      );
    }
  },
});

interface ParentClaim extends Claim {
  readonly parent: ParentRef;
}

const effectOn = (route: Resource) => `${titleOf(route)} gets no requests through it.`;

/** Where nobody says in which namespace they land, a Gateway of another build is not meant, though it has the name. */
function amongOf(
  route: Resource,
  home: { readonly name: string; readonly isAssumed: boolean },
  { namespace, kind }: ParentRef,
): Pick<Detail, 'among'> {
  const isGateway = kind === 'Gateway' || kind === 'ListenerSet';
  return isGateway && namespace === undefined && isAdrift(route, home) ? { among: [kind] } : {};
}

/** A listener that the route asks for by name or port has to be one of the Gateway's, in one of its variants at least. */
function checkListener(
  route: Resource,
  parent: ParentRef,
  found: readonly Resource[],
  report: Report,
  among: Pick<Detail, 'among'>,
): void {
  const { section, port, kind, name } = parent;
  if (found.length === 0 || !found.every(gateway => lacksListener(route, parent, gateway))) return;
  const onPort = port.exists ? `on port ${port.text}` : '';
  const wanted = section.exists ? `listener '${section.text}' ${onPort}`.trim() : `listener ${onPort}`;
  report(
    section.exists ? section : port,
    {
      what: `${kind} '${name.text ?? ''}' has no ${wanted}`,
      why: effectOn(route),
      how: `Use one of its listeners: ${listOf(found)}.`,
    },
    {
      ...among,
      related: found.map(gateway => ({
        at: gateway.at('spec', 'listeners'),
        message: `The listeners of '${name.text ?? ''}'`,
      })),
      fixes: listenerFixes(route, parent, found),
    },
  );
}

function lacksListener(route: Resource, parent: ParentRef, gateway: Resource): boolean {
  if (listenersOf(gateway).length === 0) return false;
  return attachmentOf({ route, namespace: undefined, labels: undefined }, parent, gateway, '').refusal === 'listener';
}

/** The listener whose name is a slip away: another one takes other requests. */
function listenerFixes(route: Resource, { section, port }: ParentRef, gateways: readonly Resource[]): Fix[] {
  if (port.exists) return [];
  const listeners = gateways.flatMap(listenersOf).filter(listener => takesKind(listener, route.kindName));
  const names = listeners.flatMap(({ name }) => name ?? []);
  return choose(section, nearest(section.text ?? '', names));
}

function listOf(gateways: readonly Resource[]): string {
  const shown = gateways
    .flatMap(listenersOf)
    .map(({ name, port, protocol }) => `'${name ?? ''}' (${protocol} ${port ?? ''})`);
  return [...new Set(shown)].slice(0, 8).join(', ');
}
