import { bytesOfIPv4, isIP } from '../../corefile/zone';

/**
 * Whether an address is one of the internet: no private, shared, link-local or loopback one (IANA's special-purpose
 * registries). Networks for documentation count as public, which is what they stand for.
 */
export function isPublicAddress(text: string): boolean {
  const bytes = bytesOfIPv4(text);
  if (bytes !== undefined) {
    const [a = 0, b = 0] = bytes;
    if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
    if ((a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)) return false;
    return !((a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128));
  }
  // Global unicast is 2000::/3; all else is local, or no unicast address at all.
  return isIP(text) && /^[23][0-9a-f]{3}:/i.test(text);
}
