/** What a parser gives: a compact tree with exact offsets. `Node` is the only reader of it. */
export type Tree = ScalarTree | MapTree | SequenceTree | AliasTree;

export type ScalarValue = string | number | boolean | null;
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

interface Written {
  /** Offset of the first character, behind anchor and tag. */
  readonly start: number;
  /** Offset behind the last character; for block scalars behind their last line. */
  readonly end: number;
  readonly anchored?: true | undefined;
  /** How many nodes this stands for when its aliases are followed; Infinity for a cycle. Absent for one scalar. */
  readonly size?: number;
}

/** There are millions of scalars: what is so for nearly all of them takes no room in each. */
export interface ScalarTree extends Written {
  readonly type: 'scalar';
  /** What the API server reads, see scalar.ts. */
  readonly value: ScalarValue;
  readonly style: ScalarStyle;
}

export interface Pair {
  readonly key: ScalarTree;
  /** Undefined where nothing is written behind the colon. */
  readonly value: Tree | undefined;
  /** Offset behind the colon, or behind the key where there is none. */
  readonly colonEnd: number;
}

export interface MapTree extends Written {
  readonly type: 'map';
  readonly flow: boolean;
  readonly pairs: readonly Pair[];
}

export interface SequenceTree extends Written {
  readonly type: 'sequence';
  readonly flow: boolean;
  readonly items: readonly (Tree | undefined)[];
  /** Offsets of the dashes, in block style. */
  readonly dashes: readonly number[];
}

export interface AliasTree extends Written {
  readonly type: 'alias';
  /** Undefined when the anchor is unknown, holds the alias itself, or expands beyond the budget. */
  readonly target: Exclude<Tree, AliasTree> | undefined;
}
