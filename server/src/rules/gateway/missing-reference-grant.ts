import { nameOf, type Resource } from '../../kube/resource';
import {
  backendRefsOf,
  certificateRefsOf,
  gatewayGroup,
  isService,
  listenersOf,
  parentRefsOf,
  type Reference,
  routeKinds,
} from '../../kube/services/gateway';
import { type GrantFrom, isFrom, isTo } from '../../kube/services/gateway-grant';
import type { Cluster } from '../../kube/view';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { add } from '../../text/maps';

const kinds = [...routeKinds, 'Gateway', 'ListenerSet', 'ReferenceGrant', 'Service', 'Secret', 'Namespace'] as const;

type Scope = Cluster<(typeof kinds)[number]>;

export default defineRule({
  id: 'gateway/missing-reference-grant',
  title: 'What a route or Gateway uses of another namespace is granted there',
  severity: 'error',
  per: 'scope',
  kinds,
  subjects: [...routeKinds, 'Gateway', 'ListenerSet'],
  about: 'absence',
  references: [
    'https://gateway-api.sigs.k8s.io/reference/spec/#referencegrant',
    'https://gateway-api.sigs.k8s.io/guides/multiple-ns/',
  ],

  check(cluster, report) {
    const grants = grantsBy(cluster);
    const inhabited = new Set(
      [...cluster.namespaces].flatMap(home => (home.of(...kinds).length > 0 ? [home.name] : [])),
    );
    for (const user of cluster.judged(...routeKinds, 'Gateway', 'ListenerSet')) {
      const home = cluster.namespaceOf(user);
      const from: GrantFrom = { group: gatewayGroup, kind: user.kindName, namespace: home.name };
      for (const reference of referencesOf(user)) {
        const { namespace, kind, name } = reference;
        // Of a namespace that no manifest shows, the grants can't be seen either.
        if (namespace === undefined || namespace === home.name || !inhabited.has(namespace) || name.text === undefined)
          continue;
        const own = grants.get(namespace) ?? [];
        if (home.isAssumed || own.some(grant => isFrom(grant, from) && isTo(grant, reference))) continue;
        report(
          reference.node.at('namespace'),
          `${kind} '${name.text}' is in namespace '${namespace}', and no ReferenceGrant there lets ${user.kindName}s of namespace '${home.name}' use it: it is treated as if it were not there.`,
          { fixes: fixesFor(user, from, reference, own, cluster) },
        );
      }
    }
  },
});

function referencesOf(user: Resource): readonly Reference[] {
  if (user.is(...routeKinds)) {
    // A route of a mesh, which has a Service for a parent, needs no grant.
    return parentRefsOf(user).some(isService) ? [] : backendRefsOf(user);
  }
  return listenersOf(user).flatMap(({ node }) => certificateRefsOf(node));
}

function grantsBy(cluster: Scope): ReadonlyMap<string, readonly Resource[]> {
  const grants = new Map<string, Resource[]>();
  for (const grant of cluster.of('ReferenceGrant')) {
    const { name } = cluster.namespaceOf(grant);
    add(grants, name, grant);
  }
  return grants;
}

/** Half of a grant that is there is completed; else a new one goes beside what it grants. */
function fixesFor(
  user: Resource,
  from: GrantFrom,
  reference: Reference,
  grants: readonly Resource[],
  cluster: Scope,
): Fix[] {
  const { group, kind, name, namespace } = reference;
  const half = grants.find(grant => isTo(grant, reference)) ?? grants.find(grant => isFrom(grant, from));
  if (half !== undefined) {
    const [side, value] = isTo(half, reference) ? ['from', from] : ['to', { group, kind, name: name.text }];
    const list = half.at('spec', String(side));
    const title = `Add it to ReferenceGrant '${nameOf(half)}'`;
    return [set(title, list.at(list.items().length), value)];
  }
  const isTarget = (one: Resource) =>
    one.name.text === name.text && one.kindName === kind && cluster.namespaceOf(one).name === namespace;
  const target = cluster.of('Service', 'Secret').find(isTarget);
  const grant = {
    apiVersion: `${gatewayGroup}/v1beta1`,
    kind: 'ReferenceGrant',
    metadata: { name: `${from.kind.toLowerCase()}-${from.namespace}-to-${name.text}`.slice(0, 253), namespace },
    spec: { from: [from], to: [{ group, kind, name: name.text }] },
  };
  const title = `Add a ReferenceGrant to namespace '${namespace}', for this ${kind} only`;
  return [fix(title, edits => edits.append((target ?? user).node, grant))];
}
