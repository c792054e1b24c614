/**
 * The zone by which CoreDNS compares: lower-case, with a final dot. An empty name is the root.
 * (coredns:plugin/normalize.go, Name.Normalize and Host.NormalizeExact)
 */
export function normalizedZone(zone: string): string {
  const lower = zone.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/**
 * All zones that a written zone stands for. A network in CIDR form is its reverse zones: several where its mask does
 * not fall on a label (`10.0.0.0/22` is four `…/24`). (coredns:plugin/pkg/cidr)
 */
export function zonesOf(written: string): readonly string[] {
  return reverseZonesOf(written) ?? [normalizedZone(written)];
}

export function areSameZone(a: string, b: string): boolean {
  return zonesOf(a).join(' ') === zonesOf(b).join(' ');
}

/** Whether a name (or zone) lies in a zone, both as written. */
export function isInZone(name: string, zone: string): boolean {
  return zonesOf(zone).some(outer => {
    if (outer === '.') return true;
    return zonesOf(name).every(inner => inner === outer || inner.endsWith(`.${outer}`));
  });
}

export function reverseZonesOf(cidr: string): readonly string[] | undefined {
  const slash = cidr.indexOf('/');
  if (slash < 0 || !/^\d{1,3}$/.test(cidr.slice(slash + 1))) return undefined;
  const mask = Number(cidr.slice(slash + 1));
  const address = cidr.slice(0, slash);
  const v4 = bytesOfIPv4(address);
  if (v4 !== undefined) return mask <= 32 ? reverseZones(v4.map(String), bitsOf(v4, 8), mask, IPV4) : undefined;
  const nibbles = nibblesOfIPv6(address);
  if (nibbles === undefined || mask > 128) return undefined;
  const written = nibbles.map(nibble => nibble.toString(16));
  return reverseZones(written, bitsOf(nibbles, 4), mask, IPV6);
}

interface Family {
  readonly bits: number;
  readonly base: number;
  readonly suffix: string;
}

const IPV4: Family = { bits: 8, base: 10, suffix: 'in-addr.arpa.' };
const IPV6: Family = { bits: 4, base: 16, suffix: 'ip6.arpa.' };

function reverseZones(labels: readonly string[], bits: string, mask: number, family: Family): readonly string[] {
  const whole = Math.ceil(mask / family.bits);
  const head = labels.slice(0, Math.floor(mask / family.bits));
  const loose = whole * family.bits - mask;
  const zones: string[] = [];
  const first =
    loose === 0 ? 0 : Number.parseInt(bits.slice(head.length * family.bits, mask).padEnd(family.bits, '0'), 2);
  for (let n = 0; n < 2 ** loose; n++) {
    const last = loose === 0 ? [] : [(first + n).toString(family.base)];
    zones.push(
      `${[...head, ...last]
        .reverse()
        .map(label => `${label}.`)
        .join('')}${family.suffix}`,
    );
  }
  return zones;
}

function bitsOf(units: readonly number[], width: number): string {
  return units.map(unit => unit.toString(2).padStart(width, '0')).join('');
}

export function bytesOfIPv4(address: string): readonly number[] | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every(part => /^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every(byte => byte <= 255) ? bytes : undefined;
}

function nibblesOfIPv6(address: string): readonly number[] | undefined {
  const halves = address.split('::');
  if (address.length > 45 || halves.length > 2 || !address.includes(':')) return undefined;
  const groups = halves.map(half => (half === '' ? [] : half.split(':').flatMap(groupsOf)));
  const [front = [], back = []] = groups;
  const missing = 8 - front.length - back.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  if (!all.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.flatMap(group => [...group.padStart(4, '0')].map(digit => Number.parseInt(digit, 16)));
}

/** `1.2.3.4` at the end of an IPv6 address stands for two groups. */
function groupsOf(part: string): readonly string[] {
  const bytes = part.includes('.') ? bytesOfIPv4(part) : undefined;
  if (bytes === undefined) return [part];
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}

export function isIP(text: string): boolean {
  const bare = text.split('%')[0] ?? text;
  return bytesOfIPv4(bare) !== undefined || nibblesOfIPv6(bare) !== undefined;
}
