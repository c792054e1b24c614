import type { Resource } from '../kube/resource';
import { escaped } from './markdown';

/** Writes the name of an object (`titleOf`), with a link to where it stands, as Markdown. */
export type Linked = (resource: Resource) => string;

/** The kind and name of an object, as Markdown. */
export const titleOf = (resource: Resource) => escaped(`${resource.kindName} ${resource.name.text ?? ''}`);

const most = 8;

export function listed(resources: readonly Resource[], linked: Linked): string {
  const shown = resources.slice(0, most).map(linked);
  return resources.length > most ? `${shown.join(', ')} and ${resources.length - most} more` : shown.join(', ');
}
