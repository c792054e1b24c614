import type { Resource } from '../kube/resource';

/** Writes the name of an object, with a link to where it stands. */
export type Linked = (resource: Resource) => string;

const most = 8;

export function listed(resources: readonly Resource[], linked: Linked): string {
  const shown = resources.slice(0, most).map(linked);
  return resources.length > most ? `${shown.join(', ')} and ${resources.length - most} more` : shown.join(', ');
}
