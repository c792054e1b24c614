import type { Edits } from '../yaml/edit';
import type { Node } from '../yaml/node';
import type { Fix, Place } from './rule';

/** What a fix is besides what it does; not safe unless it says so. */
type Promises = Partial<Pick<Fix, 'safe' | 'reachesOthers'>>;

export function fix(title: string, edit: (edits: Edits) => unknown, promises: Promises = {}): Fix {
  return { title, safe: false, edit, ...promises };
}

/** Writes a value, and the fields above it that are missing; or a word inside of a value. */
export function set(title: string, at: Node, value: unknown, promises?: Promises): Fix;
export function set(title: string, at: Place, value: string, promises?: Promises): Fix;
export function set(title: string, at: Place, value: unknown, promises?: Promises): Fix {
  return fix(title, edits => ('in' in at ? edits.replace(at, String(value)) : edits.set(at, value)), promises);
}

/** Takes a field or an item out, with its line. */
export function remove(title: string, node: Node, promises?: Promises): Fix {
  return fix(title, edits => edits.remove(node), promises);
}

/** Gives a field another key. */
export function rename(title: string, node: Node, key: string, promises?: Promises): Fix {
  return fix(title, edits => edits.rename(node, key), promises);
}

/** "Use 'ewma'". */
export function use(at: Place, value: string, promises?: Promises): Fix {
  return set(`Use '${value}'`, at, value, promises);
}

/** Another value for a name that leads nowhere, where one is known. */
export function choose(node: Node, value: string | undefined): Fix[] {
  return value === undefined ? [] : [use(node, value)];
}
