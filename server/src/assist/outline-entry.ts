import type { Range } from '../text/range';

/** A part of a file, as an editor lists it. */
export interface OutlineEntry {
  readonly kind: 'server' | 'snippet' | 'plugin' | ManifestPart;
  /** Never empty. */
  readonly name: string;
  readonly detail: string;
  readonly range: Range;
  /** The words that name it: inside of `range`. */
  readonly selection: Range;
  readonly children: readonly OutlineEntry[];
}

/** What an object is, as far as a symbol tells, and the parts of it that are listed. */
export type ManifestPart =
  | 'workload'
  | 'service'
  | 'policy'
  | 'route'
  | 'settings'
  | 'namespace'
  | 'object'
  | 'container'
  | 'port'
  | 'rule'
  | 'entry';

/** Editors refuse a whole outline in which one selection sticks out of its range. */
export function within(outer: Range, { start, end }: Range): Range {
  const from = Math.min(Math.max(start, outer.start), outer.end);
  return { start: from, end: Math.max(from, Math.min(end, outer.end)) };
}
