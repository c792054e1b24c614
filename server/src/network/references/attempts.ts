import { canBothMatch } from '../../kube/dns-name';
import type { Resource } from '../../kube/resource';
import { gatewayGroup, type ParentRef, parentRefsOf, routeKinds } from '../../kube/services/gateway';
import { type Attachment, attachmentOf, hostnamesOf, type Visitor } from '../../kube/services/gateway-attach';
import { type Cluster, placed } from '../../kube/view';
import type { Node } from '../../yaml/node';
import { isAdrift } from './directory';

/** Kinds that tell what becomes of a route. */
export const attachKinds = [...routeKinds, 'Gateway', 'ListenerSet', 'Namespace'] as const;

type AttachKind = (typeof attachKinds)[number];

/** A parent that a route names, and what it makes of the route. */
export interface Attempt {
  readonly parent: ParentRef;
  readonly gateway: Resource;
  /** The namespace of the Gateway. */
  readonly home: string;
  readonly attachment: Attachment;
}

/** A route, and its attempts to be attached to Gateways that are among the manifests. */
export interface Attempts {
  readonly visitor: Visitor;
  readonly attempts: readonly Attempt[];
  /** Hosts that fit none of the listeners that would take the route, where all of them can be seen. */
  readonly lostHosts: readonly Node[];
}

/** What the Gateways of a cluster make of the routes that are judged. */
export function attemptsIn(cluster: Cluster<AttachKind>): Attempts[] {
  const parents = new Map<string, ReadonlyMap<string, readonly Resource[]>>([
    ['Gateway', placed(cluster, 'Gateway')],
    ['ListenerSet', placed(cluster, 'ListenerSet')],
  ]);
  return cluster.judged(...routeKinds).map(route => {
    const home = cluster.namespaceOf(route);
    const isDescribed = home.of('Namespace').length > 0;
    const namespace = isAdrift(route, home) ? undefined : home.name;
    const visitor = { route, namespace, labels: isDescribed ? home.labels : undefined };
    const references = parentRefsOf(route);
    const attempts = references.flatMap(parent => {
      const there = parent.namespace ?? home.name;
      const variants = parents.get(parent.kind)?.get(`${there}/${parent.name.text ?? ''}`);
      return attemptAt(visitor, parent, (parent.group === gatewayGroup && variants) || [], there);
    });
    const isSeen =
      attempts.length > 0 &&
      attempts.length === references.length &&
      attempts.every(({ attachment }) => !attachment.refusal);
    return { visitor, attempts, lostHosts: isSeen ? lostHostsOf(route, attempts) : [] };
  });
}

/** A Gateway that exists in variants takes the route when one of them does. */
function attemptAt(visitor: Visitor, parent: ParentRef, variants: readonly Resource[], home: string): Attempt[] {
  const tries = variants.map(gateway => ({
    parent,
    gateway,
    home,
    attachment: attachmentOf(visitor, parent, gateway, home),
  }));
  const best = tries.find(({ attachment }) => attachment.refusal === undefined) ?? tries[0];
  return best === undefined ? [] : [best];
}

function lostHostsOf(route: Resource, attempts: readonly Attempt[]): Node[] {
  const listeners = attempts.flatMap(({ attachment }) => attachment.listeners);
  return hostnamesOf(route).filter(node => {
    const host = node.string;
    return host !== undefined && !listeners.some(({ hostname }) => canBothMatch(hostname, host, 'labels'));
  });
}
