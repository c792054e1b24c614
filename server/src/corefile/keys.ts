import type { Range } from '../text/range';
import type { ServerKey, Token } from './syntax';

/** The parts of a server block's key, `[scheme://]zone[:port]` (coredns:plugin/pkg/parse/transport.go, plugin/normalize.go). */
export function serverKeyOf(token: Token): ServerKey {
  const text = withoutComma(token.text);
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(text)?.[1];
  const zoneStart = scheme === undefined ? 0 : scheme.length + 3;
  const colon = text.lastIndexOf(':');
  const hasPort = colon >= zoneStart && /^(?:\d+|\{[$%].*)$/s.test(text.slice(colon + 1));
  const zoneEnd = hasPort ? colon : text.length;
  return {
    token,
    scheme: scheme?.toLowerCase() ?? 'dns',
    schemeRange: scheme === undefined ? undefined : part(token, 0, scheme.length),
    zone: text.slice(zoneStart, zoneEnd),
    zoneRange: part(token, zoneStart, zoneEnd),
    port: hasPort ? text.slice(colon + 1) : undefined,
    portRange: hasPort ? part(token, colon + 1, text.length) : undefined,
  };
}

export interface Scheme {
  readonly name: string;
  /** The port when a key names none (coredns:plugin/pkg/transport). */
  readonly port: number;
  readonly summary: string;
  /** The CoreDNS that first knew it. */
  readonly since?: string;
}

/** What may stand before the `://` of a key. */
export const schemes: readonly Scheme[] = [
  { name: 'dns', port: 53, summary: 'Plain DNS over UDP and TCP: what a key without a scheme means.' },
  { name: 'tls', port: 853, summary: 'DNS over TLS; needs the tls plugin.' },
  { name: 'https', port: 443, summary: 'DNS over HTTPS; needs the tls plugin.' },
  { name: 'https3', port: 443, summary: 'DNS over HTTP/3; needs the tls plugin.', since: '1.13.2' },
  { name: 'quic', port: 853, summary: 'DNS over QUIC; needs the tls plugin.', since: '1.11.0' },
  { name: 'grpc', port: 443, summary: 'DNS over gRPC, between servers of CoreDNS.' },
];

export function schemeNamed(name: string): Scheme | undefined {
  return schemes.find(scheme => scheme.name === name);
}

/** The port that counts; undefined when it is known only at run time, or the scheme is unknown. */
export function portOf(key: ServerKey): number | undefined {
  if (key.port !== undefined) return /^\d+$/.test(key.port) ? Number(key.port) : undefined;
  return schemeNamed(key.scheme)?.port;
}

export function withoutComma(text: string): string {
  return text.endsWith(',') ? text.slice(0, -1) : text;
}

/** A part of a token by offsets in its text; the whole token where text and offsets differ (escapes, lone `\r`). */
function part(token: Token, from: number, to: number): Range {
  const { start, end } = token.range;
  const shift = token.isQuoted ? 1 : 0;
  if (end - start - 2 * shift !== token.text.length) return token.range;
  return { start: start + shift + from, end: start + shift + to };
}
