import { nearest } from '../text/distance';

/** Whether a text is a host name as the API server takes it: lower-case labels of RFC 1123, 253 characters at most. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isDnsLabel);
}

/** A host name, or one whose first label is a lone `*`. */
export function isHostPattern(text: string): boolean {
  return isDnsName(text.startsWith('*.') ? text.slice(2) : text);
}

/** A DNS label as RFC 1123 has it: what names of Services' ports and many others are. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** An IP address as people write it where a host name belongs. IPv6 is told by its colons. */
export function isIpAddress(text: string): boolean {
  if (/^\[?[0-9a-fA-F]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*\]?$/.test(text)) return true;
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^[0-9]{1,3}$/.test(part) && Number(part) <= 255);
}

/** How many labels a `*.` stands for: one in an Ingress, one or more in Gateway API. */
export type Wildcard = 'one label' | 'labels';

/** Whether some host fits both patterns. Letter case doesn't count; an empty pattern takes every host. */
export function canBothMatch(a: string, b: string, wildcard: Wildcard): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === '' || right === '' || left === right) return true;
  if (wildcard === 'one label') return covers(left, right, wildcard) || covers(right, left, wildcard);
  const isWild = left.startsWith('*.') && right.startsWith('*.');
  // Of two wildcards one must be the other's ending: `*.shop.test` and `*.eu.shop.test` share hosts.
  if (isWild) return left.endsWith(right.slice(1)) || right.endsWith(left.slice(1));
  return covers(left, right, wildcard) || covers(right, left, wildcard);
}

/** Whether a pattern takes a host (or the very same pattern). */
function covers(pattern: string, host: string, wildcard: Wildcard): boolean {
  if (pattern === host) return true;
  if (!pattern.startsWith('*.') || host.startsWith('*') || !host.endsWith(pattern.slice(1))) return false;
  const labels = host.slice(0, host.length - pattern.length + 1);
  return labels !== '' && (wildcard === 'labels' || !labels.includes('.'));
}

/** The host that was probably meant: a slip in the first label, or in the domain behind the same one. */
export function nearestHost(host: string, candidates: readonly string[]): string | undefined {
  const [label, domain] = halvesOf(host.toLowerCase());
  for (const candidate of candidates) {
    const [otherLabel, otherDomain] = halvesOf(candidate.toLowerCase());
    if (domain === otherDomain && nearest(label, [otherLabel]) !== undefined) return candidate;
    if (label === otherLabel && nearest(domain, [otherDomain]) !== undefined) return candidate;
  }
  return undefined;
}

function halvesOf(host: string): [label: string, domain: string] {
  const dot = host.indexOf('.');
  return dot === -1 ? [host, ''] : [host.slice(0, dot), host.slice(dot + 1)];
}
