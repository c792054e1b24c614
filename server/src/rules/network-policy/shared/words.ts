import type { Resource } from '../../../kube/resource';

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

/** The name, with a number behind it where another policy has it already; and takes it. */
export function freeName(name: string, taken: Set<string>): string {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}-${i}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}
