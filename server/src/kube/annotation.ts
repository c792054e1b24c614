import type { Node } from '../yaml/node';

/** Whether a controller written in Go takes a value for true (strconv.ParseBool). */
export function isTrue(node: Node): boolean {
  return /^(?:1|t|T|TRUE|true|True)$/.test(node.text?.trim() ?? '');
}
