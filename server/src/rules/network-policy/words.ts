import type { Resource } from '../../kube/resource';

/** How messages call an object; a name is put in quotes by who writes it. */
export function nameOf(resource: Resource): string {
  return resource.name.text ?? '(unnamed)';
}

/** `'a'`, `'a' and 'b'`, `'a' and 4 more`: each name once. */
export function listed(names: Iterable<string>): string {
  const [first = '', ...others] = new Set(names);
  const more = others.length > 1 ? ` and ${others.length} more` : others.length === 1 ? ` and '${others[0]}'` : '';
  return `'${first}'${more}`;
}
