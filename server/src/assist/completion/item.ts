import type { Range } from '../../text/range';

/** One thing that may be written at a place. */
export interface Item {
  /** What is shown, and what is typed to find it. */
  readonly label: string;
  readonly kind: 'key' | 'value' | 'object' | 'port' | 'address' | 'snippet';
  /** What speaks for it, in a few words. */
  readonly detail: string;
  readonly markdown: string;
  /** As it stands in the file: `spelledAt` gives it quotes where it needs some. */
  readonly insert: string;
  /** What is written behind it too, by editors that leave lines as they are given: line end and indentation included. */
  readonly below?: string;
  /** The best have the least. */
  readonly rank: number;
  /** Of the file, where another stretch is replaced than the word. */
  readonly range?: Range;
  readonly isDeprecated?: boolean;
  /** Whether `insert` has places for the cursor; `plain` is for editors that know none. */
  readonly plain?: string;
  /** Of the second line of `insert` and all below it: spaces that stand before them, which some editors write themselves. */
  readonly column?: number;
  /** What else it is found by, the label included. */
  readonly filter?: string;
}
