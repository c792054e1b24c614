import type { Node } from '../yaml/node';

/** Whether a value is filled in later: by a template, envsubst, or a person who reads the example. */
export function isPlaceholder(value: string): boolean {
  return value.includes('{{') || value.includes('${') || value.includes('$(') || /^<[^<>]*>$/.test(value.trim());
}

/** Whether a controller written in Go takes a value for true (strconv.ParseBool). */
export function isTrue(node: Node): boolean {
  return /^(?:1|t|T|TRUE|true|True)$/.test(node.text?.trim() ?? '');
}
