import { memo } from '../text/maps';
import type { Range } from '../text/range';
import type { YamlDocument } from './document';
import { contentEnd } from './insert';
import { lineStartOf } from './layout';
import type { MapTree, Pair, Tree } from './tree';

/** A key that its mapping has already. */
export interface RepeatedKey {
  readonly name: string;
  readonly range: Range;
  /** The same key before it. */
  readonly before: Range;
  /** Whether both have the same value, so that nothing is lost with one of them. */
  readonly isSame: boolean;
}

/** A top-level mapping that goes on where another object begins: the `---` between the two is missing. */
export interface MissingMarker {
  /** The first key of the second object. */
  readonly key: Range;
  /** Start of the line that the marker belongs above: what is said right above the object is about it. */
  readonly at: number;
}

export interface Repetitions {
  readonly markers: readonly MissingMarker[];
  /** In the order of the text, without those that a missing marker explains. */
  readonly keys: readonly RepeatedKey[];
}

/** Keys that stand more than once in one mapping. */
export const repetitionsIn = memo(
  ({ root, text }: YamlDocument): Repetitions => {
    const { tree } = root.slot;
    const keys: RepeatedKey[] = [];
    const markers = tree?.type === 'map' && !tree.flow ? missingMarkers(tree, text) : [];
    if (tree?.type === 'map' && markers.length > 0) for (const { value } of tree.pairs) collect(value, text, keys);
    else collect(tree, text, keys);
    return { markers, keys };
  },
  ({ reading }) => reading,
);

function collect(tree: Tree | undefined, text: string, found: RepeatedKey[]): void {
  if (tree?.type === 'sequence') for (const item of tree.items) collect(item, text, found);
  if (tree?.type !== 'map') return;
  const seen = new Map<string, Pair>();
  for (const pair of tree.pairs) {
    const name = nameOf(pair);
    const before = seen.get(name);
    // Several merge keys are merged one after the other.
    if (before && name !== '<<') {
      found.push({ name, range: pair.key, before: before.key, isSame: isSame(before.value, pair.value, text) });
    }
    seen.set(name, pair);
    collect(pair.value, text, found);
  }
}

const nameOf = ({ key }: Pair) => String(key.value);

function isSame(a: Tree | undefined, b: Tree | undefined, text: string): boolean {
  if (a?.type === 'scalar' && b?.type === 'scalar') return a.value === b.value;
  return written(a, text) === written(b, text);
}

const written = (tree: Tree | undefined, text: string) => tree && text.slice(tree.start, contentEnd(tree, text));

/**
 * Where an object ends and another begins in one mapping: no key comes again before the next object, and each has an
 * `apiVersion` and a `kind`.
 */
function missingMarkers({ pairs }: MapTree, text: string): readonly MissingMarker[] {
  const markers: MissingMarker[] = [];
  let names = new Set<string>();
  const isObject = () => names.has('apiVersion') && names.has('kind');
  for (const [i, pair] of pairs.entries()) {
    const before = pairs[i - 1];
    if (before && names.has(nameOf(pair))) {
      if (!isObject()) return [];
      names = new Set();
      markers.push({ key: pair.key, at: markerBetween(before, pair, text) });
    }
    names.add(nameOf(pair));
  }
  return isObject() ? markers : [];
}

/** Above the comments that lead to the second, which begin in the first column. */
function markerBetween(first: Pair, second: Pair, text: string): number {
  const end = first.value ? contentEnd(first.value, text) : first.colonEnd;
  let at = lineStartOf(text, second.key.start);
  for (;;) {
    const above = lineStartOf(text, at - 1);
    if (above < end || text[above] !== '#') return at;
    at = above;
  }
}
