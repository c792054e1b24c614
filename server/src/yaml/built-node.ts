import { memo } from '../text/maps';
import { Node, nowhere } from './node';
import type { ScalarValue, Tree } from './tree';

/** A value that is put together from several places. It keeps the place where it is written, whatever it is moved into. */
export type Value = Scalar | Mapping | List;

export interface Scalar {
  readonly type: 'scalar';
  readonly value: ScalarValue;
  readonly at: Node;
}

/** Belongs to one object of one build, which changes it. */
export interface Mapping {
  readonly type: 'mapping';
  readonly entries: Map<string, Value>;
  readonly at: Node;
  /** Whether it is written nowhere: `at` is what brought it about. */
  readonly isMade: boolean;
}

export interface List {
  readonly type: 'list';
  items: Value[];
  readonly at: Node;
}

/** The root of an object that is built of several places: each node of it is in the document in which it is written. */
export function builtNode(value: Value): Node {
  return new BuiltNode(value, value.at, undefined, undefined);
}

class BuiltNode extends Node {
  readonly #value: Value | undefined;
  readonly #written: Node;

  constructor(value: Value | undefined, written: Node, parent: Node | undefined, key: string | number | undefined) {
    super(written.document, parent, key, value === undefined ? nowhere : written.slot);
    this.#value = value;
    this.#written = written;
  }

  override get written(): Node {
    return this.#written;
  }

  override get exists(): boolean {
    return this.#value !== undefined;
  }

  /** A text that is other than written, and what a build took away, can't be changed where it is written. */
  override get isShared(): boolean {
    const written = this.#written;
    if (written.isShared || this.parent?.isShared === true) return true;
    if (this.#value === undefined) return written.exists;
    if (this.#value.type === 'mapping') return this.#value.isMade;
    return this.#value.type === 'scalar' && this.#value.value !== scalarIn(written);
  }

  protected override get type() {
    const type = this.#value?.type;
    return type === 'mapping' ? 'map' : type === 'list' ? 'sequence' : type;
  }

  protected override get scalar(): ScalarValue | undefined {
    return this.#value?.type === 'scalar' ? this.#value.value : undefined;
  }

  protected override get keys(): Iterable<string> {
    return this.#value?.type === 'mapping' ? this.#value.entries.keys() : [];
  }

  protected override get size(): number {
    const value = this.#value;
    return value?.type === 'mapping' ? value.entries.size : value?.type === 'list' ? value.items.length : 0;
  }

  protected override child(step: string | number): Node {
    const value = this.#value;
    const below =
      value?.type === 'mapping'
        ? value.entries.get(String(step))
        : value?.type === 'list'
          ? value.items[Number(step)]
          : undefined;
    return new BuiltNode(below, below?.at ?? this.#written.at(step), this, step);
  }
}

/** Kustomize reads YAML 1.2, in which `on`, `y` and `no` are strings, and so it writes them for the API server. */
export function scalarIn(node: Node): ScalarValue {
  if (node.boolean !== undefined && !/^true$|^false$/i.test(node.source)) return node.source;
  return node.string ?? node.number ?? node.boolean ?? null;
}

/** Whether a mapping that is written, or one below it, has a key without a value. */
export const lacksValues = (node: Node): boolean => node.tree !== undefined && hasEmptyKey(node.tree);

const hasEmptyKey = memo((tree: Tree): boolean => {
  if (tree.type === 'alias') return tree.target !== undefined && hasEmptyKey(tree.target);
  return tree.type === 'map' && tree.pairs.some(({ value }) => value === undefined || hasEmptyKey(value));
});
