import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import type { Resource } from '../resource';

export const gatewayGroup = 'gateway.networking.k8s.io';

/** Routes of Gateway API. */
export const routeKinds = [
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'TCPRoute',
  'UDPRoute',
] as const satisfies readonly Kind[];

export type Route = Resource<(typeof routeKinds)[number]>;

/** What one object names in another namespace, or its own. */
export interface Reference {
  readonly node: Node;
  readonly name: Node;
  readonly group: string;
  readonly kind: string;
  /** As written; undefined for the namespace of the object itself. */
  readonly namespace: string | undefined;
  readonly port: Node;
}

/** Everything that a route sends requests to: backends, mirrors, and who authorises. */
export const backendRefsOf = memo((route: Resource): readonly Reference[] => {
  const rules = route.at('spec', 'rules').items();
  return rules.flatMap(rule => {
    const backends = rule.at('backendRefs').items();
    const filters = [...rule.at('filters').items(), ...backends.flatMap(backend => backend.at('filters').items())];
    const others = filters.flatMap(filter => [
      filter.at('requestMirror', 'backendRef'),
      filter.at('externalAuth', 'backendRef'),
    ]);
    return [...backends, ...others].filter(node => node.isMapping).map(node => referenceAt(node, 'Service', ''));
  });
});

/** What a mirror gets are copies: whatever becomes of them, the requests themselves are answered. */
export function isMirror({ node }: Reference): boolean {
  return node.parent?.key === 'requestMirror';
}

/** The Secrets with the certificates of a listener. */
export const certificateRefsOf = memo((listener: Node): readonly Reference[] =>
  listener
    .at('tls', 'certificateRefs')
    .items()
    .map(node => referenceAt(node, 'Secret', '')),
);

/** What a policy is about: Services mostly. They are of its own namespace. */
export const targetRefsOf = memo((policy: Resource): readonly Reference[] =>
  policy
    .at('spec', 'targetRefs')
    .items()
    .map(node => referenceAt(node, '', '')),
);

export interface ParentRef extends Reference {
  /** The one listener that is meant, where it is one. */
  readonly section: Node;
}

export const parentRefsOf = memo((route: Resource): readonly ParentRef[] =>
  route
    .at('spec', 'parentRefs')
    .items()
    .map(node => ({ ...referenceAt(node, 'Gateway', gatewayGroup), section: node.at('sectionName') })),
);

export function isService({ group, kind }: Reference): boolean {
  return kind === 'Service' && (group === '' || group === 'core');
}

function referenceAt(node: Node, kind: string, group: string): Reference {
  return {
    node,
    name: node.at('name'),
    // An empty group is the core group; a missing one is the default of the field.
    group: node.at('group').exists ? (node.at('group').string ?? '') : group,
    kind: node.at('kind').string ?? kind,
    namespace: node.at('namespace').string || undefined,
    port: node.at('port'),
  };
}

export interface Listener {
  readonly node: Node;
  readonly name: string | undefined;
  /** '' for every host. */
  readonly hostname: string;
  readonly port: number | undefined;
  readonly protocol: string;
}

/** The listeners of a Gateway or ListenerSet. */
export const listenersOf = memo((gateway: Resource): readonly Listener[] =>
  gateway
    .at('spec', 'listeners')
    .items()
    .map(node => ({
      node,
      name: node.at('name').string,
      hostname: node.at('hostname').string ?? '',
      port: node.at('port').number,
      protocol: node.at('protocol').string ?? '',
    })),
);

/**
 * Routes by the protocol of a listener, as Gateway API defines it; protocols of an implementation take what it likes.
 *
 * @source kubernetes-sigs/gateway-api:site-src/concepts/api-overview.md (read 2026-11-29 at 098a298)
 * @source kubernetes-sigs/gateway-api:apis/v1/gateway_types.go (read 2026-11-29 at 00068f3)
 */
const takes: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** Whether a listener takes routes of a kind: its protocol decides, and the kinds it lists. */
export function takesKind({ node, protocol }: Listener, kind: string): boolean {
  const kinds = node.at('allowedRoutes', 'kinds').items();
  if (kinds.length > 0) return kinds.some(item => item.at('kind').string === kind);
  return takes[protocol]?.includes(kind) ?? true;
}

/** The release of the Gateway API definitions among the manifests, as `1.6`, when they are of the standard channel. */
export function standardReleaseOf(definitions: readonly Resource[]): string | undefined {
  for (const definition of definitions) {
    const release = standardReleaseIn(definition);
    if (release !== undefined) return release;
  }
  return undefined;
}

/** Definitions are long, and nothing else of them is asked for: the text tells without parsing. */
const standardReleaseIn = memo(({ document: { text } }: Resource): string | undefined => {
  const found = /gateway\.networking\.k8s\.io\/bundle-version["']?:\s*["']?v?([0-9]+\.[0-9]+)/.exec(text);
  const isExperimental = /gateway\.networking\.k8s\.io\/channel["']?:\s*["']?experimental/.test(text);
  return isExperimental ? undefined : found?.[1];
});
