import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { visible } from '../../text/visible';
import type { Around } from './around';
import { podPathOf } from './pod-path';
import type { Site } from './site';

/** `cart, cart-canary and 3 more`: each name once. */
export function named(names: readonly string[]): string {
  const each = [...new Set(names)].map(visible);
  const more = each.length - most;
  return more > 0 ? `${each.slice(0, most).join(', ')} and ${more} more` : each.join(', ');
}

const most = 3;

/** The name of an object, and where it is when that is elsewhere. */
export function nameFrom(resource: Resource, { view, home }: Around): string {
  const name = resource.name.text ?? '';
  const own = view.namespaceOf(resource).name;
  return own === home || resource.isClusterScoped ? name : `${name} in ${own}`;
}

/** `TCP, targetPort http`. */
export const joined = (...parts: readonly (string | undefined)[]) =>
  parts.filter(part => part !== undefined && part !== '').join(', ');

/** The path of a place as text, with `*` for the items of lists: `spec.ports.*`. */
export const pathOf = ({ path }: Site) => starred(path);

const starred = (path: Site['path']) => path.map(step => (typeof step === 'number' ? '*' : step)).join('.');

/** The same below the spec of pods; undefined elsewhere. */
export function pathInPods(site: Site): string | undefined {
  const path = podPathOf(site);
  return path && starred(path);
}

/** How far a name is from that of the object that is typed: a Service `cart` selects `app: cart` most often. */
export function distanceFrom({ object }: Site, name: string): number {
  const own = object?.name.text ?? '';
  if (own === '' || name === '') return 3;
  if (own === name) return 0;
  if (own.startsWith(`${name}-`) || name.startsWith(`${own}-`)) return 1;
  return `-${own}-`.includes(`-${name}-`) ? 2 : 3;
}

/** Names that an API server would take, and that nothing fills in later: others are not worth repeating. */
export const isSayable = (text: string) =>
  /^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/.test(text) && !isPlaceholder(text);
