import type { MapData, Spot } from '../../../server/src/picture/map-data';

/** Where the cursor of an editor stands, and the first and last line of the document that it is in, from 1. */
export interface Cursor extends Spot {
  readonly from: number;
  readonly to: number;
}

/** What an editor tells the page. */
export type Told =
  | { readonly type: 'map'; readonly names: readonly string[]; readonly name: string; readonly map: MapData | null }
  | { readonly type: 'cursor'; readonly cursor: Cursor };

/** What the page asks of an editor. */
export type Asked =
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly name: string }
  | { readonly type: 'open'; readonly spot: Spot };
