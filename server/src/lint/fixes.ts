import type { Edits } from '../yaml/edit';
import { Node } from '../yaml/node';
import type { Fix, Place } from './rule';

/** What a fix is besides what it does; not safe unless it says so. */
type Promise = Partial<Pick<Fix, 'safe' | 'preview'>>;

export function fix(title: string, edit: (edits: Edits) => unknown, promise: Promise = {}): Fix {
  return { title, safe: false, edit, ...promise };
}

/** Writes a value, and the fields above it that are missing; or a word inside of a value. */
export function set(title: string, at: Node, value: unknown, promise?: Promise): Fix;
export function set(title: string, at: Place, value: string, promise?: Promise): Fix;
export function set(title: string, at: Place, value: unknown, promise?: Promise): Fix {
  return fix(title, edits => (at instanceof Node ? edits.set(at, value) : edits.replace(at, String(value))), promise);
}

/** Takes a field or an item out, with its line. */
export function remove(title: string, node: Node, promise?: Promise): Fix {
  return fix(title, edits => edits.remove(node), promise);
}

/** Gives a field another key. */
export function rename(title: string, node: Node, key: string, promise?: Promise): Fix {
  return fix(title, edits => edits.rename(node, key), promise);
}

/** "Use 'ewma'". */
export function use(at: Place, value: string, promise?: Promise): Fix {
  return set(`Use '${value}'`, at, value, promise);
}

/** Another value for a name that leads nowhere, where one is known. */
export function choose(node: Node, value: string | undefined): Fix[] {
  return value === undefined ? [] : [use(node, value)];
}
