import { memo } from '../text/maps';
import type { Range } from '../text/range';
import type { YamlDocument } from './document';
import type { AliasTree, MapTree, Pair, ScalarStyle, ScalarTree, ScalarValue, SequenceTree, Tree } from './tree';

type Content = Exclude<Tree, AliasTree>;

/** Children are looked for one by one in chains up to this length. */
const longestChain = 8;

/** How a node is reached from its parent. */
export interface Slot {
  readonly pair?: Pair | undefined;
  readonly tree: Tree | undefined;
  /** Whether the place is also somebody else's: below an anchor, an alias or a merge key. */
  readonly shared: boolean;
}

export const nowhere: Slot = { tree: undefined, shared: false };

/** The root of a document, which is parsed when somebody looks into it. */
export function rootNode(document: YamlDocument, parsed: () => Tree | undefined): Node {
  const slot: Slot = {
    get tree() {
      return parsed();
    },
    shared: false,
  };
  return new Node(document, undefined, undefined, slot);
}

/**
 * A place in a document, WHICH MAY NOT BE WRITTEN YET: at() never fails, so a rule can name a field that is missing,
 * point a finding at it, and let a fix fill it in. Of duplicate keys the last counts, aliases are entered, `<<` is
 * merged, as the API server's decoder does.
 */
export class Node {
  /** Children in a chain, for a map of each node would be most of what a workspace takes. */
  #first: Node | undefined;
  #next: Node | undefined;
  /** Where there are many. */
  #byKey: Map<string | number, Node> | undefined;

  constructor(
    readonly document: YamlDocument,
    readonly parent: Node | undefined,
    readonly key: string | number | undefined,
    /** For `yaml/` only. */
    readonly slot: Slot = nowhere,
  ) {}

  /** Where the place is in its document: itself, unless it is a place of an object that is built of several. */
  get written(): Node {
    return this;
  }

  at(...path: readonly (string | number)[]): Node {
    let node: Node = this;
    for (const step of path) node = node.#child(step);
    return node;
  }

  /** The items of a sequence, else []. */
  items(): Node[] {
    return this.type === 'sequence' ? Array.from({ length: this.size }, (_, index) => this.#child(index)) : [];
  }

  /** The values of a mapping, one for each key, else []. */
  entries(): Node[] {
    return this.type === 'map' ? Array.from(this.keys, key => this.#child(key)) : [];
  }

  /** Whether the field is written, be it without a value. */
  get exists(): boolean {
    return this.slot.pair !== undefined || this.slot.tree !== undefined;
  }

  /** Absent, null, {} or []. */
  get isEmpty(): boolean {
    return this.type === 'scalar' || this.type === undefined ? (this.scalar ?? null) === null : this.size === 0;
  }

  get isMapping(): boolean {
    return this.type === 'map';
  }

  get isSequence(): boolean {
    return this.type === 'sequence';
  }

  get string(): string | undefined {
    return typeof this.scalar === 'string' ? this.scalar : undefined;
  }

  get number(): number | undefined {
    return typeof this.scalar === 'number' ? this.scalar : undefined;
  }

  get boolean(): boolean | undefined {
    return typeof this.scalar === 'boolean' ? this.scalar : undefined;
  }

  /** A string, number or boolean as text: for fields in which people mix them, such as ports and flag values. */
  get text(): string | undefined {
    const value = this.scalar;
    return value === undefined || value === null ? undefined : String(value);
  }

  /** The value as typed, quotes and all; '' where nothing is written. */
  get source(): string {
    const tree = this.#content;
    return tree ? this.document.text.slice(tree.start, tree.end) : '';
  }

  /** Plain JavaScript. Large ones cost: take the field you need. */
  get value(): unknown {
    if (this.type === undefined || this.type === 'scalar') return this.scalar;
    if (this.type === 'sequence') return this.items().map(item => item.value ?? null);
    const object: Record<string, unknown> = Object.create(null);
    for (const entry of this.entries()) object[String(entry.key)] = entry.value ?? null;
    return object;
  }

  /** A scalar itself, else its key, else the nearest written field. Block scalars are named by their key. */
  get range(): Range {
    const { tree, pair } = this.slot;
    if (tree?.type === 'alias') return tree;
    if (tree?.type === 'scalar' && tree.style !== 'literal' && tree.style !== 'folded') return rangeOf(tree);
    if (pair) return rangeOf(pair.key);
    if (tree) return firstFieldOf(tree);
    return this.parent?.range ?? { start: 0, end: 0 };
  }

  /** The key as written, or the node's range where it has none. */
  get keyRange(): Range {
    return this.slot.pair ? rangeOf(this.slot.pair.key) : this.range;
  }

  /** Whether a change here changes, or is hidden from, another place: such a node can't be edited. */
  get isShared(): boolean {
    return this.slot.shared || this.slot.tree?.anchored === true || this.slot.tree?.type === 'alias';
  }

  /** For `yaml/` only: the parsed tree below this node, behind an alias. */
  get tree(): Content | undefined {
    return this.#content;
  }

  /** What a subclass reads from elsewhere: type, value, keys, how many children, and each of them. */
  protected get type(): Content['type'] | undefined {
    return this.#content?.type;
  }

  protected get scalar(): ScalarValue | undefined {
    return this.#scalar?.value;
  }

  protected get keys(): Iterable<string> {
    const content = this.#content;
    return content?.type === 'map' ? keysOf(content) : [];
  }

  protected get size(): number {
    const content = this.#content;
    return content?.type === 'map' ? keysOf(content).size : content?.type === 'sequence' ? content.items.length : 0;
  }

  protected child(step: string | number): Node {
    return new Node(this.document, this, step, this.#slotAt(step));
  }

  /** For `yaml/` only: key and colon, when this is the value of a key. */
  get pair(): Pair | undefined {
    return this.slot.pair;
  }

  get style(): ScalarStyle | undefined {
    return this.#scalar?.style;
  }

  get #content(): Content | undefined {
    const tree = this.slot.tree;
    return tree?.type === 'alias' ? tree.target : tree;
  }

  get #scalar(): ScalarTree | undefined {
    const content = this.#content;
    return content?.type === 'scalar' ? content : undefined;
  }

  #child(step: string | number): Node {
    if (this.#byKey) return this.#byKey.get(step) ?? this.#adopt(step);
    let length = 0;
    for (let child = this.#first; child; child = child.#next, length++) if (child.key === step) return child;
    if (length === longestChain) this.#byKey = new Map(this.#chain());
    return this.#adopt(step);
  }

  #adopt(step: string | number): Node {
    const node = this.child(step);
    if (this.#byKey) this.#byKey.set(step, node);
    else {
      node.#next = this.#first;
      this.#first = node;
    }
    return node;
  }

  *#chain(): Iterable<[string | number, Node]> {
    for (let child = this.#first; child; child = child.#next) yield [child.key ?? '', child];
  }

  #slotAt(step: string | number): Slot {
    const content = this.#content;
    if (content === undefined || content.type === 'scalar') return nowhere;
    const shared = this.isShared;
    if (content.type === 'sequence')
      return { tree: typeof step === 'number' ? content.items[step] : undefined, shared };
    return lookUp(content, String(step), shared) ?? nowhere;
  }
}

/** The last pair of that name; else what `<<` brings, earlier sources first. */
function lookUp(map: MapTree, key: string, shared: boolean): Slot | undefined {
  for (let i = map.pairs.length - 1; i >= 0; i--) {
    const pair = map.pairs[i];
    if (pair && nameOf(pair) === key && !isMerge(pair)) return { pair, tree: pair.value, shared };
  }
  for (const source of mergedInto(map)) {
    const found = lookUp(source, key, true);
    if (found) return { ...found, shared: true };
  }
  return undefined;
}

/** The keys in the order of the file, each once, merged ones last. */
const keysOf = memo((map: MapTree): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const pair of map.pairs) if (!isMerge(pair)) names.add(nameOf(pair));
  for (const source of mergedInto(map)) for (const name of keysOf(source)) names.add(name);
  return names;
});

function* mergedInto(map: MapTree): Iterable<MapTree> {
  for (const pair of map.pairs) {
    if (!isMerge(pair)) continue;
    const sources: readonly (Tree | undefined)[] = pair.value?.type === 'sequence' ? pair.value.items : [pair.value];
    for (const source of sources) {
      const target = source?.type === 'alias' ? source.target : source;
      if (target?.type === 'map' && target !== map) yield target;
    }
  }
}

const isMerge = (pair: Pair) => pair.key.style === 'plain' && pair.key.value === '<<';
const nameOf = (pair: Pair) => (pair.key.value === null ? 'null' : String(pair.key.value));
const rangeOf = ({ start, end }: Range): Range => ({ start, end });

function firstFieldOf(tree: Content): Range {
  const first = tree.type === 'map' ? tree.pairs[0]?.key : tree.type === 'sequence' ? tree.items.find(Boolean) : tree;
  if (first === undefined) return rangeOf(tree);
  return first.type === 'scalar' ? rangeOf(first) : first.type === 'alias' ? rangeOf(first) : firstFieldOf(first);
}

export type { SequenceTree };
