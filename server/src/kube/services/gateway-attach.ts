import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { canBothMatch } from '../dns-name';
import { holds, type Labels, selectorOf } from '../labels';
import type { Resource } from '../resource';
import { type Listener, listenersOf, type ParentRef, takesKind } from './gateway';

/** Where a route lands, and the one whose Gateway it wants. */
export interface Visitor {
  readonly route: Resource;
  /** Undefined where nobody says which it is. */
  readonly namespace: string | undefined;
  /** Labels of its namespace; undefined where no manifest of the namespace tells them all. */
  readonly labels: Labels | undefined;
}

/** Why a Gateway doesn't take a route: the first of these conditions that no listener meets. */
export type Refusal = 'listener' | 'kind' | 'namespace' | 'hostname';

export interface Attachment {
  /** Undefined when some listener takes the route. */
  readonly refusal: Refusal | undefined;
  /** Listeners that met all conditions before that one; without a refusal, all that would take the route but for its hosts. */
  readonly listeners: readonly Listener[];
}

/** Whether the listeners that a route asks for take it. */
export function attachmentOf(visitor: Visitor, parent: ParentRef, gateway: Resource, home: string): Attachment {
  const hostnames = hostnamesOf(visitor.route).map(node => node.string ?? '');
  const conditions: readonly [Refusal, (listener: Listener) => boolean][] = [
    ['listener', listener => isAskedFor(listener, parent)],
    ['kind', listener => takesKind(listener, visitor.route.kindName)],
    ['namespace', listener => takesFrom(listener, visitor, home)],
    [
      'hostname',
      listener =>
        hostnames.length === 0 || hostnames.some(hostname => canBothMatch(listener.hostname, hostname, 'labels')),
    ],
  ];
  let listeners: readonly Listener[] = listenersOf(gateway);
  for (const [refusal, isMet] of conditions) {
    const left = listeners.filter(isMet);
    if (left.length === 0) return { refusal, listeners };
    if (refusal !== 'hostname') listeners = left;
  }
  return { refusal: undefined, listeners };
}

/** Hosts that a route is for; none stands for all. Routes of other protocols have no hosts. */
export const hostnamesOf = memo((route: Resource): readonly Node[] =>
  route.is('TCPRoute', 'UDPRoute') ? [] : route.at('spec', 'hostnames').items(),
);

function isAskedFor({ name, port }: Listener, { section, port: wanted }: ParentRef): boolean {
  if (section.string && section.string !== name) return false;
  return wanted.number === undefined || wanted.number === port;
}

/** `Same` where nothing is written. What can't be told is taken for allowed. */
function takesFrom({ node }: Listener, { namespace, labels }: Visitor, home: string): boolean {
  const namespaces = node.at('allowedRoutes', 'namespaces');
  const from = namespaces.at('from').string ?? 'Same';
  if (namespace === undefined) return from !== 'None';
  if (from === 'Same') return namespace === home;
  if (from === 'None') return false;
  if (from !== 'Selector') return true;
  const selector = selectorOf(namespaces.at('selector'));
  if (!selector.isSound) return true;
  if (labels !== undefined) return selector.matches(labels);
  // Every namespace has its name as a label; the others are not known without its manifest.
  const named = selector.requirements.filter(({ key }) => key === 'kubernetes.io/metadata.name');
  return named.every(requirement => holds(requirement, new Map([[requirement.key, namespace]])));
}
