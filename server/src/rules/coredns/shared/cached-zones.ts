import type { Cache } from '../../../corefile/cache';
import type { ServerBlock } from '../../../corefile/syntax';
import { isInZone } from '../../../corefile/zone';

/** Whether a cache keeps answers of a zone: it may be for some zones only, and leave some out. */
export function holds(cache: Cache, block: ServerBlock, zone: string): boolean {
  const written = cache.zones.length > 0 ? cache.zones.map(({ text }) => text) : block.keys.map(key => key.zone);
  return written.some(outer => isInZone(zone, outer)) && !isDisabled(cache, 'success', zone);
}

/** Whether answers of this sort are not kept for a zone. No zones are all. */
export function isDisabled({ disabled }: Cache, share: 'success' | 'denial', zone: string): boolean {
  return disabled.some(
    other =>
      other.share === share && (other.zones.length === 0 || other.zones.some(({ text }) => isInZone(zone, text))),
  );
}
