import type { Resource } from '../../../kube/resource';
import { rename } from '../../../lint/fixes';
import type { Fix, Place } from '../../../lint/rule';
import type { Node } from '../../../yaml/node';

/** The key of a field, for a finding that is about the key and not about its value. */
export function keyOf(node: Node, resource: Resource): Place {
  // An item of a list is found by its nodes: a range of the whole document would belong to no object.
  return resource.index === -1 && node.document.host === undefined
    ? { in: node.document.root, range: node.keyRange }
    : node;
}

/** Renames a key that nobody reads; not over one that is there. */
export function renameFix(node: Node, key: string): Fix[] {
  if (node.parent?.at(key).exists !== false) return [];
  return [rename(`Rename it to '${key}'`, node, key)];
}

/** A value as a message quotes it: on one line, and not all of it where it is long. */
export function excerpt(value: string): string {
  const line = value.trim().replace(/\s+/g, ' ');
  return `'${line.length > 60 ? `${line.slice(0, 57)}...` : line}'`;
}
