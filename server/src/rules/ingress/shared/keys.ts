import { isPlaceholder } from '../../../kube/placeholder';
import type { Resource } from '../../../kube/resource';
import { rename } from '../../../lint/fixes';
import type { Fix, Place } from '../../../lint/rule';
import type { Node } from '../../../yaml/node';

/** The key of a field, for a finding that is about the key and not about its value. */
export function keyOf(node: Node, resource: Resource): Place {
  // An item of a list is found by its nodes: a range of the whole document would belong to no object.
  if (resource.index !== -1 || node.document.host !== undefined) return node;
  return {
    in: node.document.root,
    // A comment above moves the key, and nobody looks at the rest again.
    get range() {
      return node.keyRange;
    },
  };
}

/** Renames a key that nobody reads; not over one that is there. */
export function renameFix(node: Node, key: string): Fix[] {
  if (node.parent?.at(key).exists !== false) return [];
  return [rename(`Rename to '${key}'`, node, key)];
}

/** AUTO_HTTPS is a slip for AUTO_HTTP, and MY_PROTOCOL stands for what is filled in later. */
export function isFilledIn(value: string, meant: string | undefined): boolean {
  const isSlip = meant !== undefined && /^[A-Z0-9_]+$/.test(value);
  return isPlaceholder(value) && !isSlip;
}

/** A value as a message quotes it: on one line, and not all of it where it is long. */
export function excerpt(value: string, most = 40): string {
  const line = value.trim().replace(/\s+/g, ' ');
  return `'${line.length > most ? `${line.slice(0, most - 3)}...` : line}'`;
}
