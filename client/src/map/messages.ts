import type { MapData, Spot } from '../../../server/src/picture/map-data';

/** What an editor tells the page. */
export type Told =
  | { readonly type: 'map'; readonly names: readonly string[]; readonly name: string; readonly map: MapData | null }
  | { readonly type: 'cursor'; readonly spot: Spot };

/** What the page asks of an editor. */
export type Asked =
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly name: string }
  | { readonly type: 'open'; readonly spot: Spot };
