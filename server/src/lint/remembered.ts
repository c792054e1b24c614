import type { ClusterView } from '../workspace/cluster-view';
import type { Reads } from '../workspace/reads';
import type { Raw } from './merge';
import type { AnyRule } from './rule';

/** What a rule said of a view or a namespace, and what it had read: it holds while that is the very same. */
export interface Remembered {
  readonly reads: Reads;
  readonly raw: readonly Raw[];
}

/** What each rule said in one view, by namespace where it looks at these. */
export interface OfView {
  readonly view: ClusterView;
  readonly byRule: Map<AnyRule, ReadonlyMap<string, Remembered>>;
  /** By those that said something, when all were asked. */
  readonly said?: readonly (readonly [AnyRule, readonly Raw[]])[] | undefined;
  /** What they said in the view of before, of those that were not asked again yet. */
  readonly before?: ReadonlyMap<AnyRule, ReadonlyMap<string, Remembered>> | undefined;
}

export function forgetOthers(known: Map<string, OfView>, views: readonly ClusterView[]): void {
  const kept = new Set(views.map(({ key }) => key));
  for (const key of known.keys()) if (!kept.has(key)) known.delete(key);
}

export function* rawOf(said: ReadonlyMap<string, Remembered> | undefined): Iterable<Raw> {
  for (const { raw } of said?.values() ?? []) yield* raw;
}
