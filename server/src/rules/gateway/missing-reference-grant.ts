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
import { type GrantFrom, isAlone, isFrom, isTo } from '../../kube/services/gateway-grant';
import type { Cluster } from '../../kube/view';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { add } from '../../text/maps';

const kinds = [...routeKinds, 'Gateway', 'ListenerSet', 'ReferenceGrant', 'Service', 'Secret', 'Namespace'] as const;

type Scope = Cluster<(typeof kinds)[number]>;

export default defineRule({
  id: 'gateway/missing-reference-grant',
  title: 'References to other namespaces are allowed by a ReferenceGrant',
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
          {
            what: `No ReferenceGrant allows ${kind} '${name.text}' of namespace '${namespace}'`,
            why: `${user.kindName}s of namespace '${home.name}' may not use this ${kind}: it is treated as if it did not exist.`,
            how: `Add a ReferenceGrant to namespace '${namespace}' that allows this reference.`,
          },
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

/** A grant lets all its sources use all its targets: one that is there is only completed where that lets no one else in. */
function fixesFor(
  user: Resource,
  from: GrantFrom,
  reference: Reference,
  grants: readonly Resource[],
  cluster: Scope,
): Fix[] {
  const { group, kind, name, namespace } = reference;
  const to = { group, kind, name: name.text };
  const sameTarget = grants.find(grant => isAlone(grant.at('spec', 'to'), to));
  const sameSource = grants.find(grant => isAlone(grant.at('spec', 'from'), from));
  const half = sameTarget ?? sameSource;
  if (half !== undefined) {
    const list = half.at('spec', sameTarget ? 'from' : 'to');
    const title = `Add it to ReferenceGrant '${nameOf(half)}'`;
    return [set(title, list.at(list.items().length), sameTarget ? from : to)];
  }
  const isTarget = (one: Resource) =>
    one.name.text === name.text && one.kindName === kind && cluster.namespaceOf(one).name === namespace;
  const target = cluster.of('Service', 'Secret').find(isTarget);
  const taken = new Set(grants.map(nameOf));
  const plain = `${from.kind.toLowerCase()}-${from.namespace}-to-${name.text}`.slice(0, 250);
  const free = taken.has(plain) ? `${plain}-${taken.size + 1}` : plain;
  const grant = {
    apiVersion: `${gatewayGroup}/v1beta1`,
    kind: 'ReferenceGrant',
    metadata: { name: free, namespace },
    spec: { from: [from], to: [to] },
  };
  const title = `Add a ReferenceGrant to '${namespace}', for this ${kind} only`;
  return [fix(title, edits => edits.append((target ?? user).node, grant))];
}
