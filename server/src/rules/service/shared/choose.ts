import type { Fix } from '../../../lint/rule';
import type { Node } from '../../../yaml/node';

/** Offers another value for a name that leads nowhere, where one is known. It sends traffic elsewhere: never safe. */
export function chooseFix(node: Node, value: string | undefined): Fix[] {
  if (value === undefined) return [];
  return [{ title: `Use '${value}'`, safe: false, edit: edits => edits.set(node, value) }];
}
